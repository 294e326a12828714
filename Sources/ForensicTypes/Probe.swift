/// One message of a chat prompt.
public struct Message: Sendable, Hashable, Codable {
    /// Who speaks.
    public enum Role: String, Sendable, Hashable, Codable {
        /// Instructions of the deployer.
        case system
        /// The person who asks.
        case user
        /// The model.
        case assistant
    }

    /// Who speaks.
    public let role: Role
    /// What is said.
    public let content: String

    /// Makes a message.
    public init(role: Role, content: String) {
        self.role = role
        self.content = content
    }
}

/// What is put to a model.
public enum Prompt: Sendable, Hashable {
    /// A conversation, rendered by the server's own chat template.
    case chat([Message])
    /// Text to be continued, sent without a template.
    case raw(String)
}

extension Prompt: Codable {
    private enum CodingKeys: String, CodingKey { case chat, raw }

    /// Decodes an object with exactly one of the keys `chat` and `raw`.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        if container.contains(.chat) {
            self = .chat(try container.decode([Message].self, forKey: .chat))
        } else {
            self = .raw(try container.decode(String.self, forKey: .raw))
        }
    }

    /// Encodes an object with one key.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        switch self {
        case .chat(let messages): try container.encode(messages, forKey: .chat)
        case .raw(let text): try container.encode(text, forKey: .raw)
        }
    }
}

/// What is read from an answer.
public enum Reading: Sendable, Hashable {
    /// The text.
    case text
    /// One of a small set of options, read by its content.
    case choice(options: [String])
    /// A number.
    case number
    /// A list of whole numbers.
    case integerList
    /// The log-probabilities of the next token.
    case nextToken
    /// Only the count of prompt tokens that the server reports.
    case promptTokens
}

extension Reading: Codable {
    private enum CodingKeys: String, CodingKey { case kind, options }
    private enum Kind: String, Codable {
        case text, choice, number
        case integerList = "integer_list"
        case nextToken = "next_token"
        case promptTokens = "prompt_tokens"
    }

    /// Decodes an object with the key `kind`, and `options` for a choice.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        switch try container.decode(Kind.self, forKey: .kind) {
        case .text: self = .text
        case .choice: self = .choice(options: try container.decode([String].self, forKey: .options))
        case .number: self = .number
        case .integerList: self = .integerList
        case .nextToken: self = .nextToken
        case .promptTokens: self = .promptTokens
        }
    }

    /// Encodes an object with the key `kind`, and `options` for a choice.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        switch self {
        case .text: try container.encode(Kind.text, forKey: .kind)
        case .choice(let options):
            try container.encode(Kind.choice, forKey: .kind)
            try container.encode(options, forKey: .options)
        case .number: try container.encode(Kind.number, forKey: .kind)
        case .integerList: try container.encode(Kind.integerList, forKey: .kind)
        case .nextToken: try container.encode(Kind.nextToken, forKey: .kind)
        case .promptTokens: try container.encode(Kind.promptTokens, forKey: .kind)
        }
    }
}

/// One query: what is asked, how the answers are drawn, how many are wanted, and what is read from them.
///
/// Absent keys are not written, so a probe without a right answer or without kin keeps the digest that it had before there were such keys.
public struct Probe: Sendable, Hashable, Codable {
    /// The probe family, for example `forced-small-choice`.
    public let family: String
    /// What is put to the model.
    public let prompt: Prompt
    /// How each answer is drawn.
    public let sampling: SamplingParameters
    /// How many answers are wanted, 1 or more.
    public let draws: Int
    /// What is read from an answer.
    public let reading: Reading
    /// The correct answer, where there is one.
    public let gold: String?
    /// The group of forms that the probe belongs to, where it is one of several.
    public let kin: Kin?

    /// Makes a probe.
    public init(
        family: String, prompt: Prompt, sampling: SamplingParameters, draws: Int, reading: Reading, gold: String? = nil,
        kin: Kin? = nil
    ) {
        self.family = family
        self.prompt = prompt
        self.sampling = sampling
        self.draws = draws
        self.reading = reading
        self.gold = gold
        self.kin = kin
    }
}

/// A probe with the digest that names it: that of its canonical JSON.
public struct IdentifiedProbe: Sendable, Hashable, Codable {
    /// The digest of the probe's canonical JSON.
    public let id: Digest
    /// The probe.
    public let probe: Probe

    /// Pairs a probe with its digest. `ProbeIdentity` in `ContentAddressing` computes it.
    public init(id: Digest, probe: Probe) {
        self.id = id
        self.probe = probe
    }
}
