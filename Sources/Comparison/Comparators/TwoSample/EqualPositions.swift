/// Counts, for all pairs of texts of one prompt, the positions at which both hold the same character.
///
/// Texts become small codes, stored position by position: one comparison of a vector then compares one text with many
/// others, and counts stay in their lanes without any sum across them.
struct EqualPositions {
    private let count: Int
    private let length: Int
    /// The positions beyond the longest text, where all hold padding.
    private let padding: Int
    private let texts: [[UInt32]]

    /// Takes texts of at most `length` scalars.
    init(texts: [[UInt32]], length: Int) {
        self.texts = texts
        self.count = texts.count
        self.length = texts.map(\.count).max() ?? 0
        self.padding = length - self.length
    }

    /// The counts of all pairs, row by row.
    func counts() -> [Int32] {
        var codes = CodeTable()
        var coded = texts
        for text in coded.indices {
            for position in coded[text].indices { coded[text][position] = codes.code(for: coded[text][position]) }
        }
        return switch codes.count {
        case ..<256: counts(coded, as: UInt8.self)
        case ..<65_536: counts(coded, as: UInt16.self)
        default: counts(coded, as: UInt32.self)
        }
    }

    private func counts<Code: FixedWidthInteger & UnsignedInteger>(
        _ coded: [[UInt32]], as type: Code.Type
    ) -> [Int32] {
        var result = [Int32](repeating: 0, count: count * count)
        // Whole vectors of lanes; code 0 is the padding, of short texts and of the lanes beyond the last text.
        let width = (count + 31) & ~31
        var columns = [Code](repeating: 0, count: width * length)
        for (lane, text) in coded.enumerated() {
            for (position, code) in text.enumerated() {
                columns[position &* width &+ lane] = Code(truncatingIfNeeded: code)
            }
        }
        // A lane counts to its maximum before it is emptied into a wider one.
        let run = Int(clamping: Code.max)
        for own in 0..<count {
            let first = own & ~31
            var lanes = [Code](repeating: 0, count: width - first)
            var totals = [Int32](repeating: Int32(padding), count: width - first)
            for start in stride(from: 0, to: length, by: run) {
                Self.addEqual(
                    columns.span, positions: start..<min(start &+ run, length), own: own, first: first, width: width,
                    to: &lanes)
                for lane in lanes.indices {
                    totals[lane] &+= Int32(truncatingIfNeeded: lanes[lane])
                    lanes[lane] = 0
                }
            }
            for other in own..<count {
                result[own &* count &+ other] = totals[other - first]
                result[other &* count &+ own] = totals[other - first]
            }
        }
        return result
    }

    /// Adds 1 to the lane of each text from `first` on for every position where it holds the code of the text `own`.
    private static func addEqual<Code: FixedWidthInteger & UnsignedInteger>(
        _ columns: Span<Code>, positions: Range<Int>, own: Int, first: Int, width: Int, to lanes: inout [Code]
    ) {
        var lanes = lanes.mutableSpan
        for position in positions {
            let row = columns.extracting(position &* width &+ first..<(position &+ 1) &* width)
            let code = columns[position &* width &+ own]
            // The shape of this loop is what the compiler turns into vector instructions.
            for lane in lanes.indices { lanes[lane] &+= row[lane] == code ? 1 : 0 }
        }
    }
}

/// Numbers the distinct scalars of some texts from 1, in order of appearance.
private struct CodeTable {
    private(set) var count = 0
    // Most scalars are below 65,536 and take a table, which starts small; the others a dictionary.
    private var low = [UInt32](repeating: 0, count: 256)
    private var high: [UInt32: UInt32] = [:]

    mutating func code(for scalar: UInt32) -> UInt32 {
        if scalar < 65_536 {
            let index = Int(scalar)
            if index >= low.count { low += Array(repeating: 0, count: 65_536 - low.count) }
            if low[index] == 0 {
                count += 1
                low[index] = UInt32(count)
            }
            return low[index]
        }
        if let code = high[scalar] { return code }
        count += 1
        high[scalar] = UInt32(count)
        return UInt32(count)
    }
}
