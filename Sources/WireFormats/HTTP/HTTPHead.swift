/// The status line and header of a response.
struct HTTPHead: Sendable {
    let status: Int
    let fields: [HTTPResponse.Field]

    /// How the end of the body is known.
    enum Framing: Equatable {
        case none
        case fixed(Int)
        case chunked
        case untilClose
    }

    /// Reads the lines of a head without the empty line that ends it.
    init(lines block: ArraySlice<UInt8>) throws(WireFormatsError) {
        var lines: [ArraySlice<UInt8>] = []
        var rest = block
        while let end = rest.firstIndex(of: UInt8(ascii: "\r")) {
            guard end + 1 < rest.endIndex, rest[end + 1] == UInt8(ascii: "\n") else {
                throw WireFormatsError(.http, "a carriage return inside a header line")
            }
            lines.append(rest[..<end])
            rest = rest[(end + 2)...]
        }
        lines.append(rest)
        status = try Self.status(lines[0])
        var fields: [HTTPResponse.Field] = []
        for line in lines.dropFirst() { fields.append(try Self.field(line)) }
        self.fields = fields
    }

    /// Decides the framing (RFC 9112, section 6.3), refusing what two readers could take differently.
    func framing() throws(WireFormatsError) -> Framing {
        let codings = values("transfer-encoding")
        let lengths = values("content-length")
        if let encoding = values("content-encoding").first(where: { $0.lowercased() != "identity" }) {
            throw WireFormatsError(
                .encoding, "the body has a content coding of \(encoding.utf8.count) letters, which was not asked for")
        }
        if !codings.isEmpty {
            guard lengths.isEmpty else { throw WireFormatsError(.http, "both a length and a transfer coding") }
            guard codings.count == 1, codings[0].lowercased() == "chunked" else {
                throw WireFormatsError(.http, "an unknown transfer coding")
            }
            return .chunked
        }
        if status == 204 || status == 304 { return .none }
        guard let first = lengths.first else { return .untilClose }
        guard Set(lengths).count == 1 else { throw WireFormatsError(.http, "two lengths that contradict each other") }
        guard !first.isEmpty, first.utf8.count <= 15, first.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let length = Int(first)
        else { throw WireFormatsError(.http, "a length that is no whole number") }
        return .fixed(length)
    }

    private func values(_ name: String) -> [String] { fields.filter { $0.name == name }.map(\.value) }

    /// The size in a chunk's first line, extensions ignored.
    static func chunkSize(_ line: ArraySlice<UInt8>) throws(WireFormatsError) -> Int {
        let digits = line.prefix { JSONEscapes.digit($0) != nil }
        let after = line.dropFirst(digits.count).first
        guard (1...8).contains(digits.count), after == nil || after == UInt8(ascii: ";") || after == 0x20 else {
            throw WireFormatsError(.http, "a chunk size that is no hexadecimal number of up to 8 digits")
        }
        return digits.reduce(0) { $0 << 4 | Int(JSONEscapes.digit($1) ?? 0) }
    }

    private static func status(_ line: ArraySlice<UInt8>) throws(WireFormatsError) -> Int {
        let prefix = line.prefix(9)
        let digits = line.dropFirst(9).prefix(3)
        let after = line.dropFirst(12).first
        guard prefix.elementsEqual("HTTP/1.1 ".utf8) || prefix.elementsEqual("HTTP/1.0 ".utf8),
            digits.count == 3, digits.allSatisfy({ (0x30...0x39).contains($0) }), after == nil || after == 0x20
        else { throw WireFormatsError(.http, "the first line is no status line of HTTP/1.1") }
        let status = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
        guard status >= 100 else { throw WireFormatsError(.http, "a status of \(status)") }
        return status
    }

    private static func field(_ line: ArraySlice<UInt8>) throws(WireFormatsError) -> HTTPResponse.Field {
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > line.startIndex else {
            throw WireFormatsError(.http, "a header line without a name")
        }
        let name = line[..<colon]
        guard name.allSatisfy(isTokenByte) else {
            throw WireFormatsError(.http, "a header name with a byte that is not allowed")
        }
        let blank: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 }
        let value = line[(colon + 1)...].drop(while: blank).reversed().drop(while: blank).reversed()
        guard value.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }) else {
            throw WireFormatsError(.http, "a control character in a header value")
        }
        return HTTPResponse.Field(
            name: String(decoding: name, as: UTF8.self).lowercased(), value: String(decoding: value, as: UTF8.self))
    }

    private static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
    }
}
