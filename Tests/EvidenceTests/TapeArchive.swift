import ContentAddressing
import Evidence
import ForensicTypes

/// A tape archive taken apart, so that tests can put it together wrongly. It shares no code with the module's own.
struct TapeArchive {
    struct Member {
        var path: String
        var bytes: [UInt8]
        /// The type flag: `0` is a regular file.
        var type: UInt8 = UInt8(ascii: "0")
        var link = ""
    }

    var members: [Member] = []
    /// The path of a member whose header states the greatest size there is.
    var saysLong: String?

    init(_ bytes: [UInt8]) {
        var offset = 0
        while offset + 512 <= bytes.count, bytes[offset] != 0 {
            let path = String(decoding: bytes[offset..<(offset + 100)].prefix { $0 != 0 }, as: UTF8.self)
            let size = Int(String(decoding: bytes[(offset + 124)..<(offset + 135)], as: UTF8.self), radix: 8) ?? 0
            members.append(Member(path: path, bytes: Array(bytes[(offset + 512)..<(offset + 512 + size)])))
            offset += 512 + (size + 511) / 512 * 512
        }
    }

    var bytes: [UInt8] {
        var bytes: [UInt8] = []
        for member in members {
            bytes += Self.header(of: member, size: member.path == saysLong ? 0o77777777777 : member.bytes.count)
            bytes += member.bytes
            bytes += [UInt8](repeating: 0, count: (512 - member.bytes.count % 512) % 512)
        }
        bytes += [UInt8](repeating: 0, count: 1024)
        return bytes + [UInt8](repeating: 0, count: (10_240 - bytes.count % 10_240) % 10_240)
    }

    private static func header(of member: Member, size: Int) -> [UInt8] {
        func field(_ text: String, _ width: Int) -> [UInt8] {
            Array(text.utf8) + [UInt8](repeating: 0, count: max(0, width - text.utf8.count))
        }
        func octal(_ value: Int, _ digits: Int) -> String {
            let text = String(value, radix: 8)
            return String(repeating: "0", count: digits - text.count) + text
        }
        let front =
            field(member.path, 100) + field("0000644", 8) + field("0000000", 8) + field("0000000", 8)
            + field(octal(size, 11), 12) + field("00000000000", 12)
        let back =
            [member.type] + field(member.link, 100) + field("ustar", 6) + Array("00".utf8) + field("", 64)
            + field("0000000", 8) + field("0000000", 8) + field("", 167)
        let sum = (front + back).reduce(0) { $0 + Int($1) } + 8 * 32
        return front + field(octal(sum, 6), 7) + [32] + back
    }

    subscript(path: String) -> [UInt8] {
        get { members.first { $0.path == path }?.bytes ?? [] }
        set {
            if let index = members.firstIndex(where: { $0.path == path }) {
                members[index].bytes = newValue
            } else {
                members.append(Member(path: path, bytes: newValue))
                members.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
            }
        }
    }

    func text(_ path: String) -> String { String(decoding: self[path], as: UTF8.self) }

    mutating func remove(_ path: String) { members.removeAll { $0.path == path } }

    /// Makes manifest, bag information and signature fit the files again, as somebody who holds a key can.
    mutating func seal(with key: SigningKey, editing edit: (String) -> String = { $0 }) throws {
        let payload = members.filter { $0.path.hasPrefix("data/") }
        let lines = payload.map { "\(SHA256Digest.of($0.bytes).hex)  \($0.path)\n" }
        self["manifest-sha256.txt"] = Array(lines.joined().utf8)
        let octets = payload.reduce(0) { $0 + $1.bytes.count }
        self["bag-info.txt"] = Array("Payload-Oxum: \(octets).\(payload.count)\nWhorl-Bundle-Version: 2\n".utf8)
        try sign(with: key, editing: edit)
    }

    /// Signs the tag files as they are, whether they fit or not.
    mutating func sign(with key: SigningKey, editing edit: (String) -> String = { $0 }) throws {
        let envelope = try DSSEEnvelope(bytes: self["attest/collection.dsse.json"])
        var statement = String(decoding: envelope.payload, as: UTF8.self)
        guard let start = statement.firstRange(of: #""subject":"#)?.lowerBound else { return }
        let subjects = ["bag-info.txt", "bagit.txt", "manifest-sha256.txt"].map {
            #"{"digest":{"sha256":"\#(SHA256Digest.of(self[$0]).hex)"},"name":"\#($0)"}"#
        }
        statement = statement[..<start] + #""subject":[\#(subjects.joined(separator: ","))]}"#
        self["attest/collection.dsse.json"] =
            try DSSEEnvelope(signing: Array(edit(statement).utf8), type: DSSEEnvelope.statementType, key: key).bytes
    }
}
