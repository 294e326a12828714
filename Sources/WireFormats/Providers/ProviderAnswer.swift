internal import ForensicTypes

/// What an answer says, before it is tied to a probe and a draw.
struct ProviderAnswer: Sendable, Hashable {
    var text: [UInt8] = []
    /// Nil where the answer showed none.
    var reasoning: [UInt8]?
    var toolCalls: [ToolCall] = []
    var finishReason: FinishReason?
    var usage: TokenUsage?
    var positions: [TokenPosition] = []
    var claimedModel: String?
    var systemFingerprint: String?

    mutating func add(reasoning part: [UInt8]?) {
        guard let part else { return }
        if reasoning == nil { reasoning = [] }
        reasoning?.append(contentsOf: part)
    }

    func completion(probe: Digest, draw: Int) -> Completion {
        Completion(
            probe: probe, draw: draw, text: text, finishReason: finishReason, usage: usage, positions: positions,
            claimedModel: claimedModel, systemFingerprint: systemFingerprint, reasoning: reasoning,
            toolCalls: toolCalls)
    }
}

/// Tool calls of which a stream brings the arguments in parts.
struct PartialToolCalls: Sendable {
    private var parts: [(name: String, arguments: [UInt8])] = []
    private var places: [Int: Int] = [:]

    /// Adds a part to the call of an index.
    mutating func add(index: Int, name: String?, arguments: [UInt8]?) {
        guard let place = places[index] else {
            places[index] = parts.count
            parts.append((name ?? "", arguments ?? []))
            return
        }
        if parts[place].name.isEmpty, let name { parts[place].name = name }
        if let arguments { parts[place].arguments.append(contentsOf: arguments) }
    }

    /// The calls in the order in which they began.
    var calls: [ToolCall] { parts.map { ToolCall(name: $0.name, arguments: $0.arguments) } }
}
