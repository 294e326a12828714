internal import ForensicTypes

/// Replaces secrets by asterisks of the same length, so that offsets and lengths on the wire stay true.
///
/// A server may echo a key as it is, or escaped for JSON or a URL, or in base64. Session cookies are masked as well.
struct SecretMask: Sendable {
    private let patterns: [[UInt8]]

    init(secrets: [[UInt8]]) {
        var patterns: Set<[UInt8]> = []
        for secret in secrets where !secret.isEmpty {
            patterns.formUnion([
                secret, Self.percentEncoded(secret), Self.jsonEscaped(secret), Self.base64(secret),
            ])
        }
        self.patterns = patterns.sorted {
            $0.count != $1.count ? $0.count > $1.count : $0.lexicographicallyPrecedes($1)
        }
    }

    /// The bytes with every occurrence masked, and where.
    func mask(_ bytes: [UInt8], part: Redaction.Part) -> (bytes: [UInt8], redactions: [Redaction]) {
        var spans = patterns.flatMap { Self.occurrences(of: $0, in: bytes) }
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

    /// Where a pattern occurs, the beginning of one that the end of the bytes cuts off included.
    private static func occurrences(of pattern: [UInt8], in bytes: [UInt8]) -> [Range<Int>] {
        guard let first = pattern.first else { return [] }
        var spans: [Range<Int>] = []
        var position = 0
        while let start = bytes[position...].firstIndex(of: first) {
            let length = min(pattern.count, bytes.count - start)
            let isWhole = length == pattern.count
            if isWhole || length >= 8, bytes[start..<(start + length)].elementsEqual(pattern.prefix(length)) {
                spans.append(start..<(start + length))
                position = start + length
            } else {
                position = start + 1
            }
        }
        return spans
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

    private static func percentEncoded(_ secret: [UInt8]) -> [UInt8] {
        let digits = Array("0123456789ABCDEF".utf8)
        return secret.flatMap { byte -> [UInt8] in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                [byte]
            default: [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
    }

    private static func jsonEscaped(_ secret: [UInt8]) -> [UInt8] {
        secret.flatMap { byte in
            [UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/")].contains(byte)
                ? [UInt8(ascii: "\\"), byte] : [byte]
        }
    }

    /// The digits of base64 that depend on the secret alone: padding and a last shared digit are left out.
    private static func base64(_ secret: [UInt8]) -> [UInt8] {
        let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var text: [UInt8] = []
        for start in stride(from: 0, to: secret.count - 2, by: 3) {
            let group = secret[start..<(start + 3)].reduce(0) { $0 << 8 | Int($1) }
            text += stride(from: 18, through: 0, by: -6).map { digits[group >> $0 & 63] }
        }
        return text
    }
}
