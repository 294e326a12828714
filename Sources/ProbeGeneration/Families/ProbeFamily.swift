public import ForensicTypes

/// A family of probes: what they ask, what is read from the answers, and how instances are made.
///
/// Families are public, documented and versioned (`Probes/families`). Their instances are secret where the owner's secret is.
public struct ProbeFamily: Sendable, Hashable {
    /// How a family's probes look among ordinary traffic, most natural first.
    public enum StealthGrade: String, Sendable, Hashable, Codable, CaseIterable {
        /// Questions and texts that anybody might send.
        case ordinary
        /// Harmless, but odd when repeated.
        case unusual
        /// A simple template or perplexity filter would notice them.
        case conspicuous
    }

    /// What is looked for among many instances, by asking the protected model.
    public enum SearchGoal: String, Sendable, Hashable, Codable {
        /// The two most likely next tokens are nearly as likely as each other.
        case nearTie = "near_tie"
        /// The answer can be read and is wrong.
        case mistake
    }

    /// What asking one instance once is expected to cost.
    public struct Cost: Sendable, Hashable, Codable {
        /// Tokens of the prompt, a usual chat template included.
        public let promptTokens: Int
        /// Tokens of the answer.
        public let answerTokens: Int

        private enum CodingKeys: String, CodingKey {
            case promptTokens = "prompt_tokens"
            case answerTokens = "answer_tokens"
        }
    }

    /// The name, for example `forced-small-choice`.
    public let id: String
    /// Counts up whenever the file changes what it generates.
    public let revision: Int
    /// One line.
    public let title: String
    /// What the probes ask.
    public let asks: String
    /// What is read from an answer, and why it tells models apart.
    public let reads: String
    /// How an answer is parsed.
    public let parser: String
    /// How the probes look in traffic.
    public let stealth: StealthGrade
    /// What a filter or a person would see.
    public let stealthNote: String
    /// The comparators that use the answers, by type name.
    public let comparators: [String]
    /// The expected cost of one query.
    public let cost: Cost
    /// How each answer is drawn.
    public let sampling: SamplingParameters
    /// How many answers are wanted.
    public let draws: Int
    /// How instances are made.
    public let source: ProbeSource
    /// How an instance is said in other words; nil where its wording is the point.
    public let paraphrase: ParaphraseRule?
    /// How the instances worth asking are found by asking the protected model first; nil where all are worth it.
    public let search: SearchGoal?
    /// The digest of the file.
    public let digest: Digest
}
