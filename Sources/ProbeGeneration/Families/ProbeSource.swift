public import ForensicTypes

/// How the instances of a family are made.
public enum ProbeSource: Sendable, Hashable {
    /// Sentences with slots, in several languages.
    case templates([TemplateVariant])
    /// The first words of sentences of a corpus, to be continued.
    case continuation(Continuation)
    /// Fragments of many scripts and kinds, joined.
    case fragments(Fragments)
    /// Questions with options in a drawn rotation, or in all.
    case questions(Questions)

    /// Where continuation prefixes come from.
    public struct Continuation: Sendable, Hashable, Codable {
        /// The corpora, by name.
        public let corpora: [String]
        /// The least words of a prefix.
        public let minimumWords: Int
        /// The most words of a prefix.
        public let maximumWords: Int
        /// Whether each prefix comes with a twin in which one word is altered.
        public let twins: Bool?

        private enum CodingKeys: String, CodingKey {
            case corpora, twins
            case minimumWords = "minimum_words"
            case maximumWords = "maximum_words"
        }
    }

    /// What strings are joined from.
    public struct Fragments: Sendable, Hashable, Codable {
        /// The pieces.
        public let pieces: [String]
        /// The fewest pieces of a string.
        public let minimum: Int
        /// The most pieces of a string.
        public let maximum: Int
        /// What stands between two pieces.
        public let separators: [String]
        /// What is read from an answer.
        public let reading: Reading
    }

    /// Questions with known options.
    public struct Questions: Sendable, Hashable, Codable {
        /// One question.
        public struct Item: Sendable, Hashable, Codable {
            /// What is asked.
            public let question: String
            /// The options; the first is the correct one where there is one.
            public let options: [String]
        }

        /// Texts with the slots `{question}` and `{options}`.
        public let templates: [String]
        /// What stands before each option; `{letter}` becomes A, B, C and so on.
        public let label: String
        /// Whether the first option of an item is correct.
        public let gold: Bool
        /// Whether each question comes with its options in every rotation.
        public let rotations: Bool?
        /// The questions.
        public let items: [Item]
    }
}

/// Sentences of one language with slots.
public struct TemplateVariant: Sendable, Hashable, Codable {
    /// How the text is put to a model.
    public enum Form: String, Sendable, Hashable, Codable {
        /// As the message of a user.
        case chat
        /// As text to be continued.
        case raw
    }

    /// The language, as in BCP 47.
    public let language: String
    /// How the text is put to a model; nil means as a chat message.
    public let form: Form?
    /// Texts with slots `{name}`; `{options}` becomes the options in a drawn order.
    public let templates: [String]
    /// What may fill a slot.
    public let slots: [String: SlotFilling]
    /// What is read from an answer; a choice names the options.
    public let reading: Reading
    /// What joins the last two options, for example ` or `.
    public let conjunction: String?
    /// A system prompt that belongs to the question.
    public let system: String?
    /// The correct answer as a term over two slots of numbers, for example `a*b`; nil where there is none.
    public let gold: GoldTerm?
}

/// What may fill a slot of a template.
public enum SlotFilling: Sendable, Hashable, Codable {
    /// One of some texts.
    case texts([String])
    /// A whole number of a closed range.
    case range(from: Int, to: Int)
    /// A keyed token that nobody can have seen: letters drawn from the stream.
    case token(letters: Int)

    private enum CodingKeys: String, CodingKey { case from, to, letters }

    /// Decodes a list of texts, `{"from": 1, "to": 9}` or `{"letters": 8}`.
    public init(from decoder: any Decoder) throws {
        if let texts = try? decoder.singleValueContainer().decode([String].self) {
            self = .texts(texts)
            return
        }
        let container = try decoder.container(keyedBy: CodingKeys.self)
        if let letters = try container.decodeIfPresent(Int.self, forKey: .letters) {
            self = .token(letters: letters)
        } else {
            self = .range(
                from: try container.decode(Int.self, forKey: .from), to: try container.decode(Int.self, forKey: .to))
        }
    }

    /// Encodes what `init(from:)` decodes.
    public func encode(to encoder: any Encoder) throws {
        switch self {
        case .texts(let texts):
            var container = encoder.singleValueContainer()
            try container.encode(texts)
        case .range(let from, let to):
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(from, forKey: .from)
            try container.encode(to, forKey: .to)
        case .token(let letters):
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(letters, forKey: .letters)
        }
    }
}
