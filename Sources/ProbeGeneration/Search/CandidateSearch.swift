internal import ContentAddressing
public import ForensicTypes

/// Finds the instances of a family that are worth asking, by what the protected model answers when it is asked once.
///
/// Near ties: where two next tokens are almost equally likely, the smallest change of weights or of the serving stack decides
/// which one comes first. Mistakes: where the model errs, the same error elsewhere is telling.
public enum CandidateSearch {
    /// The greatest lead of the first token that still counts as a near tie.
    public static let widestMargin = 0.25
    /// How often an endpoint without log-probabilities is asked to see whether it wavers.
    public static let draws = 8

    /// What is asked in a search: the probe once.
    public static func question(for candidate: CandidateProbe) throws(ProbeGenerationError) -> IdentifiedProbe {
        try question(for: candidate, sampling: candidate.probe.sampling, draws: 1)
    }

    /// What is asked of an endpoint that reports no alternatives: the probe several times at temperature 1, so that the shares of
    /// the answers stand in for the law.
    public static func repeatedQuestion(
        for candidate: CandidateProbe
    ) throws(ProbeGenerationError) -> IdentifiedProbe {
        let sampling = candidate.probe.sampling
        return try question(
            for: candidate,
            sampling: SamplingParameters(
                temperature: 1, topP: 1, maximumTokens: sampling.maximumTokens, topLogprobs: 0), draws: draws)
    }

    /// Whether the answers report alternatives to the chosen token for any of some questions.
    public static func showsAlternatives(_ answers: ResponseSet) -> Bool {
        answers.completions.values.contains { $0.contains { $0.positions.first.map { $0.top.count > 1 } ?? false } }
    }

    /// The candidates that the answers show to be worth asking.
    ///
    /// - Parameters:
    ///   - candidates: The candidates in the order of generation, with the questions that were asked for each.
    ///   - goal: What is looked for.
    ///   - answers: What the protected model answered to the questions.
    ///   - count: How many are wanted at most. Near ties come nearest first, mistakes in the order of generation.
    public static func found(
        _ candidates: [(candidate: CandidateProbe, question: Digest)], goal: ProbeFamily.SearchGoal,
        in answers: ResponseSet, count: Int
    ) -> [CandidateProbe] {
        switch goal {
        case .nearTie:
            let margins = candidates.compactMap { candidate, question -> (CandidateProbe, Double)? in
                guard let completions = answers.completions[question],
                    let margin = ReadAnswer.margin(completions, reading: candidate.probe.reading),
                    margin <= widestMargin
                else { return nil }
                return (candidate, margin)
            }
            return margins.sorted { ($0.1, $0.0.index) < ($1.1, $1.0.index) }.prefix(count).map(\.0)
        case .mistake:
            let wrong = candidates.filter { candidate, question in
                guard let gold = candidate.probe.gold, let completions = answers.completions[question],
                    let value = ReadAnswer.values(completions, reading: candidate.probe.reading).first
                else { return false }
                return value != gold
            }
            return wrong.prefix(count).map(\.candidate)
        }
    }

    private static func question(
        for candidate: CandidateProbe, sampling: SamplingParameters, draws: Int
    ) throws(ProbeGenerationError) -> IdentifiedProbe {
        let probe = Probe(
            family: candidate.family, prompt: candidate.probe.prompt, sampling: sampling, draws: draws,
            reading: candidate.probe.reading, gold: candidate.probe.gold)
        do {
            return try ProbeIdentity.identify(probe)
        } catch {
            throw ProbeGenerationError(
                .invalidFamily, "a question of \(candidate.family) has no canonical form: \(error.code.rawValue)")
        }
    }
}
