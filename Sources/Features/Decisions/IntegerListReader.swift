/// Reads a list of whole numbers from an answer.
///
/// A list stands in brackets, or is the whole answer: numbers separated by commas, semicolons or blanks. Two different
/// bracketed lists are ambiguous; an open bracket without its closing one is truncated.
enum IntegerListReader {
    /// Reads an answer.
    static func read(_ answer: AnswerText) -> ParsedDecision {
        let bytes = answer.bytes
        var lists: [[Int]] = []
        var index = 0
        while let open = bytes[index...].firstIndex(of: UInt8(ascii: "[")) {
            guard let close = bytes[open...].firstIndex(of: UInt8(ascii: "]")) else { return .missing(.truncated) }
            if let list = integers(bytes[(open + 1)..<close]) { lists.append(list) }
            index = close + 1
        }
        if lists.isEmpty, let list = integers(bytes[...]), !list.isEmpty { lists.append(list) }
        guard let first = lists.first else { return .missing(.nothingFound) }
        guard lists.allSatisfy({ $0 == first }) else { return .missing(.ambiguous) }
        return .decision(.integers(first))
    }

    /// The numbers of a separated list; nil if anything else stands between them. Blank text is the empty list.
    private static func integers(_ bytes: ArraySlice<UInt8>) -> [Int]? {
        let separators: Set<UInt8> = Set(",; ".utf8)
        var list: [Int] = []
        for part in bytes.split(whereSeparator: { separators.contains($0) }) {
            guard let number = Int(String(decoding: part, as: UTF8.self)) else { return nil }
            list.append(number)
        }
        return list
    }
}
