public import Comparison

/// How many suspects a plan examines, and what that does to the error rate of the verdict about one of them.
///
/// A gate keeps its level for one suspect. Among m suspects the probability that it wrongly excludes independence for at least
/// one is at most m times the level, whatever the dependence (Bonferroni's inequality). The corrected p-value is m·p, at most 1.
/// Null hypothesis: this suspect is independent of the protected model. The correction knows only the suspects of this plan:
/// it says nothing about plans that were never reported.
public struct ExaminedSuspects: Sendable, Hashable, Codable {
    /// Suspects that the plan names, at least 1.
    public let count: Int

    /// Counts the suspects of a plan.
    public init(count: Int) { self.count = max(1, count) }

    /// The probability, at most, that a gate of this level wrongly excludes for at least one of the suspects.
    public func levelOfAny(_ level: Double) -> Double { min(1, level * Double(count)) }

    /// The lineage gate's p-value for all suspects of the plan together; nil where the gate gives none.
    public func correctedPValue(of verdict: Verdict) -> Double? {
        verdict.gates.first { $0.gate == .lineage }?.pValue.map { min(1, $0 * Double(count)) }
    }

    /// What a reader of the verdict has to know; empty where the plan examines one suspect alone.
    public func sentences(about verdict: Verdict) -> [String] {
        guard count > 1 else { return [] }
        let opening = "The plan examines \(count) suspects, of which this is one."
        guard let gate = verdict.gates.first(where: { $0.gate == .lineage }), let level = gate.level,
            let corrected = correctedPValue(of: verdict)
        else { return [opening] }
        var sentences = [
            opening
                + " The level of \(VerdictText.short(level)) holds for each by itself: that independence is wrongly "
                + "excluded for at least one of \(count) has a probability of up to "
                + "\(VerdictText.short(levelOfAny(level)))."
        ]
        if gate.outcome == .rejected {
            let p = VerdictText.short(corrected)
            sentences.append(
                corrected > level
                    ? "Corrected for \(count) suspects (Bonferroni), p is \(p), above the level: had one suspect been picked "
                        + "from among them for its result, this finding alone would not exclude independence."
                    : "Corrected for \(count) suspects (Bonferroni), p is \(p), still within the level.")
        }
        return sentences
    }
}
