internal import ContentAddressing
package import ForensicTypes

/// Replaces secrets by asterisks of the same length, so that offsets and lengths on the wire stay true.
///
/// A server may echo a key as it is, or with any of its characters escaped for JSON or a URL, or in base64 of either alphabet
/// at any offset, and the frames of a chunked body may cut through it. Session cookies are masked as well. Each
/// redaction commits to the secret under a salt of its own, so that its owner can show later which one it was.
package struct SecretMask: Sendable {
    /// More spans of one part than this are not listed one by one: a server could make a record's line overflow.
    static let maximumSpans = 32

    private struct Span {
        var range: Range<Int>
        let reason: Redaction.Reason
        let secret: [UInt8]
    }

    private let patterns: [(pattern: SecretPattern, secret: [UInt8])]

    package init(secrets: [[UInt8]]) {
        var patterns: [SecretPattern: [UInt8]] = [:]
        for secret in secrets where !secret.isEmpty {
            patterns[SecretPattern(bytes: secret, mayBeEscaped: true)] = secret
            for offset in 0..<3 {
                for digits in [Self.standardDigits, Self.addressDigits] {
                    let encoded = Self.base64(secret, after: offset, digits: digits)
                    if encoded.count >= Self.leastEncoded {
                        // A slash is escaped by some writers of JSON, a plus by some of URLs.
                        patterns[SecretPattern(bytes: encoded, mayBeEscaped: true)] = secret
                    }
                }
            }
        }
        self.patterns = patterns.sorted {
            let (left, right) = ($0.key.bytes, $1.key.bytes)
            return left.count != right.count ? left.count > right.count : left.lexicographicallyPrecedes(right)
        }.map { ($0.key, $0.value) }
    }

    /// The bytes with every occurrence masked, and where.
    ///
    /// - Parameters:
    ///   - bytes: The bytes of the wire.
    ///   - part: Whose bytes they are; cookies are set by responses only.
    ///   - places: Further spans to mask.
    package func mask(
        _ bytes: [UInt8], part: Redaction.Part, places: [Range<Int>] = []
    ) -> (bytes: [UInt8], redactions: [Redaction]) {
        var spans = patterns.flatMap { pattern, secret in
            pattern.occurrences(in: bytes).map { Span(range: $0, reason: .key, secret: secret) }
        }
        spans += places.map { Span(range: $0, reason: .key, secret: Array(bytes[$0])) }
        if part == .response {
            spans += Self.cookies(in: bytes).map { Span(range: $0, reason: .cookie, secret: Array(bytes[$0])) }
        }
        guard !spans.isEmpty else { return (bytes, []) }
        var masked = bytes
        var redactions: [Redaction] = []
        for span in Self.merged(spans) {
            for index in span.range { masked[index] = UInt8(ascii: "*") }
            let salt = Salt.random()
            let commitment = Digest(bytes: salt.bytes).map {
                SecretCommitment(salt: $0, digest: SaltedCommitment.commit(salt: salt, bytes: span.secret))
            }
            redactions.append(
                Redaction(
                    part: part, offset: span.range.lowerBound, length: span.range.count, reason: span.reason,
                    commitment: span.reason == .many ? nil : commitment))
        }
        return (masked, redactions)
    }

    private static func merged(_ spans: [Span]) -> [Span] {
        var merged: [Span] = []
        for span in spans.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
            if let last = merged.last, span.range.lowerBound <= last.range.upperBound {
                let end = max(last.range.upperBound, span.range.upperBound)
                merged[merged.count - 1].range = last.range.lowerBound..<end
            } else {
                merged.append(span)
            }
        }
        guard merged.count > maximumSpans, let last = merged.last else { return merged }
        let first = merged[maximumSpans - 1]
        let rest = Span(range: first.range.lowerBound..<last.range.upperBound, reason: .many, secret: [])
        return merged.prefix(maximumSpans - 1) + [rest]
    }

    /// The values of `Set-Cookie` fields in the header of a response.
    private static func cookies(in bytes: [UInt8]) -> [Range<Int>] {
        var spans: [Range<Int>] = []
        var start = 0
        while let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")), start < 65_536 {
            let line = bytes[start..<end]
            if line.count <= 1 { break }
            let name = line.prefix { $0 != UInt8(ascii: ":") }
            if String(decoding: name, as: UTF8.self).lowercased() == "set-cookie" {
                let value = line.dropFirst(name.count + 1).drop { $0 == 0x20 }
                let length = value.last == UInt8(ascii: "\r") ? value.count - 1 : value.count
                if length > 0 { spans.append(value.startIndex..<(value.startIndex + length)) }
            }
            start = end + 1
        }
        return spans
    }

    private static let standardDigits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    private static let addressDigits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
    // Fewer digits would be masked all over innocent text.
    private static let leastEncoded = 8

    /// The digits of base64 that depend on the secret alone, where `offset` bytes of something else stand before it.
    private static func base64(_ secret: [UInt8], after offset: Int, digits: [UInt8]) -> [UInt8] {
        let bytes = [UInt8](repeating: 0, count: offset) + secret
        let firstDigit = (8 * offset + 5) / 6
        let end = 8 * bytes.count / 6
        guard firstDigit < end else { return [] }
        return (firstDigit..<end).map { digit in
            let bit = 6 * digit
            let pair = Int(bytes[bit / 8]) << 8 | (bit / 8 + 1 < bytes.count ? Int(bytes[bit / 8 + 1]) : 0)
            return digits[pair >> (10 - bit % 8) & 63]
        }
    }
}
