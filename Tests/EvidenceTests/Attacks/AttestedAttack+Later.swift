import ContentAddressing
import Evidence
import ForensicTypes

extension AttestedAttack {
    /// A token over the archive beside it, a list of what lies there, and a token over the list; then a change of these files.
    private static func beside(
        _ name: String, _ code: Int32 = 32, _ change: @escaping @Sendable (inout [String: [UInt8]]) -> Void
    ) -> AttestedAttack {
        AttestedAttack(name, code) { archive, pins, attested in
            let authority = attested.authorities[0]
            var files: [String: [UInt8]] = [:]
            func put(_ stem: String, over bytes: [UInt8]) throws {
                let stamp = try authority.stamp(bytes)
                files["\(stem)-\(authority.name).tsq"] = stamp.query
                files["\(stem)-\(authority.name).tsr"] = stamp.response
            }
            try put("archive", over: archive.bytes)
            var list = "\(SHA256Digest.of(archive.bytes).hex)  bundle.tar\n"
            for (name, bytes) in files.sorted(by: { $0.key < $1.key }) {
                list += "\(SHA256Digest.of(bytes).hex)  \(name)\n"
            }
            files["0002.renewal"] = Array(list.utf8)
            try put("0002", over: Array(list.utf8))
            change(&files)
            pins.beside = files
        }
    }

    private static func remove(_ start: String, from files: inout [String: [UInt8]]) {
        for name in files.keys where name.hasPrefix(start) { files[name] = nil }
    }

    /// What is wrong with tokens that were made later.
    static let later: [AttestedAttack] = [
        beside("later tokens with nothing wrong", 0) { _ in },
        AttestedAttack("a list of tokens without a token over the archive", 32) { archive, pins, attested in
            let list = Array("\(SHA256Digest.of(archive.bytes).hex)  bundle.tar\n".utf8)
            let stamp = try attested.authorities[0].stamp(list)
            pins.beside = ["0002.renewal": list, "0002-tsa-0.tsq": stamp.query, "0002-tsa-0.tsr": stamp.response]
        },
        AttestedAttack("a list of tokens that leaves one out, and a token over it", 32) { archive, pins, attested in
            let list = Array("\(SHA256Digest.of(archive.bytes).hex)  bundle.tar\n".utf8)
            for (stem, bytes) in [("archive", archive.bytes), ("0002", list)] {
                let stamp = try attested.authorities[0].stamp(bytes)
                pins.beside["\(stem)-tsa-0.tsq"] = stamp.query
                pins.beside["\(stem)-tsa-0.tsr"] = stamp.response
            }
            pins.beside["0002.renewal"] = list
        },
        beside("a list of tokens without a token over it") { remove("0002-", from: &$0) },
        beside("a token over a list that is not there") { $0["0002.renewal"] = nil },
        beside("a list of tokens with a line more") { $0["0002.renewal"]?.append(10) },
        beside("a later token over something else") { $0["archive-tsa-0.tsr"] = $0["0002-tsa-0.tsr"] },
        AttestedAttack("the only later token over something else", 32) { _, pins, attested in
            let stamp = try attested.authorities[0].stamp([1])
            pins.beside = ["archive-tsa-0.tsq": stamp.query, "archive-tsa-0.tsr": stamp.response]
        },
        beside("a later query without an answer") { $0["0002-tsa-0.tsr"] = nil },
    ]
}
