/// Counts of classes of bytes in a text.
struct ByteClasses {
    /// The marks that are counted, several bytes for one feature where they mean the same.
    static let marks: [Set<UInt8>] = [",", ".", "!", "?", ":", ";", "-", "([", "\"", "'"].map { Set($0.utf8) }

    private(set) var upper = 0
    private(set) var digits = 0
    private(set) var nonASCII = 0
    private(set) var wordBytes = 0
    private(set) var sentenceEnds = 0
    private(set) var boldMarks = 0
    private(set) var fences = 0
    private(set) var markCounts: [Int]

    init(_ text: [UInt8]) {
        var histogram = [Int](repeating: 0, count: 256)
        var previous: UInt8 = 0
        var beforePrevious: UInt8 = 0
        let star = UInt8(ascii: "*")
        let tick = UInt8(ascii: "`")
        for byte in text {
            histogram[Int(byte)] += 1
            if AnswerText.isSpace(byte), previous == 0x2E || previous == 0x21 || previous == 0x3F { sentenceEnds += 1 }
            if byte == star, previous == star { boldMarks += 1 }
            if byte == tick, previous == tick, beforePrevious == tick { fences += 1 }
            beforePrevious = previous
            previous = byte
        }
        if previous == 0x2E || previous == 0x21 || previous == 0x3F { sentenceEnds += 1 }
        upper = histogram[0x41...0x5A].reduce(0, +)
        digits = histogram[0x30...0x39].reduce(0, +)
        nonASCII = histogram[0x80...].reduce(0, +)
        wordBytes = upper + digits + nonASCII + histogram[0x61...0x7A].reduce(0, +)
        markCounts = Self.marks.map { set in set.reduce(0) { $0 + histogram[Int($1)] } }
    }
}

/// Counts of kinds of lines in a text.
struct LineShape {
    private(set) var all = 0
    private(set) var blank = 0
    private(set) var bullets = 0
    private(set) var numbered = 0
    private(set) var headings = 0

    static func count(_ text: [UInt8]) -> LineShape {
        var shape = LineShape()
        for line in text.split(separator: 0x0A, omittingEmptySubsequences: false) where !text.isEmpty {
            shape.all += 1
            let content = line.drop { AnswerText.isSpace($0) }
            guard let first = content.first else {
                shape.blank += 1
                continue
            }
            let rest = content.dropFirst()
            if first == UInt8(ascii: "#") { shape.headings += 1 }
            let isBullet = first == UInt8(ascii: "*") || first == UInt8(ascii: "-")
            if isBullet, rest.first == UInt8(ascii: " ") { shape.bullets += 1 }
            let afterDigits = content.drop { (0x30...0x39).contains($0) }
            if afterDigits.count < content.count, let mark = afterDigits.first,
                mark == UInt8(ascii: ".") || mark == UInt8(ascii: ")")
            {
                shape.numbered += 1
            }
        }
        return shape
    }
}
