internal import ForensicTypes
internal import Statistics

/// Are the two samplers the same? The prompt-stratified two-sample test of ``TwoSampleTest`` as a comparator.
///
/// **Formula.** The unbiased squared maximum mean discrepancy with the Hamming kernel over the first 1,000 Unicode scalars of
/// each answer, zero between probes; a distance, 0 on average for equal samplers. The standard error is the jackknife's over
/// probes. `p_value` in the details is that of 999 permutations inside each probe.
///
/// **Null hypothesis.** For every probe, both models' answers are draws from one distribution. Rejection says that the samplers
/// differ, not the models: another system prompt, temperature or quantisation is enough. Failure to reject is not evidence
/// of a copy; that needs the margin that honest redeployments of the protected model set.
///
/// **Needs.** Two or more answers per probe from both models, for ten probes or more.
///
/// **Blind to.** Differences beyond the first 1,000 characters, and small ones at few draws.
///
/// **Source.** Gretton et al. (JMLR 2012); Gao, Liang and Guestrin (ICLR 2025) for the kernel over prompts. Permuting within probes and
/// counting the observed labelling are Whorl's own.
public struct PromptStratifiedMMD: Comparator {
    /// The comparator's name.
    public static let identifier = ComparatorIdentifier.promptStratifiedMMD
    /// How many Unicode scalars of an answer count.
    public static let length = 1000
    /// How many labellings are drawn.
    public static let permutations = 999
    /// The fewest probes for a valid score.
    public static let validProbes = 10

    /// What it needs from the suspect.
    public let requirement = "Two or more answers each to 10 or more probes, drawn with the protected model's sampler."

    /// Makes the comparator.
    public init() {}

    /// Computes the score of a pair.
    public func score(_ evidence: PairEvidence) -> Score {
        var observations: [TwoSampleObservation] = []
        var (usable, single) = (0, 0)
        for probe in evidence.probes where Self.readsText(probe.probe) {
            let own = evidence.protected.completions[probe.id] ?? []
            let theirs = evidence.suspect.completions[probe.id] ?? []
            guard own.count > 1, theirs.count > 1 else {
                single += own.isEmpty && theirs.isEmpty ? 0 : 1
                continue
            }
            usable += 1
            let prompt = probe.id.hex
            observations += own.map { TwoSampleObservation(prompt: prompt, side: .a, text: $0.text) }
            observations += theirs.map { TwoSampleObservation(prompt: prompt, side: .b, text: $0.text) }
        }
        let counts = ["probes_without_repeated_draws": Double(single)]
        guard usable > 0 else {
            return .notComputable(
                Self.identifier, reasons: [.few(0, of: Self.validProbes, "probes with two draws from both models")],
                details: counts)
        }
        do {
            let test = try TwoSampleTest(
                kernel: .hamming(length: Self.length), permutations: Self.permutations, seed: evidence.seed)
            let prepared = try test.prepare(observations)
            let result = try prepared.permute()
            let reasons: [Score.Reason] =
                usable < Self.validProbes
                ? [.few(usable, of: Self.validProbes, "probes with two draws from both models")] : []
            return Score(
                comparator: Self.identifier, value: result.statistic, standardError: prepared.standardError,
                usableProbes: usable, validity: reasons.isEmpty ? .valid : .limited, reasons: reasons,
                details: counts.merging([
                    "p_value": result.pValue.value, "p_value_floor": result.pValue.floor,
                    "permutations": Double(result.pValue.permutations), "draws_protected": Double(result.countA),
                    "draws_suspect": Double(result.countB),
                ]) { $1 })
        } catch {
            return .notComputable(
                Self.identifier, reasons: [Score.Reason(code: error.code.rawValue, text: error.message)],
                details: counts)
        }
    }

    private static func readsText(_ probe: Probe) -> Bool {
        switch probe.reading {
        case .text, .choice, .number, .integerList: true
        case .nextToken, .promptTokens: false
        }
    }
}
