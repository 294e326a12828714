extension JSONScanner {
    // Eight bytes are looked at as one number, the first in its lowest place. In a mask, the top bit of a byte stands for it.
    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let tops: UInt64 = 0x8080_8080_8080_8080

    /// Eight bytes as a number, the first in the lowest place. The compiler makes one load of it.
    @inline(__always)
    static func word(_ text: Span<UInt8>, _ start: Int) -> UInt64 {
        let part = text.extracting(start..<(start &+ 8))
        return UInt64(part[0]) | UInt64(part[1]) << 8 | UInt64(part[2]) << 16 | UInt64(part[3]) << 24
            | UInt64(part[4]) << 32 | UInt64(part[5]) << 40 | UInt64(part[6]) << 48 | UInt64(part[7]) << 56
    }

    /// The first byte that is a quotation mark, a backslash, a control character or part of a longer scalar; the end of the
    /// text where there is none.
    @inline(__always)
    static func endOfPlainText(_ text: Span<UInt8>, from start: Int) -> Int {
        var position = start
        while position &+ 8 <= text.count {
            let word = word(text, position)
            // Each term sets the top bit of a byte that matches; a byte above a match may be marked in error, none below.
            let quotes = word ^ (ones &* UInt64(UInt8(ascii: "\"")))
            let backslashes = word ^ (ones &* UInt64(UInt8(ascii: "\\")))
            let marked =
                ((quotes &- ones) & ~quotes | (backslashes &- ones) & ~backslashes | (word &- ones &* 0x20) & ~word
                    | word) & tops
            guard marked == 0 else { return position &+ marked.trailingZeroBitCount / 8 }
            position &+= 8
        }
        while position < text.count {
            let byte = text[position]
            guard byte >= 0x20, byte < 0x80, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") else { break }
            position &+= 1
        }
        return position
    }

    /// The bytes of a word that are no digits.
    @inline(__always)
    private static func noDigits(_ word: UInt64) -> UInt64 {
        // Without the top bits no sum carries into the next byte.
        let low = word & ~tops
        let aboveNine = low &+ ones &* (0x80 - 0x3A)
        let fromZero = low &+ ones &* (0x80 - 0x30)
        return (aboveNine | ~fromZero | word) & tops
    }

    /// The first byte from a place on that is no digit.
    @inline(__always)
    static func endOfDigits(_ text: Span<UInt8>, from start: Int) -> Int {
        var position = start
        while position &+ 8 <= text.count {
            let others = noDigits(word(text, position))
            guard others == 0 else { return position &+ others.trailingZeroBitCount / 8 }
            position &+= 8
        }
        while position < text.count, text[position] &- UInt8(ascii: "0") < 10 { position &+= 1 }
        return position
    }

    /// The first byte from a place on that is no white space.
    @inline(never)
    static func endOfWhiteSpace(_ text: Span<UInt8>, from start: Int) -> Int {
        var position = start
        let spaces = ones &* 0x20
        while position < text.count {
            let byte = text[position]
            guard byte <= 0x20, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return position }
            position &+= 1
            // Lines of indented JSON begin with many spaces.
            while position &+ 8 <= text.count, word(text, position) == spaces { position &+= 8 }
        }
        return position
    }

    /// The byte after a list of whole numbers that begins at a place, where there is nothing but digits and commas between
    /// its brackets; nil where this is no such list, or none that JSON allows.
    @inline(__always)
    static func endOfNumberList(_ text: Span<UInt8>, from start: Int) -> Int? {
        var position = start &+ 1
        // Whether the byte before is a comma, or the bracket; whether it is a zero that begins a number. In the top bit.
        var afterComma: UInt64 = 0x80
        var afterZero: UInt64 = 0
        while position &+ 8 <= text.count {
            let word = word(text, position)
            let noDigits = noDigits(word)
            let comma = word ^ (ones &* UInt64(UInt8(ascii: ",")))
            // A byte without its top bit is zero where adding 0x7F does not set it.
            let commas = noDigits & ~(((comma & ~tops) &+ ~tops) | comma)
            let others = noDigits & ~commas
            // The bytes before the first that is neither.
            let inside = others == 0 ? ~0 : (others & (0 &- others)) &- 1
            let zero = word ^ (ones &* UInt64(UInt8(ascii: "0")))
            let zeros = tops & ~((zero & ~tops) &+ ~tops) & ~noDigits
            let begins = commas << 8 | afterComma
            let leadingZeros = zeros & begins
            // Neither a comma after a comma nor a digit after a zero that begins a number.
            guard (commas & begins | ~noDigits & tops & (leadingZeros << 8 | afterZero)) & inside == 0 else {
                return nil
            }
            if others != 0 {
                let place = others.trailingZeroBitCount / 8
                guard text[position &+ place] == UInt8(ascii: "]"), begins & others & (0 &- others) == 0 else {
                    return nil
                }
                return position &+ place &+ 1
            }
            afterComma = commas >> 56
            afterZero = leadingZeros >> 56
            position &+= 8
        }
        return nil
    }
}
