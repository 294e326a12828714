internal import ContentAddressing
internal import Crypto
internal import ForensicTypes
internal import WireFormats

/// Signs requests with a signature of AWS, version 4 (AWS Identity and Access Management user guide, "Create a signed AWS API
/// request").
package struct RequestSigner: Sendable {
    package let credentials: SigningCredentials
    package let region: String
    package let service: String

    package init(credentials: SigningCredentials, region: String, service: String) {
        self.credentials = credentials
        self.region = region
        self.service = service
    }

    /// The fields that sign a request: its time, the session's token where there is one, and the signature.
    ///
    /// - Parameters:
    ///   - method: The method.
    ///   - target: The path as it is sent, with its query.
    ///   - fields: The fields to sign, names in lower case; `host` is one of them.
    ///   - body: The body.
    ///   - time: The wall clock, nanoseconds since 1970.
    package func fields(
        method: String, target: String, fields: [(name: String, value: String)], body: [UInt8], at time: Int64
    ) -> [(name: String, value: String)] {
        let stamp = Self.stamp(time)
        var added = [(name: "x-amz-date", value: stamp)]
        if let token = credentials.sessionToken {
            added.append(("x-amz-security-token", String(decoding: token, as: UTF8.self)))
        }
        let signed = (fields + added).sorted { $0.name < $1.name }
        let names = signed.map(\.name).joined(separator: ";")
        let path = target.prefix { $0 != "?" }
        let canonical = [
            method, Self.canonicalPath(path), Self.canonicalQuery(target.dropFirst(path.count + 1)),
            signed.map { "\($0.name):\(Self.collapsed($0.value))\n" }.joined(), names, SHA256Digest.of(body).hex,
        ].joined(separator: "\n")
        let scope = "\(stamp.prefix(8))/\(region)/\(service)/aws4_request"
        let text = "AWS4-HMAC-SHA256\n\(stamp)\n\(scope)\n\(SHA256Digest.of(Array(canonical.utf8)).hex)"
        let signature = Self.hex(Self.authenticate(text, key: key(day: String(stamp.prefix(8)))))
        let identifier = String(decoding: credentials.accessKeyIdentifier, as: UTF8.self)
        let authorization =
            "AWS4-HMAC-SHA256 Credential=\(identifier)/\(scope), SignedHeaders=\(names), Signature=\(signature)"
        return added + [("authorization", authorization)]
    }

    private func key(day: String) -> [UInt8] {
        let first = Array("AWS4".utf8) + credentials.secretAccessKey
        return [day, region, service, "aws4_request"].reduce(first) { Self.authenticate($1, key: $0) }
    }

    private static func authenticate(_ text: String, key: [UInt8]) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: SymmetricKey(data: key)))
    }

    private static func hex(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    /// Every segment encoded once more, as all services but one for storage want it.
    static func canonicalPath(_ path: Substring) -> String {
        let text = path.split(separator: "/", omittingEmptySubsequences: false).map { PercentEncoding.segment($0) }
            .joined(separator: "/")
        return text.isEmpty ? "/" : text
    }

    /// The parameters in order of their names, then of their values; what is sent is encoded already.
    static func canonicalQuery(_ query: Substring) -> String {
        query.split(separator: "&").map { pair in
            let name = pair.prefix { $0 != "=" }
            return (String(name), String(pair.dropFirst(name.count + 1)))
        }
        .sorted { $0 < $1 }
        .map { "\($0)=\($1)" }.joined(separator: "&")
    }

    /// A value without white space around it, and single spaces inside.
    private static func collapsed(_ value: String) -> String {
        value.split(separator: " ", omittingEmptySubsequences: true).joined(separator: " ")
    }

    /// The time as `20150830T123600Z`.
    static func stamp(_ nanoseconds: Int64) -> String {
        let seconds = nanoseconds.quotient(by: 1_000_000_000)
        let days = seconds.quotient(by: 86_400)
        let rest = seconds - days * 86_400
        let (year, month, day) = date(daysSince1970: days)
        func two(_ value: Int64) -> String { (value < 10 ? "0" : "") + String(value) }
        return "\(year)\(two(month))\(two(day))T\(two(rest / 3_600))\(two(rest / 60 % 60))\(two(rest % 60))Z"
    }

    /// The date of a day in the Gregorian calendar, by eras of 400 years that begin with March.
    private static func date(daysSince1970 days: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let shifted = days + 719_468
        let era = shifted.quotient(by: 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let month = (5 * dayOfYear + 2) / 153
        let civilMonth = month < 10 ? month + 3 : month - 9
        let year = yearOfEra + era * 400 + (civilMonth <= 2 ? 1 : 0)
        return (year, civilMonth, dayOfYear - (153 * month + 2) / 5 + 1)
    }
}

extension Int64 {
    /// The quotient rounded towards minus infinity.
    fileprivate func quotient(by divisor: Int64) -> Int64 {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }
}
