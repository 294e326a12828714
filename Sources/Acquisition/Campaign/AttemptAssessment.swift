internal import CaseStore
internal import ForensicTypes
internal import WireFormats

/// What a recorded exchange means for the campaign, and the word under which it is counted.
struct AttemptAssessment: Sendable, Hashable {
    let result: AttemptResult
    /// Nil for an answer.
    let errorKind: String?
    /// The tokens that were used; nil where that is not known.
    var usage: TokenUsage?
    /// What the server says about when to ask again.
    var advice: RateAdvice?

    /// What a recorded exchange means.
    init(_ record: Transcript, countsTokens: Bool) {
        self.init(
            WireExchange(
                startedAt: record.startedAt, endedAt: record.endedAt, elapsed: record.elapsed,
                connection: record.connection, certificates: [], outcome: record.outcome, limit: record.limit,
                request: record.request, response: record.response, redactions: record.redactions),
            countsTokens: countsTokens)
    }

    /// - Parameters:
    ///   - record: The exchange as it is recorded.
    ///   - countsTokens: Whether anybody wants to know the usage, which has to be read out of the answer.
    init(_ record: WireExchange, countsTokens: Bool = false) {
        switch record.outcome {
        case .http: self.init(answer: record, countsTokens: countsTokens)
        case .errorAnswer:
            let advice = (try? HTTPResponse(wire: record.response)).map {
                RateAdvice($0, now: Double(record.endedAt) / 1e9)
            }
            self.init(result: .failed, errorKind: record.outcome.name, usage: Self.nothing, advice: advice)
        case .brokenResponse where record.response.isEmpty && record.connection.exchange ?? 0 > 0:
            self.init(result: .stale, errorKind: "stale_connection", usage: Self.nothing)
        case .unreachable: self.init(result: .unreachable, errorKind: "unreachable", usage: Self.nothing)
        case .tlsFailure:
            let isRefused = record.connection.verification.map { $0 != .verified } ?? false
            self.init(
                result: isRefused ? .endpointFault(.tls) : .handshakeFailed, errorKind: "tls_fail",
                usage: Self.nothing)
        case .aborted: self.init(result: .aborted, errorKind: "aborted")
        case .limitExceeded: self.init(result: .refused, errorKind: "limit")
        case .timeout, .brokenResponse, .imported:
            // What was sent may have been worked on: the most that it can have used counts.
            let neverSent = record.limit == .connect || record.limit == .handshake
            self.init(result: .failed, errorKind: record.outcome.name, usage: neverSent ? Self.nothing : nil)
        }
    }

    private static let nothing = TokenUsage(prompt: 0, completion: 0)

    private init(
        result: AttemptResult, errorKind: String?, usage: TokenUsage? = nil, advice: RateAdvice? = nil
    ) {
        self.result = result
        self.errorKind = errorKind
        self.usage = usage
        self.advice = advice
    }

    private init(answer record: WireExchange, countsTokens: Bool) {
        guard let response = try? HTTPResponse(wire: record.response) else {
            self.init(result: .failed, errorKind: "broken")
            return
        }
        let advice = RateAdvice(response, now: Double(record.endedAt) / 1e9)
        guard let failure = ServerFailure(response) else {
            self.init(
                result: .answered, errorKind: nil, usage: countsTokens ? Self.usage(in: record) : Self.nothing,
                advice: advice)
            return
        }
        let result: AttemptResult =
            switch failure {
            case .wrongKey: .endpointFault(.wrongKey)
            case .quotaExhausted: .endpointFault(.quotaExhausted)
            case .redirect: .endpointFault(.redirected)
            case .notFound: .endpointFault(.notFound)
            case .notReady, .rateLimited: .busy(retryAfter: advice.retryAfter)
            case .serverFault: .failed
            case .contextOverflow, .contentFiltered, .refusedRequest, .unexpected: .refused
            }
        // Providers do not bill errors.
        self.init(result: result, errorKind: failure.rawValue, usage: Self.nothing, advice: advice)
    }

    /// The usage that an answer reports, where it can be true.
    private static func usage(in exchange: WireExchange) -> TokenUsage? {
        guard let nobody = Digest(bytes: [UInt8](repeating: 0, count: 32)) else { return nil }
        let transcript = exchange.transcript(
            run: "", model: ModelIdentity(name: "", role: .suspect), key: DrawKey(probe: nobody, draw: 0), attempt: 0)
        guard let usage = try? ProviderResponse.completion(of: transcript).usage,
            (0...10_000_000).contains(usage.prompt), (0...10_000_000).contains(usage.completion)
        else { return nil }
        return usage
    }
}
