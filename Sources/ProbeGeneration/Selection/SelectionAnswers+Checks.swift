internal import ForensicTypes

extension SelectionAnswers {
    /// The share of a model's texts that one text may make up.
    static let mostAlike = 0.9
    /// With fewer texts nothing is said about how alike they are.
    static let fewestTexts = 10

    /// Checks that every model answered something.
    ///
    /// - Throws: `unusableAnswers` for a model without one readable answer, and for one that gives the same text to nearly
    ///   everything: it refuses, and selection would take its refusals for opinions.
    func check(_ candidates: [CandidateProbe]) throws(ProbeGenerationError) {
        let roles =
            [("protected", protected), ("redeployment", redeployments), ("panel", panel), ("proxy", proxies)]
        for (role, sets) in roles {
            for set in sets {
                let name = "the \(role) model \(set.model.name)"
                let remedy =
                    role == "protected"
                    ? "ask an endpoint that answers" : "leave it out or mend its endpoint, and run again"
                let readable = candidates.contains { candidate in
                    (set.completions[candidate.id] ?? []).contains {
                        ReadAnswer.isReadable($0, reading: candidate.probe.reading)
                    }
                }
                guard readable else {
                    throw ProbeGenerationError(
                        .unusableAnswers,
                        "\(name) gave no readable answer to any of \(candidates.count) candidates; \(remedy). What was answered is kept"
                    )
                }
                let texts = candidates.filter { $0.probe.reading == .text }
                    .compactMap { set.completions[$0.id]?.first?.text }
                let most = Dictionary(texts.map { ($0, 1) }, uniquingKeysWith: +).values.max() ?? 0
                guard texts.count < Self.fewestTexts || Double(most) < Self.mostAlike * Double(texts.count) else {
                    throw ProbeGenerationError(
                        .unusableAnswers,
                        "\(name) gave one and the same answer to \(most) of \(texts.count) text probes, as if it refused everything; \(remedy). What was answered is kept"
                    )
                }
            }
        }
    }

    /// How often the protected model gave the same bytes in its first two runs at temperature 0.
    func repeats(of candidates: [CandidateProbe]) -> SelectionRecord.Repeats? {
        guard protected.count > 1 else { return nil }
        let pairs = candidates.filter { $0.probe.sampling.temperature == 0 && $0.probe.reading != .promptTokens }
            .compactMap { candidate -> Bool? in
                guard let first = protected[0].completions[candidate.id]?.first,
                    let second = protected[1].completions[candidate.id]?.first
                else { return nil }
                return first.text == second.text
            }
        return SelectionRecord.Repeats(asked: pairs.count, identical: pairs.count { $0 })
    }
}
