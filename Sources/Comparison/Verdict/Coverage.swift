public import ForensicTypes

/// How much of a probe set a model answered, and in what manner.
public struct Coverage: Sendable, Equatable {
    /// Probes that were to be asked.
    public let probes: Int
    /// Probes with at least one answer that can be read.
    public let usable: Int
    /// Probes without any answer.
    public let unanswered: Int
    /// Probes whose every answer was withheld by the server or is empty.
    public let refused: Int
    /// The largest share of text probes with one and the same first answer; nil below five text probes.
    public let constantShare: Double?
    /// The share of text probes, sampled several times at a temperature of 0.7 or more, whose draws are all the same; nil
    /// below five such probes. Near 1 where the protected model varies, it betrays a response cache.
    public let repeatedShare: Double?
    /// Signs that not one model answered throughout.
    public let screens: ServingScreens

    /// Counts what a model answered.
    public init(of responses: ResponseSet, probes: [IdentifiedProbe]) {
        var unanswered = 0
        var refused = 0
        var firstAnswers: [[UInt8]: Int] = [:]
        var textProbes = 0
        var sampled = 0
        var repeated = 0
        for identified in probes {
            let completions = responses.completions[identified.id] ?? []
            guard !completions.isEmpty else {
                unanswered += 1
                continue
            }
            let usable = completions.filter { Self.isUsable($0, reading: identified.probe.reading) }
            guard let first = usable.first else {
                refused += 1
                continue
            }
            guard identified.probe.reading == .text else { continue }
            textProbes += 1
            firstAnswers[first.text, default: 0] += 1
            if identified.probe.sampling.temperature >= 0.7, usable.count >= 2 {
                sampled += 1
                if usable.allSatisfy({ $0.text == first.text }) { repeated += 1 }
            }
        }
        self.probes = probes.count
        screens = ServingScreens(of: responses, probes: probes)
        self.unanswered = unanswered
        self.refused = refused
        self.usable = probes.count - unanswered - refused
        self.constantShare = textProbes < 5 ? nil : Double(firstAnswers.values.max() ?? 0) / Double(textProbes)
        self.repeatedShare = sampled < 5 ? nil : Double(repeated) / Double(sampled)
    }

    /// The share of probes with a usable answer; 0 without probes.
    public var usableShare: Double { probes == 0 ? 0 : Double(usable) / Double(probes) }

    private static func isUsable(_ completion: Completion, reading: Reading) -> Bool {
        guard completion.finishReason != .refusal else { return false }
        switch reading {
        case .promptTokens: return completion.usage != nil
        case .nextToken: return !completion.positions.isEmpty || hasText(completion)
        case .text, .choice, .number, .integerList: return hasText(completion)
        }
    }

    private static func hasText(_ completion: Completion) -> Bool {
        completion.text.contains { $0 > UInt8(ascii: " ") }
    }
}
