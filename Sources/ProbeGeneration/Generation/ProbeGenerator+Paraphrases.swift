internal import ForensicTypes

extension ProbeGenerator {
    /// The same instance in other words, drawn from a stream that is keyed by the instance's digest; nil where the family
    /// offers none or there is no other wording.
    static func paraphrase(
        _ instance: ProbeInstance, rule: ParaphraseRule, stream: inout InstanceStream
    ) -> Prompt? {
        switch (rule.by, instance.wording) {
        case (.template, .template(let own, let all, _, let fillings)):
            let slots = Set(TemplateRenderer.slots(of: own))
            let others = all.filter { $0 != own && Set(TemplateRenderer.slots(of: $0)) == slots }
            guard others.isEmpty else {
                let text = TemplateRenderer.render(stream.pick(others)) { fillings[$0] ?? "" }
                return replacing(instance.prompt, with: text)
            }
            return opened(instance, rule: rule, stream: &stream)
        case (.opening, _): return opened(instance, rule: rule, stream: &stream)
        case (.slot, .template(let own, _, let variant?, var fillings)):
            guard let slot = rule.slot, case .texts(let texts)? = variant.slots[slot] else { return nil }
            let others = texts.filter { $0 != fillings[slot] }
            guard !others.isEmpty else { return nil }
            fillings[slot] = stream.pick(others)
            let text = TemplateRenderer.render(own) { fillings[$0] ?? "" }
            return replacing(instance.prompt, with: text)
        case (.start, .words(let words)):
            guard words.count >= 8 else { return nil }
            return .raw(words.dropFirst(2 + stream.index(below: 3)).joined(separator: " "))
        default: return nil
        }
    }

    private static func opened(
        _ instance: ProbeInstance, rule: ParaphraseRule, stream: inout InstanceStream
    ) -> Prompt? {
        guard let openings = rule.openings?[instance.language], !openings.isEmpty,
            case .chat(let messages) = instance.prompt, let question = messages.last
        else { return nil }
        return replacing(instance.prompt, with: stream.pick(openings) + question.content)
    }

    /// A prompt of the same form with another text; a system message stays.
    private static func replacing(_ prompt: Prompt, with text: String) -> Prompt {
        guard case .chat(let messages) = prompt else { return .raw(text) }
        return .chat(messages.dropLast() + [Message(role: .user, content: text)])
    }
}
