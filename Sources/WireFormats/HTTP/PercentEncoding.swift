/// The encoding of text in a path (RFC 3986, section 2): every byte of its UTF-8 form that is not unreserved becomes `%` and two
/// upper-case hexadecimal digits.
package enum PercentEncoding {
    /// Encodes one segment of a path; a `/` in it is encoded as well.
    package static func segment(_ text: some StringProtocol) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        let bytes = text.utf8.flatMap { byte -> [UInt8] in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                [byte]
            default: [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
