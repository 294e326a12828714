public import ForensicTypes

/// What a recorded request asked, read from its body.
public struct RecordedQuestion: Sendable, Hashable {
    /// What was put to the model.
    public let prompt: Prompt
    /// The model that was named; nil where the body names none.
    public let model: String?
    /// The temperature; nil where the request left it to the server.
    public let temperature: Double?
    /// The most tokens; nil where the request left them to the server.
    public let maximumTokens: Int?

    /// Whether this is how a probe is asked: the same prompt, and no parameter that differs from the probe's.
    public func asks(_ probe: Probe) -> Bool {
        probe.prompt == prompt && temperature ?? probe.sampling.temperature == probe.sampling.temperature
            && maximumTokens ?? probe.sampling.maximumTokens == probe.sampling.maximumTokens
    }
}

extension RecordedQuestion {
    /// Conversations as lists of objects with `role`, and `content` as a text or as a list of parts with `text`.
    static func messages(_ list: JSONNode?, content key: String = "content") -> [Message]? {
        guard let elements = list?.elements else { return nil }
        var messages: [Message] = []
        for element in elements {
            guard let name = element["role"]?.text, let role = role(name), let text = text(element[key]) else {
                return nil
            }
            messages.append(Message(role: role, content: text))
        }
        return messages
    }

    /// A text, or the texts of a list of parts one after the other.
    static func text(_ node: JSONNode?) -> String? {
        if let text = node?.text { return text }
        guard let parts = node?.elements else { return nil }
        let texts = parts.compactMap { $0["text"]?.text }
        return texts.count == parts.count ? texts.joined() : nil
    }

    private static func role(_ name: String) -> Message.Role? {
        switch name {
        case "developer": .system
        case "model": .assistant
        default: Message.Role(rawValue: name)
        }
    }
}
