internal import SwiftASN1

/// The members of a constructed DER value, taken one after the other.
struct DERFields {
    private let nodes: [ASN1Node]
    private var next = 0
    private let what: String
    private let code: EvidenceError.Code

    /// Opens a value that a node holds.
    init(
        _ node: ASN1Node, _ identifier: ASN1Identifier = .sequence, of what: String,
        failing code: EvidenceError.Code = .timestamp
    ) throws(EvidenceError) {
        guard node.identifier == identifier, case .constructed(let members) = node.content else {
            throw EvidenceError(code, "\(what) is not a \(identifier)")
        }
        nodes = Array(members)
        self.what = what
        self.code = code
    }

    /// Opens the one value that some bytes are.
    init(_ bytes: [UInt8], of what: String, failing code: EvidenceError.Code = .timestamp) throws(EvidenceError) {
        guard let node = try? DER.parse(bytes) else { throw EvidenceError(code, "\(what) is not DER") }
        try self.init(node, of: what, failing: code)
    }

    /// The next member, which has to have this identifier.
    mutating func take(_ identifier: ASN1Identifier) throws(EvidenceError) -> DERValue {
        guard let value = takeIf(identifier) else {
            throw EvidenceError(code, "\(what) lacks a member, or has another in its place")
        }
        return value
    }

    /// The next member if it has this identifier.
    mutating func takeIf(_ identifier: ASN1Identifier) -> DERValue? {
        guard next < nodes.count, nodes[next].identifier == identifier else { return nil }
        next += 1
        return DERValue(node: nodes[next - 1], what: what, code: code)
    }

    /// The next member, whatever it is; nil after the last.
    mutating func takeAny() -> DERValue? {
        guard next < nodes.count else { return nil }
        next += 1
        return DERValue(node: nodes[next - 1], what: what, code: code)
    }

    /// Refuses what has not been taken.
    func finish() throws(EvidenceError) {
        guard next == nodes.count else { throw EvidenceError(code, "\(what) has a member that is not allowed") }
    }
}

/// One member of a DER value.
struct DERValue {
    let node: ASN1Node
    fileprivate let what: String
    fileprivate let code: EvidenceError.Code

    /// The bytes of the whole member.
    var encoded: [UInt8] { Array(node.encodedBytes) }

    /// The content of a primitive member.
    func primitive() throws(EvidenceError) -> [UInt8] {
        guard case .primitive(let bytes) = node.content else {
            throw EvidenceError(code, "\(what) has a member in a form that is not DER")
        }
        return Array(bytes)
    }

    /// The members inside this one.
    func fields(_ identifier: ASN1Identifier = .sequence) throws(EvidenceError) -> DERFields {
        try DERFields(node, identifier, of: what, failing: code)
    }

    /// The object identifier that this is, in dotted decimals. SwiftASN1 writes those under 2.40 and further wrongly.
    func dottedIdentifier() throws(EvidenceError) -> String {
        _ = try objectIdentifier()
        var numbers: [UInt] = []
        var value: UInt = 0
        for byte in try primitive() {
            guard value <= UInt.max >> 7 else { throw EvidenceError(code, "\(what) has too long an object identifier") }
            value = value << 7 | UInt(byte & 0x7F)
            guard byte & 0x80 == 0 else { continue }
            // The first two numbers share one: 40 times the first, which is 0, 1 or 2, and the second.
            numbers += numbers.isEmpty ? [min(value / 40, 2), value - 40 * min(value / 40, 2)] : [value]
            value = 0
        }
        return numbers.map(String.init).joined(separator: ".")
    }

    /// The object identifier that this is.
    func objectIdentifier() throws(EvidenceError) -> ASN1ObjectIdentifier {
        guard let identifier = try? ASN1ObjectIdentifier(derEncoded: node) else {
            throw EvidenceError(code, "\(what) has a damaged object identifier")
        }
        return identifier
    }
}

extension ASN1Identifier {
    /// A tag of the context.
    static func context(_ number: UInt) -> ASN1Identifier {
        ASN1Identifier(tagWithNumber: number, tagClass: .contextSpecific)
    }
}
