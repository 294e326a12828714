/// Bytes as they come, in blocks: one growing array would hold up to three times as much while it grows.
struct ReceivedBytes {
    private static let blockSize = 1 << 18

    private var blocks: [[UInt8]] = []
    /// How many bytes have come.
    private(set) var count = 0

    /// Whether none has come.
    var isEmpty: Bool { count == 0 }

    /// Takes bytes.
    mutating func append(_ bytes: [UInt8]) {
        count += bytes.count
        // Small pieces are gathered, so that a drip of single bytes costs no array each.
        if let size = blocks.last?.count, size + bytes.count <= Self.blockSize {
            blocks[blocks.count - 1] += bytes
        } else {
            blocks.append(bytes)
        }
    }

    /// All of them, in order.
    var joined: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count)
        for block in blocks { bytes += block }
        return bytes
    }
}
