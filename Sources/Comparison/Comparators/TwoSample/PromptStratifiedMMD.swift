internal import ForensicTypes
internal import Statistics

/// Are the two samplers the same? The prompt-stratified two-sample test of ``TwoSampleTest`` as a comparator.
///
/// **Formula.** The unbiased squared maximum mean discrepancy with the Hamming kernel over the first 1,000 Unicode scalars of
/// each answer, zero between probes; a distance, 0 on average for equal samplers. The standard error is the jackknife's over
/// probes. `p_value` in the details is that of 999 permutations inside each probe and block of time (``TimeBlocks``).
/// `spectrum_…` and `embedding_…` are the same with the spectrum kernel (runs of four scalars) and the embedding kernel (``TwoSampleKernel``);
/// `holm_p_value` is the least of the three p-values after Holm's correction.
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
        let samples = Samples(evidence)
        var details = samples.details
        guard samples.usable > 0 else {
            return .notComputable(
                Self.identifier, reasons: [.few(0, of: Self.validProbes, "probes with two draws from both models")],
                details: details)
        }
        do {
            let test = try Self.test(.hamming(length: Self.length), seed: evidence.seed)
            let prepared = try test.prepare(samples.observations)
            let result = try prepared.permute()
            details.merge([
                "draws_protected": Double(result.countA), "draws_suspect": Double(result.countB),
            ]) { $1 }
            var reasons: [Score.Reason] = []
            if samples.usable < Self.validProbes {
                reasons.append(.few(samples.usable, of: Self.validProbes, "probes with two draws from both models"))
            }
            if samples.isExchangeable {
                details.merge([
                    "p_value": result.pValue.value, "p_value_floor": result.pValue.floor,
                    "permutations": Double(result.pValue.permutations),
                ]) { $1 }
            } else {
                reasons.append(Self.notInterleaved)
            }
            details.merge(try Self.furtherKernels(samples, first: result, seed: evidence.seed)) { $1 }
            return Score(
                comparator: Self.identifier, value: result.statistic, standardError: prepared.standardError,
                usableProbes: samples.usable, validity: reasons.isEmpty ? .valid : .limited, reasons: reasons,
                details: details)
        } catch {
            return .notComputable(
                Self.identifier, reasons: [Score.Reason(code: error.code.rawValue, text: error.message)],
                details: details)
        }
    }

    private static let notInterleaved = Score.Reason(
        code: "not-interleaved",
        text:
            "No block of time holds draws of both models for one probe, so that no label can be exchanged: there is no "
            + "p-value. Ask both models in one run.")

    private static func test(_ kernel: TwoSampleKernel, seed: UInt64) throws(ComparisonError) -> TwoSampleTest {
        try TwoSampleTest(kernel: kernel, permutations: permutations, seed: seed)
    }

    /// Statistics and p-values with the other kernels, and the correction for having three.
    private static func furtherKernels(
        _ samples: Samples, first: TwoSampleResult, seed: UInt64
    ) throws(ComparisonError) -> [String: Double] {
        var details: [String: Double] = [:]
        var pValues = [first.pValue.value]
        let kernels: [(String, TwoSampleKernel)] = [
            ("spectrum", .spectrum(order: 4, length: length)), ("embedding", .embedding(length: length)),
        ]
        for (name, kernel) in kernels {
            let result = try test(kernel, seed: seed).prepare(samples.observations).permute()
            details["\(name)_statistic"] = result.statistic
            if samples.isExchangeable { details["\(name)_p_value"] = result.pValue.value }
            pValues.append(result.pValue.value)
        }
        if samples.isExchangeable, let adjusted = try? HolmCorrection.adjusted(pValues) {
            details["holm_p_value"] = adjusted.min()
        }
        return details
    }

    /// The repeated draws of both models, with their blocks of time.
    private struct Samples {
        private(set) var observations: [TwoSampleObservation] = []
        /// Probes with two draws or more from both models.
        private(set) var usable = 0
        /// Whether any label can be exchanged.
        private(set) var isExchangeable = false
        private(set) var details: [String: Double] = [:]

        init(_ evidence: PairEvidence) {
            let blocks = TimeBlocks(of: [evidence.protected, evidence.suspect], changes: evidence.changes)
            var single = 0
            var untimed = 0
            for probe in evidence.probes where PromptStratifiedMMD.readsText(probe.probe) {
                let own = evidence.protected.completions[probe.id] ?? []
                let theirs = evidence.suspect.completions[probe.id] ?? []
                guard own.count > 1, theirs.count > 1 else {
                    single += own.isEmpty && theirs.isEmpty ? 0 : 1
                    continue
                }
                usable += 1
                untimed += (own + theirs).count { $0.times == nil }
                let ownBlocks = own.map(blocks.block(of:))
                let theirBlocks = theirs.map(blocks.block(of:))
                if !Set(ownBlocks).isDisjoint(with: theirBlocks) { isExchangeable = true }
                for (side, completions, numbers) in [
                    (TwoSampleObservation.Side.a, own, ownBlocks), (.b, theirs, theirBlocks),
                ] {
                    for (completion, block) in zip(completions, numbers) {
                        observations.append(
                            TwoSampleObservation(
                                prompt: probe.id.hex, side: side, timeBlock: block, text: completion.text))
                    }
                }
            }
            details["probes_without_repeated_draws"] = Double(single)
            guard usable > 0 else { return }
            details["untimed_draws"] = Double(untimed)
            details["time_blocks"] = Double(Set(observations.map(\.timeBlock)).count)
        }
    }

    private static func readsText(_ probe: Probe) -> Bool {
        switch probe.reading {
        case .text, .choice, .number, .integerList: true
        case .nextToken, .promptTokens: false
        }
    }
}
