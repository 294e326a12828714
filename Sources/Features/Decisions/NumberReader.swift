/// Reads a number from an answer.
///
/// Digits with an optional sign, thousands separated by commas, and an optional decimal part. A number that touches a letter
/// ("b12", "3rd") is part of a word. A word from "zero" to "twenty" counts where it is the whole answer.
enum NumberReader {
    /// Reads an answer.
    ///
    /// - Parameters:
    ///   - answer: The answer.
    ///   - takesFirst: Whether the first number is the answer because the text announced it. Otherwise all numbers in the
    ///     text must be equal.
    static func read(_ answer: AnswerText, takesFirst: Bool) -> ParsedDecision {
        if let index = words.firstIndex(of: answer.string) { return .decision(.number(String(index))) }
        let found = numbers(in: answer.bytes)
        guard let first = found.first else { return .missing(.nothingFound) }
        guard takesFirst || found.allSatisfy({ $0 == first }) else { return .missing(.ambiguous) }
        return .decision(.number(first))
    }

    /// Every number in canonical form, in order.
    static func numbers(in bytes: [UInt8]) -> [String] {
        var found: [String] = []
        var index = 0
        while index < bytes.count {
            guard isDigit(bytes[index]) else {
                index += 1
                continue
            }
            let start = index
            var whole: [UInt8] = []
            var fraction: [UInt8] = []
            while index < bytes.count {
                if isDigit(bytes[index]) {
                    whole.append(bytes[index])
                    index += 1
                } else if bytes[index] == UInt8(ascii: ","), isThousands(bytes, after: index) {
                    index += 1
                } else {
                    break
                }
            }
            if index + 1 < bytes.count, bytes[index] == UInt8(ascii: "."), isDigit(bytes[index + 1]) {
                index += 1
                while index < bytes.count, isDigit(bytes[index]) {
                    fraction.append(bytes[index])
                    index += 1
                }
            }
            let touches = start > 0 && isLetter(bytes[start - 1]) || index < bytes.count && isLetter(bytes[index])
            if !touches { found.append(canonical(whole, fraction, negative: isNegative(bytes, before: start))) }
        }
        return found
    }

    private static func canonical(_ whole: [UInt8], _ fraction: [UInt8], negative: Bool) -> String {
        let significant = whole.drop { $0 == UInt8(ascii: "0") }
        var decimals = fraction[...]
        while decimals.last == UInt8(ascii: "0") { decimals.removeLast() }
        let digits = significant.isEmpty ? "0" : String(decoding: significant, as: UTF8.self)
        let text = decimals.isEmpty ? digits : digits + "." + String(decoding: decimals, as: UTF8.self)
        return negative && text != "0" ? "-" + text : text
    }

    /// A minus sign counts where nothing that could be subtracted from stands before it.
    private static func isNegative(_ bytes: [UInt8], before start: Int) -> Bool {
        guard start > 0, bytes[start - 1] == UInt8(ascii: "-") else { return false }
        guard start > 1 else { return true }
        let before = bytes[start - 2]
        return !isDigit(before) && !isLetter(before) && before != UInt8(ascii: ")")
    }

    /// Whether exactly three digits follow a comma.
    private static func isThousands(_ bytes: [UInt8], after comma: Int) -> Bool {
        guard comma > 0, isDigit(bytes[comma - 1]), comma + 3 < bytes.count else { return false }
        guard bytes[(comma + 1)...(comma + 3)].allSatisfy(isDigit) else { return false }
        return comma + 4 >= bytes.count || !isDigit(bytes[comma + 4])
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    private static func isLetter(_ byte: UInt8) -> Bool { AnswerText.isWord(byte) && !isDigit(byte) }

    private static let words = [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
        "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
    ]
}
