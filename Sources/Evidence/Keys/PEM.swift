internal import FoundationEssentials

/// The armour of RFC 7468 around DER values.
enum PEM {
    /// Wraps bytes, 64 characters a line, as openssl does.
    static func encode(_ bytes: [UInt8], label: String) -> String {
        let text = Array(Data(bytes).base64EncodedString().utf8)
        let lines = stride(from: 0, to: text.count, by: 64).map {
            String(decoding: text[$0..<min($0 + 64, text.count)], as: UTF8.self)
        }
        return (["-----BEGIN \(label)-----"] + lines + ["-----END \(label)-----"]).joined(separator: "\n") + "\n"
    }

    /// Unwraps the one block of a text; nil where the text is anything else.
    static func decode(_ text: String, label: String) -> [UInt8]? {
        guard let blocks = decodeAll(text, label: label), blocks.count == 1 else { return nil }
        return blocks[0]
    }

    /// Unwraps the blocks of a text that holds nothing else; nil where it does, or has none.
    static func decodeAll(_ text: String, label: String) -> [[UInt8]]? {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if lines.last == "" { lines.removeLast() }
        var blocks: [[UInt8]] = []
        var body: String?
        for line in lines {
            switch (line, body) {
            case ("-----BEGIN \(label)-----", nil): body = ""
            case ("-----END \(label)-----", .some(let text)):
                guard let bytes = Base64.decode(text) else { return nil }
                blocks.append(bytes)
                body = nil
            case (_, .some(let text)): body = text + line
            default: return nil
            }
        }
        return body == nil && !blocks.isEmpty ? blocks : nil
    }
}

/// Base64 with the standard alphabet, padded, in its one canonical spelling.
package enum Base64 {
    package static func encode(_ bytes: [UInt8]) -> String { Data(bytes).base64EncodedString() }

    /// Refuses white space, missing padding, the URL alphabet and padding bits that are not zero.
    package static func decode(_ text: String) -> [UInt8]? {
        guard let data = Data(base64Encoded: text), data.base64EncodedString() == text else { return nil }
        return Array(data)
    }
}
