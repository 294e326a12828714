/// The one header block that a member of a canonical ustar archive has: a function of its path and size.
///
/// A reader rebuilds the block and compares all 512 bytes, so no other spelling, no link, no device and no extension
/// header passes. The bytes are those of GNU tar with `--format=ustar --mtime=@0 --owner=0 --group=0 --numeric-owner
/// --mode=0644`.
struct UstarHeader: Equatable {
    static let blockLength = 512
    /// Archives are padded with zeros to a multiple of this.
    static let recordLength = 10_240
    /// The greatest length of a member, 8 GiB less one byte: eleven octal digits.
    static let maximumSize = 0o77777777777

    let path: String
    let size: Int

    /// The block.
    var bytes: [UInt8] {
        var block = [UInt8](repeating: 0, count: Self.blockLength)
        func put(_ text: String, at offset: Int) {
            for (index, byte) in text.utf8.enumerated() { block[offset + index] = byte }
        }
        put(path, at: 0)
        put("0000644", at: 100)
        put("0000000", at: 108)
        put("0000000", at: 116)
        put(Self.octal(size, digits: 11), at: 124)
        put("00000000000", at: 136)
        put("        ", at: 148)
        put("0", at: 156)
        put("ustar", at: 257)
        put("00", at: 263)
        put("0000000", at: 329)
        put("0000000", at: 337)
        let sum = block.reduce(0) { $0 + Int($1) }
        put(Self.octal(sum, digits: 6), at: 148)
        block[154] = 0
        return block
    }

    /// Reads a block; nil unless it is exactly the canonical one.
    init?(block: [UInt8]) {
        guard block.count == Self.blockLength else { return nil }
        let name = block[0..<100].prefix { $0 != 0 }
        guard let path = String(validating: name, as: UTF8.self) else { return nil }
        var size = 0
        for byte in block[124..<135] {
            guard (UInt8(ascii: "0")...UInt8(ascii: "7")).contains(byte) else { return nil }
            size = size << 3 | Int(byte - UInt8(ascii: "0"))
        }
        self.init(path: path, size: size)
        guard bytes == block else { return nil }
    }

    init(path: String, size: Int) {
        self.path = path
        self.size = size
    }

    /// The zeros after a member's bytes.
    var padding: Int { (Self.blockLength - size % Self.blockLength) % Self.blockLength }

    private static func octal(_ value: Int, digits: Int) -> String {
        let text = String(value, radix: 8)
        return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
    }
}
