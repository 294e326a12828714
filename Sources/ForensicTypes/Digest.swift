/// A SHA-256 digest: 32 bytes, written as 64 lower-case hexadecimal digits.
///
/// The type only holds a digest. Hashing lives in `ContentAddressing`.
public struct Digest: Sendable, Hashable {
    // Four words instead of an inline array, which is not `Hashable` in Swift 6.3.
    private let word0: UInt64
    private let word1: UInt64
    private let word2: UInt64
    private let word3: UInt64

    /// Makes a digest from exactly 32 bytes; nil for any other count.
    public init?(bytes: some Collection<UInt8>) {
        guard bytes.count == 32 else { return nil }
        var words: [UInt64] = [0, 0, 0, 0]
        for (offset, byte) in bytes.enumerated() {
            words[offset / 8] = words[offset / 8] << 8 | UInt64(byte)
        }
        self.word0 = words[0]
        self.word1 = words[1]
        self.word2 = words[2]
        self.word3 = words[3]
    }

    /// Makes a digest from exactly 32 bytes; nil for any other count.
    ///
    /// The same as the generic form, which other modules cannot specialise: a digest is made for every record and part.
    public init?(bytes: [UInt8]) {
        guard bytes.count == 32 else { return nil }
        func word(_ start: Int) -> UInt64 {
            var word: UInt64 = 0
            for index in start..<(start + 8) { word = word << 8 | UInt64(bytes[index]) }
            return word
        }
        self.word0 = word(0)
        self.word1 = word(8)
        self.word2 = word(16)
        self.word3 = word(24)
    }

    /// Reads 64 lower-case hexadecimal digits; nil for anything else.
    public init?(hex: String) { self.init(hexDigits: Array(hex.utf8)[...]) }

    /// Reads 64 lower-case hexadecimal digits in ASCII; nil for anything else.
    package init?(hexDigits digits: ArraySlice<UInt8>) {
        // Without an array on the way: a record names some ten digests.
        func word(_ number: Int) -> UInt64? {
            var word: UInt64 = 0
            for index in digits.startIndex + 16 * number..<digits.startIndex + 16 * (number + 1) {
                guard let nibble = Self.nibble(digits[index]) else { return nil }
                word = word << 4 | UInt64(nibble)
            }
            return word
        }
        guard digits.count == 64, let word0 = word(0), let word1 = word(1), let word2 = word(2), let word3 = word(3)
        else { return nil }
        self.word0 = word0
        self.word1 = word1
        self.word2 = word2
        self.word3 = word3
    }

    /// The 32 bytes, most significant first.
    public var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(32)
        append(to: &bytes)
        return bytes
    }

    /// The first 16 bytes as two numbers, for tables in which half a digest is enough.
    package var leadingWords: (UInt64, UInt64) { (word0, word1) }

    /// Appends the 32 bytes to some others.
    package func append(to bytes: inout [UInt8]) {
        Self.append(word0, to: &bytes)
        Self.append(word1, to: &bytes)
        Self.append(word2, to: &bytes)
        Self.append(word3, to: &bytes)
    }

    private static func append(_ word: UInt64, to bytes: inout [UInt8]) {
        var shift: UInt64 = 64
        while shift > 0 {
            shift -= 8
            bytes.append(UInt8(truncatingIfNeeded: word >> shift))
        }
    }

    /// Appends the 64 lower-case hexadecimal digits to some bytes.
    package func appendHex(to digits: inout [UInt8]) {
        for word in [word0, word1, word2, word3] {
            for place in 1...16 { digits.append(Self.digit(UInt8(word >> UInt64(64 - 4 * place) & 15))) }
        }
    }

    /// The 64 lower-case hexadecimal digits.
    public var hex: String {
        var digits: [UInt8] = []
        digits.reserveCapacity(64)
        appendHex(to: &digits)
        return String(decoding: digits, as: UTF8.self)
    }

    /// The first eight hexadecimal digits, for text that people read. Never an identity.
    public var abbreviated: String { String(hex.prefix(8)) }

    private static func nibble(_ digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        default: nil
        }
    }

    private static func digit(_ nibble: UInt8) -> UInt8 {
        nibble < 10 ? UInt8(ascii: "0") + nibble : UInt8(ascii: "a") + nibble - 10
    }
}

extension Digest: Comparable {
    /// Byte order, which is also the order of the hexadecimal forms.
    public static func < (left: Digest, right: Digest) -> Bool {
        (left.word0, left.word1, left.word2, left.word3) < (right.word0, right.word1, right.word2, right.word3)
    }
}

extension Digest: CustomStringConvertible {
    /// The hexadecimal form.
    public var description: String { hex }
}

extension Digest: Codable {
    /// Decodes the hexadecimal form.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let digest = Digest(hex: text) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "a SHA-256 digest is 64 lower-case hexadecimal digits")
        }
        self = digest
    }

    /// Encodes the hexadecimal form.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(hex)
    }
}
