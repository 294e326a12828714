public import ForensicTypes

/// The prompt token counts that a server reported, by probe.
///
/// A count is the tokenizer's count of the prompt plus what the server's template adds. What the template adds is the same for
/// all prompts of one shape (raw, or a chat with the same roles in the same order), so that differences between two models are
/// constant within a shape exactly if their tokenizers split these prompts into equally many tokens.
public struct PromptTokenCounts: Sendable, Hashable {
    /// The shape of a prompt: the roles of its messages in order, or "raw".
    public struct Shape: Sendable, Hashable, Comparable {
        /// The initials of the roles, or "raw".
        public let name: String

        /// The shape of a prompt.
        public init(_ prompt: Prompt) {
            switch prompt {
            case .raw: name = "raw"
            case .chat(let messages): name = messages.map { String($0.role.rawValue.prefix(1)) }.joined()
            }
        }

        /// Order of the names.
        public static func < (left: Shape, right: Shape) -> Bool { left.name < right.name }
    }

    /// The count of each probe for which all answers report the same one.
    public let counts: [Digest: Int]
    /// How many probes were left out because their answers report different counts for one prompt.
    public let inconsistentProbes: Int

    /// Collects the counts of a model. Answers without a count, or with one below 1, are missing.
    public init(_ responses: ResponseSet, probes: [IdentifiedProbe]) {
        var counts: [Digest: Int] = [:]
        var inconsistent = 0
        for probe in probes {
            let reported = Set(
                (responses.completions[probe.id] ?? []).compactMap { $0.usage?.prompt }.filter { $0 > 0 })
            if reported.count == 1, let count = reported.first {
                counts[probe.id] = count
            } else if reported.count > 1 {
                inconsistent += 1
            }
        }
        self.counts = counts
        self.inconsistentProbes = inconsistent
    }
}
