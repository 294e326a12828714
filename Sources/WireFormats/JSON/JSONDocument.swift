/// A JSON text of a server, scanned strictly: RFC 8259, valid UTF-8, no duplicate keys, bounded in depth and size.
///
/// The scan is one pass without recursion, so its time is linear in the bytes and its memory bounded by them. Values are
/// decoded only when they are asked for.
public struct JSONDocument: Sendable {
    /// The greatest nesting of arrays and objects, unless the caller sets another.
    public static let maximumDepth = 64
    /// The greatest length of a text, in bytes, unless the caller sets another.
    public static let maximumLength = 16 << 20

    let bytes: [UInt8]
    let nodes: [Node]

    /// One value, or one key, in document order.
    struct Node: Sendable {
        /// The first byte of the value; of a string, the byte after the quotation mark.
        var start: UInt32
        /// The byte after the value; of a string, its closing quotation mark.
        var end: UInt32
        /// The node after this value and everything in it.
        var next: UInt32
        var kind: Kind
    }

    enum Kind: UInt8, Sendable {
        /// `numberList` is an array of whole numbers, with nothing but digits and commas in it, whose elements have no nodes.
        case object, array, numberList, plainString, escapedString, number, yes, no, null
    }

    /// Scans a text.
    ///
    /// - Parameters:
    ///   - bytes: The text, UTF-8.
    ///   - maximumLength: The most bytes to accept, below 4 GiB.
    ///   - maximumDepth: The greatest nesting to accept.
    /// - Throws: `syntax`, `text`, `duplicateKey`, `depth` or `size`, with the byte where the scan stopped.
    public init(
        _ bytes: [UInt8], maximumLength: Int = maximumLength, maximumDepth: Int = maximumDepth
    ) throws(WireFormatsError) {
        guard bytes.count <= min(maximumLength, Int(UInt32.max)) else {
            throw WireFormatsError(.size, "\(bytes.count) bytes of JSON; the limit is \(maximumLength)")
        }
        nodes = try JSONScanner.scan(bytes, maximumDepth: maximumDepth)
        self.bytes = bytes
    }

    /// The outermost value.
    public var root: JSONNode { JSONNode(document: self, index: 0) }
}
