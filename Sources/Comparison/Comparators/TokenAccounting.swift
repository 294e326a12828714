internal import Features
internal import ForensicTypes

/// Equal prompt token counts, up to what each server's template adds.
///
/// **Formula.** For each prompt shape g (see `PromptTokenCounts`) let `d = count(suspect) − count(protected)` over the probes of that shape;
/// the template offset is the most frequent difference. The value is `Σ_g (n_g(modal) − 1) / Σ_g (n_g − 1)`: the share of probes
/// whose difference is that of their shape, where one probe per shape pays for estimating the offset.
///
/// **Null hypothesis.** None is tested. With the same tokenizer and an honest count the value is exactly 1.
///
/// **Needs.** The prompt token counts that the suspect's server reports, for three probes of one shape or more.
///
/// **Blind to.** Everything but the tokenizer: a value of 1 is what every model with the same tokenizer gives, related or not, and
/// the details say how much of the panel does too. A value below 1 rules out the same tokenizer only if the server counts
/// honestly; a proxy can report any number.
///
/// **Source.** Whorl's own.
public struct TokenAccounting: Comparator {
    /// The comparator's name.
    public static let identifier = ComparatorIdentifier.tokenAccounting
    /// The fewest probes for a valid score.
    public static let validProbes = 20

    /// What it needs from the suspect.
    public let requirement = "The count of prompt tokens in the usage report of 20 probes or more."

    /// Makes the comparator.
    public init() {}

    /// Computes the score of a pair.
    public func score(_ evidence: PairEvidence) -> Score {
        let own = PromptTokenCounts(evidence.protected, probes: evidence.probes)
        let theirs = PromptTokenCounts(evidence.suspect, probes: evidence.probes)
        let agreement = Agreement(own, theirs, probes: evidence.probes)
        guard let value = agreement.share else {
            return .notComputable(
                Self.identifier, usableProbes: agreement.probes,
                reasons: [.few(agreement.probes, of: 3, "token counts")])
        }
        var reasons: [Score.Reason] = []
        if agreement.probes < Self.validProbes {
            reasons.append(.few(agreement.probes, of: Self.validProbes, "probes"))
        }
        if agreement.distinctCounts < 5 {
            reasons.append(.few(agreement.distinctCounts, of: 5, "different token counts"))
        }
        var details: [String: Double] = [
            "differing_probes": Double(agreement.differing), "prompt_shapes": Double(agreement.shapes),
            "inconsistent_probes": Double(own.inconsistentProbes + theirs.inconsistentProbes),
        ]
        let panel = evidence.cohort.compactMap { member -> Double? in
            Agreement(own, PromptTokenCounts(member, probes: evidence.probes), probes: evidence.probes).share
        }
        if !panel.isEmpty {
            details["panel_models"] = Double(panel.count)
            details["panel_models_with_equal_counts"] = Double(panel.count { $0 == 1 })
        }
        let terms = agreement.terms
        return Score(
            comparator: Self.identifier, value: value,
            standardError: Jackknife.standardErrorOfRatio(terms.map(\.0), terms.map(\.1)),
            usableProbes: agreement.probes, validity: reasons.isEmpty ? .valid : .limited, reasons: reasons,
            details: details)
    }

    /// How two vectors of token counts agree.
    private struct Agreement {
        /// How many probes both have.
        private(set) var probes = 0
        /// How many of them differ from the offset of their shape.
        private(set) var differing = 0
        /// How many shapes have two probes or more.
        private(set) var shapes = 0
        /// How many different counts the first model has.
        private(set) var distinctCounts = 0
        /// Per probe: whether it agrees, and one. The first agreeing probe of each shape is spent on the offset.
        private(set) var terms: [(Double, Double)] = []

        init(_ first: PromptTokenCounts, _ second: PromptTokenCounts, probes all: [IdentifiedProbe]) {
            var differences: [PromptTokenCounts.Shape: [Int]] = [:]
            var seen: Set<Int> = []
            for probe in all {
                guard let left = first.counts[probe.id], let right = second.counts[probe.id] else { continue }
                differences[PromptTokenCounts.Shape(probe.probe.prompt), default: []].append(right - left)
                seen.insert(left)
                probes += 1
            }
            distinctCounts = seen.count
            for shape in differences.keys.sorted() {
                guard let values = differences[shape], values.count >= 2, let modal = Self.mode(values) else {
                    continue
                }
                let agreeing = values.count { $0 == modal }
                shapes += 1
                differing += values.count - agreeing
                terms += Array(repeating: (1, 1), count: agreeing - 1)
                terms += Array(repeating: (0, 1), count: values.count - agreeing)
            }
        }

        /// The share of agreeing probes; nil with fewer than three probes of one shape.
        var share: Double? {
            terms.count < 2 ? nil : terms.reduce(0) { $0 + $1.0 } / Double(terms.count)
        }

        /// The most frequent value, the least of several.
        private static func mode(_ values: [Int]) -> Int? {
            Dictionary(grouping: values) { $0 }.max { ($0.value.count, $1.key) < ($1.value.count, $0.key) }?.key
        }
    }
}
