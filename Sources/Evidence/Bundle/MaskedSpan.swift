internal import ContentAddressing
internal import ForensicTypes

/// A place of a part where a secret was masked before anything was written.
///
/// Nobody but the owner of the secret can test the commitment. What everybody can test: that the line says where bytes were
/// masked, that the commitment has its form, and that the place holds asterisks and nothing else.
struct MaskedSpan: Equatable {
    /// What stands in the place of every masked byte.
    static let mask = UInt8(ascii: "*")

    /// The bytes, counted from the first of the part, its salt included.
    let range: Range<Int>

    /// Reads the redactions of a record line.
    ///
    /// - Parameters:
    ///   - value: The line.
    ///   - parts: The names of its parts, and their lengths with the salts.
    /// - Returns: For each part its spans, in the order of the line.
    /// - Throws: `canonical` for a redaction that lacks a field or that no part has room for.
    static func read(
        _ value: JSONValue, parts: [(name: String, length: Int)]
    ) throws(EvidenceError) -> [[MaskedSpan]] {
        var spans = [[MaskedSpan]](repeating: [], count: parts.count)
        guard let redactions = value["redactions"] else { return spans }
        guard let list = redactions.elements else {
            throw EvidenceError(.canonical, "the redactions of a record line are no list")
        }
        for redaction in list {
            guard let name = redaction["part"]?.text,
                let index = parts.firstIndex(where: { $0.name.utf8.elementsEqual(name.utf8) }),
                let offset = redaction["off"]?.number, let length = redaction["len"]?.number, offset >= 0, length > 0,
                length <= parts[index].length, offset <= parts[index].length - Salt.count - Int(length)
            else { throw EvidenceError(.canonical, "a redaction that no part has") }
            let commitment = [redaction["salt"], redaction["commit"]]
            guard commitment == [nil, nil] || commitment.allSatisfy({ $0?.text.flatMap(Digest.init(hex:)) != nil })
            else {
                throw EvidenceError(.canonical, "a redaction with a damaged commitment")
            }
            let start = Salt.count + Int(offset)
            spans[index].append(MaskedSpan(range: start..<(start + Int(length))))
        }
        return spans
    }

    /// Whether all of the span that lies in some bytes of the part is masked.
    ///
    /// - Parameters:
    ///   - bytes: The bytes.
    ///   - offset: Where in the part they begin.
    func isMasked(in bytes: ArraySlice<UInt8>, at offset: Int) -> Bool {
        let inside = range.clamped(to: offset..<(offset + bytes.count))
        guard !inside.isEmpty else { return true }
        let start = bytes.startIndex - offset
        return bytes[(start + inside.lowerBound)..<(start + inside.upperBound)].allSatisfy { $0 == Self.mask }
    }
}
