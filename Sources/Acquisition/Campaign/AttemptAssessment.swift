internal import CaseStore
internal import ForensicTypes
internal import WireFormats

/// What a recorded exchange means for the campaign, and the word under which it is counted.
struct AttemptAssessment: Sendable, Hashable {
    let result: AttemptResult
    /// Nil for an answer.
    let errorKind: String?

    init(_ exchange: WireExchange) {
        switch exchange.outcome {
        case .http(let status): self.init(status: status, wire: exchange.response)
        case .unreachable: self.init(result: .unreachable, errorKind: "unreachable")
        case .tlsFailure: self.init(result: .endpointFault(.tls), errorKind: "tls_fail")
        case .aborted: self.init(result: .aborted, errorKind: "aborted")
        case .limitExceeded: self.init(result: .refused, errorKind: "limit")
        case .timeout, .brokenResponse, .imported:
            self.init(result: .failed, errorKind: exchange.outcome.name)
        }
    }

    private init(result: AttemptResult, errorKind: String?) {
        self.result = result
        self.errorKind = errorKind
    }

    private init(status: Int, wire: [UInt8]) {
        guard let response = try? HTTPResponse(wire: wire) else {
            self.init(result: .failed, errorKind: "broken")
            return
        }
        guard let failure = ServerFailure(response) else {
            self.init(result: .answered, errorKind: nil)
            return
        }
        let result: AttemptResult =
            switch failure {
            case .wrongKey: .endpointFault(.wrongKey)
            case .quotaExhausted: .endpointFault(.quotaExhausted)
            case .redirect: .endpointFault(.redirected)
            case .notFound: .endpointFault(.notFound)
            case .notReady, .rateLimited: .busy(retryAfter: response.retryAfterSeconds.map(Double.init))
            case .serverFault: .failed
            case .contextOverflow, .contentFiltered, .refusedRequest, .unexpected: .refused
            }
        self.init(result: result, errorKind: failure.rawValue)
    }
}
