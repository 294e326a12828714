import Acquisition
import Comparison
import ForensicTypes
import Reporting

extension Investigation {
    /// Probes side by side, and whether a model of the panel stands beside the two.
    struct Example {
        let example: ReportContent.Example
        let hasReference: Bool
    }

    /// How the examples were chosen.
    static func choice(of examples: [Example], _ choices: ReportChoices) -> String {
        guard choices.examples > 0 else { return "No examples were asked for." }
        guard !examples.isEmpty else { return "No probe was answered by both sides in text." }
        let chosen =
            examples.count == 1
            ? "The first probe of the set that the protected model and the suspect answered in text; it was not chosen by its "
                + "answers."
            : "The first \(examples.count) probes of the set, in its order, that the protected model and the suspect answered in "
                + "text; they were not chosen by their answers."
        return examples.contains(where: \.hasReference)
            ? chosen + " The panel model beside them is the one whose texts are most like the protected model's."
            : chosen
    }

    /// The first text probes that both sides answered, in the order of the probes.
    static func examples(
        _ answers: Answers, suspect: String, result: CaseResult, choices: ReportChoices
    ) -> [Example] {
        guard let protected = answers.with(.protected).first,
            let accused = answers.with(.suspect).first(where: { $0.model.name == suspect })
        else { return [] }
        let scored = result.panel.compactMap { model in
            model[.panelNormalisedSimilarity]?.value.map { (model: model.model, score: $0) }
        }
        let nearest = scored.max { $0.score < $1.score }?.model
        let reference = answers.with(.panel).first { $0.model == nearest }
        let columns = [protected, accused] + [reference].compactMap(\.self)
        return answers.probes.lazy.filter { $0.probe.reading == .text || $0.probe.reading == .nextToken }
            .compactMap { identified -> Example? in
                guard protected.completions[identified.id]?.first != nil,
                    accused.completions[identified.id]?.first != nil
                else { return nil }
                let shown = columns.compactMap { set in
                    set.completions[identified.id]?.first.map {
                        ReportContent.Example.Answer(model: set.model.name, role: set.model.role, text: $0.text)
                    }
                }
                return Example(
                    example: .init(
                        probe: identified.id, family: identified.probe.family,
                        prompt: choices.withholdsPrompts ? nil : text(identified.probe.prompt), answers: shown),
                    hasReference: shown.count > 2)
            }
            .prefix(choices.examples).map(\.self)
    }

    private static func text(_ prompt: Prompt) -> String {
        switch prompt {
        case .raw(let text): text
        case .chat(let messages): messages.map { "\($0.role.rawValue): \($0.content)" }.joined(separator: "\n")
        }
    }
}
