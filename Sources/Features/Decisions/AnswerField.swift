/// The value of the last `"answer"` member in a text that holds JSON, or something close to it.
///
/// Escapes are decoded. A reader that stops at the first quotation mark reads every answer that begins with an escaped
/// quotation mark as the same single backslash, and so finds that two models share all of those answers.
enum AnswerField: Sendable, Equatable {
    /// The text holds no such member.
    case absent
    /// The member's string breaks off before its end.
    case truncated
    /// The member's value: the decoded string, or the raw bytes of any other value.
    case value([UInt8])

    /// Finds the member.
    static func find(in text: [UInt8]) -> AnswerField {
        let key = Array("\"answer\"".utf8)
        guard text.count > key.count else { return .absent }
        for start in stride(from: text.count - key.count, through: 0, by: -1)
        where text[start] == key[0] && text[start..<(start + key.count)].elementsEqual(key) {
            var index = start + key.count
            while index < text.count, AnswerText.isSpace(text[index]) { index += 1 }
            guard index < text.count, text[index] == UInt8(ascii: ":") else { continue }
            index += 1
            while index < text.count, AnswerText.isSpace(text[index]) { index += 1 }
            guard index < text.count else { return .truncated }
            return text[index] == UInt8(ascii: "\"") ? string(text, from: index + 1) : bare(text, from: index)
        }
        return .absent
    }

    /// Decodes a JSON string whose opening quotation mark has been read.
    private static func string(_ text: [UInt8], from start: Int) -> AnswerField {
        var decoded: [UInt8] = []
        var index = start
        while index < text.count {
            switch text[index] {
            case UInt8(ascii: "\""): return .value(decoded)
            case UInt8(ascii: "\\"):
                guard index + 1 < text.count else { return .truncated }
                guard let length = appendEscape(text, at: index + 1, to: &decoded) else { return .truncated }
                index += 1 + length
            default:
                decoded.append(text[index])
                index += 1
            }
        }
        return .truncated
    }

    /// Decodes the escape after a backslash and returns its length; nil if it breaks off.
    private static func appendEscape(_ text: [UInt8], at index: Int, to decoded: inout [UInt8]) -> Int? {
        switch text[index] {
        case UInt8(ascii: "n"): decoded.append(0x0A)
        case UInt8(ascii: "t"): decoded.append(0x09)
        case UInt8(ascii: "r"): decoded.append(0x0D)
        case UInt8(ascii: "b"): decoded.append(0x08)
        case UInt8(ascii: "f"): decoded.append(0x0C)
        case UInt8(ascii: "u"):
            guard index + 5 <= text.count else { return nil }
            let digits = String(decoding: text[(index + 1)..<(index + 5)], as: UTF8.self)
            guard let code = UInt32(digits, radix: 16) else {
                decoded.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "u")])
                return 1
            }
            // Half of a surrogate pair stays visible as its escape: it is no scalar.
            if let scalar = Unicode.Scalar(code) {
                decoded.append(contentsOf: Array(String(Character(scalar)).utf8))
            } else {
                decoded.append(contentsOf: Array("\\u\(digits)".utf8))
            }
            return 5
        default: decoded.append(text[index])
        }
        return 1
    }

    /// A number, a list, or a literal: up to the comma or brace that ends it outside brackets.
    private static func bare(_ text: [UInt8], from start: Int) -> AnswerField {
        var depth = 0
        var index = start
        scan: while index < text.count {
            switch text[index] {
            case UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "]"): depth -= 1
            case UInt8(ascii: ","), UInt8(ascii: "}"), 0x0A: if depth <= 0 { break scan }
            default: break
            }
            index += 1
        }
        return depth > 0 ? .truncated : .value(Array(text[start..<index]))
    }
}
