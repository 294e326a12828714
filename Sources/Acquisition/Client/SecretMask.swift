package import ForensicTypes

/// Replaces secrets by asterisks of the same length, so that offsets and lengths on the wire stay true.
///
/// A server may echo a key as it is, or with any of its characters escaped for JSON or a URL, or in base64 of either alphabet
/// at any offset, and the frames of a chunked body may cut through it. Session cookies are masked as well.
package struct SecretMask: Sendable {
    private let patterns: [SecretPattern]

    package init(secrets: [[UInt8]]) {
        var patterns: Set<SecretPattern> = []
        for secret in secrets where !secret.isEmpty {
            patterns.insert(SecretPattern(bytes: secret, mayBeEscaped: true))
            for offset in 0..<3 {
                for digits in [Self.standardDigits, Self.addressDigits] {
                    let encoded = Self.base64(secret, after: offset, digits: digits)
                    if encoded.count >= Self.leastEncoded {
                        // A slash is escaped by some writers of JSON, a plus by some of URLs.
                        patterns.insert(SecretPattern(bytes: encoded, mayBeEscaped: true))
                    }
                }
            }
        }
        self.patterns = patterns.sorted {
            $0.bytes.count != $1.bytes.count
                ? $0.bytes.count > $1.bytes.count : $0.bytes.lexicographicallyPrecedes($1.bytes)
        }
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
        var spans = patterns.flatMap { $0.occurrences(in: bytes) } + places
        if part == .response { spans += Self.cookies(in: bytes) }
        guard !spans.isEmpty else { return (bytes, []) }
        var masked = bytes
        for span in spans {
            for index in span { masked[index] = UInt8(ascii: "*") }
        }
        var merged: [Range<Int>] = []
        for span in spans.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = merged.last, span.lowerBound <= last.upperBound {
                merged[merged.count - 1] = last.lowerBound..<max(last.upperBound, span.upperBound)
            } else {
                merged.append(span)
            }
        }
        return (masked, merged.map { Redaction(part: part, offset: $0.lowerBound, length: $0.count) })
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
