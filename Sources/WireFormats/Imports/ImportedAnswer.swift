public import ForensicTypes

/// One line of a file of recorded answers. The import page of `Acquisition` specifies it.
public struct ImportedAnswer: Sendable, Hashable {
    /// The greatest length of a line, in bytes.
    public static let maximumLength = 1 << 20

    /// The name of the model.
    public let model: String
    /// The probe that was asked.
    public let probe: Digest
    /// Which draw, from 0.
    public let draw: Int
    /// The answer's text.
    public let text: [UInt8]
    /// Why the model stopped; nil where the line does not say.
    public let finishReason: FinishReason?
    /// Token counts; nil where the line gives none.
    public let usage: TokenUsage?

    private static let keys: Set<String> = [
        "model", "probe", "draw", "text", "finish_reason", "prompt_tokens", "completion_tokens",
    ]

    /// Reads a line without its line feed.
    ///
    /// - Throws: the codes of `JSONDocument`, and `shape` for a missing, unknown or ill-typed field.
    public init(line: [UInt8]) throws(WireFormatsError) {
        let root = try JSONDocument(line, maximumLength: Self.maximumLength).root
        guard let members = root.members else { throw WireFormatsError(.shape, "the line is no JSON object") }
        for member in members where !Self.keys.contains(String(decoding: member.key, as: UTF8.self)) {
            throw WireFormatsError(.shape, "the line has an unknown field of \(member.key.count) bytes")
        }
        guard let model = root["model"]?.text, !model.isEmpty else {
            throw WireFormatsError(.shape, "the field `model` is missing")
        }
        guard let probe = root["probe"]?.text.flatMap({ Digest(hex: $0) }) else {
            throw WireFormatsError(.shape, "the field `probe` is not the 64 hexadecimal digits of a probe")
        }
        guard let draw = root["draw"] == nil ? 0 : root["draw"]?.integer, draw >= 0 else {
            throw WireFormatsError(.shape, "the field `draw` is not a whole number, 0 or more")
        }
        guard let text = root["text"]?.string else { throw WireFormatsError(.shape, "the field `text` is missing") }
        self.model = model
        self.probe = probe
        self.draw = draw
        self.text = text
        finishReason = root["finish_reason"]?.text.map(OpenAIFields.finishReason)
        usage = OpenAIFields.usage(root)
    }

    /// The answer as a value.
    public func completion(probe: Digest, draw: Int) throws(WireFormatsError) -> Completion {
        guard probe == self.probe, draw == self.draw else {
            throw WireFormatsError(.shape, "the line belongs to another draw than its record says")
        }
        return Completion(
            probe: probe, draw: draw, text: text, finishReason: finishReason, usage: usage, claimedModel: model)
    }
}
