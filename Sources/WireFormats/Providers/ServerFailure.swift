/// What an error answer of a server means for the one who asked.
public enum ServerFailure: String, Sendable, Hashable, Codable, CaseIterable {
    /// The key is missing or wrong, or may not use the model (401, 403).
    case wrongKey = "wrong_key"
    /// The route or the model does not exist (404).
    case notFound = "not_found"
    /// The prompt does not fit the model's context (400, `exceed_context_size_error` or `context_length_exceeded`).
    case contextOverflow = "context_overflow"
    /// A filter before the model refuses the prompt (400, `content_filter` or `content_policy_violation`).
    case contentFiltered = "content_filtered"
    /// The server refuses the request as it is (other 4xx).
    case refusedRequest = "refused_request"
    /// Too many requests (429).
    case rateLimited = "rate_limited"
    /// The account has no credit or quota left (402, or 429 with `insufficient_quota`).
    case quotaExhausted = "quota_exhausted"
    /// The server is loading the model or is overloaded (503, 529).
    case notReady = "not_ready"
    /// The server failed (other 5xx).
    case serverFault = "server_fault"
    /// A redirect, which is never followed (3xx).
    case redirect
    /// Another status.
    case unexpected

    /// Classifies an answer; nil for a success (2xx).
    public init?(_ response: HTTPResponse) {
        let kind = Self.errorType(response.body)
        switch response.status {
        case 200..<300: return nil
        case 300..<400: self = .redirect
        case 401, 403: self = .wrongKey
        case 402: self = .quotaExhausted
        case 404: self = .notFound
        case 400, 413, 422:
            let isOverflow = kind.contains("exceed_context_size_error") || kind.contains("context_length_exceeded")
            let isFiltered = kind.contains("content_filter") || kind.contains("content_policy_violation")
            if kind.contains("API_KEY_INVALID") {
                self = .wrongKey
                return
            }
            self = isOverflow ? .contextOverflow : isFiltered ? .contentFiltered : .refusedRequest
        case 429: self = kind.contains("insufficient_quota") ? .quotaExhausted : .rateLimited
        case 400..<500: self = .refusedRequest
        case 503, 529: self = .notReady
        case 500..<600: self = .serverFault
        default: self = .unexpected
        }
    }

    /// Whether the same request may succeed later.
    public var isTransient: Bool {
        switch self {
        case .rateLimited, .notReady, .serverFault: true
        default: false
        }
    }

    /// Whether no request to the endpoint will succeed until somebody changes something.
    public var concernsEndpoint: Bool {
        switch self {
        case .wrongKey, .notFound, .quotaExhausted, .redirect: true
        default: false
        }
    }

    /// The error's `type` and `code`, where the body is the usual error object.
    private static func errorType(_ body: [UInt8]) -> [String] {
        guard let document = try? JSONDocument(body), let error = document.root["error"] else { return [] }
        // Ollama and text-generation-inference give the error as a text, with its type beside it.
        if !error.isObject { return [document.root["error_type"]?.text].compactMap { $0 } }
        // Google names the cause in a list of details.
        let reasons = (error["details"]?.elements ?? []).compactMap { $0["reason"]?.text }
        return [error["type"]?.text, error["code"]?.text].compactMap { $0 } + reasons
    }
}

extension HTTPResponse {
    /// The seconds of a `Retry-After` field, 0 to 86,400; nil where there is none, or where it is a date.
    public var retryAfterSeconds: Int? {
        guard let value = value(of: "retry-after"), let seconds = Int(value), (0...86_400).contains(seconds) else {
            return nil
        }
        return seconds
    }
}
