package import WireFormats

/// What a response says about when to ask again.
///
/// It reads `Retry-After` in seconds or as a date (RFC 9110, 10.2.3), `retry-after-ms`, and the rate headers of providers:
/// `x-ratelimit-remaining-requests`, `x-ratelimit-reset-requests`, the same for `tokens`, and
/// `anthropic-ratelimit-requests-remaining`, `-reset`, the same for `tokens`, `input-tokens` and `output-tokens`.
public struct RateAdvice: Sendable, Hashable {
    /// What is left of one allowance, and when it is whole again.
    public struct Allowance: Sendable, Hashable {
        /// Units that are left.
        public let remaining: Int
        /// Seconds until there are more.
        public let reset: Double

        /// States an allowance.
        public init(remaining: Int, reset: Double) {
            self.remaining = remaining
            self.reset = reset
        }
    }

    /// Seconds for which the server asks to be left alone.
    public var retryAfter: Double?
    /// Requests that are left.
    public var requests: Allowance?
    /// Tokens that are left: the smallest of all allowances of tokens.
    public var tokens: Allowance?

    /// The longest wait that is believed, in seconds.
    static let longest = 86_400.0

    /// Makes advice in code.
    public init(retryAfter: Double? = nil, requests: Allowance? = nil, tokens: Allowance? = nil) {
        self.retryAfter = retryAfter
        self.requests = requests
        self.tokens = tokens
    }

    /// Reads a response's header fields.
    ///
    /// - Parameters:
    ///   - response: The response.
    ///   - now: The wall clock, in seconds since 1970. A `Date` field takes its place: both ends' clocks may differ.
    package init(_ response: HTTPResponse, now: Double) {
        let clock = response.value(of: "date").flatMap(InternetDate.seconds(ofHTTP:)) ?? now
        func wait(until text: String) -> Double? {
            let time = InternetDate.seconds(ofHTTP: text) ?? InternetDate.seconds(ofRFC3339: text)
            return time.map { min(max(0, $0 - clock), Self.longest) }
        }
        func seconds(_ text: String) -> Double? {
            (Double(text) ?? Self.duration(text)).flatMap { $0 >= 0 && $0 <= Self.longest ? $0 : nil }
        }
        if let milliseconds = response.value(of: "retry-after-ms").flatMap({ seconds($0) }) {
            retryAfter = milliseconds / 1_000
        } else if let text = response.value(of: "retry-after") {
            retryAfter = seconds(text) ?? wait(until: text)
        }
        func allowance(_ remaining: String, _ reset: String) -> Allowance? {
            guard let count = response.value(of: remaining).flatMap({ Int($0) }), count >= 0,
                let text = response.value(of: reset), let time = seconds(text) ?? wait(until: text)
            else { return nil }
            return Allowance(remaining: count, reset: time)
        }
        requests =
            allowance("x-ratelimit-remaining-requests", "x-ratelimit-reset-requests")
            ?? allowance("anthropic-ratelimit-requests-remaining", "anthropic-ratelimit-requests-reset")
        let kinds = ["tokens", "input-tokens", "output-tokens"]
        let allowances =
            kinds.compactMap { allowance("anthropic-ratelimit-\($0)-remaining", "anthropic-ratelimit-\($0)-reset") }
            + [allowance("x-ratelimit-remaining-tokens", "x-ratelimit-reset-tokens")].compactMap { $0 }
        tokens = allowances.min { $0.remaining < $1.remaining }
    }

    /// A duration such as `1s`, `6m0s`, `1h30m` or `250ms`, in seconds.
    static func duration(_ text: String) -> Double? {
        let units: [(String, Double)] = [("ms", 0.001), ("h", 3_600), ("m", 60), ("s", 1)]
        var rest = Substring(text)
        var total = 0.0
        guard !rest.isEmpty, rest.utf8.count <= 32 else { return nil }
        while !rest.isEmpty {
            let digits = rest.prefix { ("0"..."9").contains($0) || $0 == "." }
            rest = rest.dropFirst(digits.count)
            guard let number = Double(String(digits)), let unit = units.first(where: { rest.hasPrefix($0.0) })
            else { return nil }
            rest = rest.dropFirst(unit.0.count)
            total += number * unit.1
        }
        return total
    }
}
