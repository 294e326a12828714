import ContentAddressing
import Evidence
import ForensicTypes

extension Attack {
    /// Bundles beyond a limit of the format.
    static let limits: [Attack] = [
        rerooted("a record line of more than 65,536 bytes", 11) { lines in
            lines[0] = lines[0].replacing(#""run":"r1""#, with: #""run":"\#(String(repeating: "r", count: 65_536))""#)
        },
        rerooted("a part that is too short for its salt", 11) { lines in
            lines[0] = lines[0].replacing(#/"len":72/#, with: #""len":31"#)
        },
        rerooted("a part of more than 40 MiB", 11) { lines in
            lines[0] = lines[0].replacing(#/"len":72/#, with: #""len":41943041"#)
        },
        Attack("a line of the custody log of more than 16,384 bytes", 11) { archive, key in
            var lines = archive.text("data/custody.jsonl").split(separator: "\n").map(String.init)
            lines[2] = lines[2].replacing("collect_end", with: String(repeating: "e", count: 16_384))
            archive["data/custody.jsonl"] = Array(lines.map { $0 + "\n" }.joined().utf8)
            let head = SHA256Digest.of(text: lines[2]).hex
            try archive.seal(with: key) {
                $0.replacing(/"custody_head":"[0-9a-f]{64}"/, with: "\"custody_head\":\"\(head)\"")
            }
        },
        Attack("more than 10,000 files", 11) { archive, key in
            let at = archive.members.firstIndex { $0.path == "data/results/suspect-a.json" } ?? 0
            archive.members.insert(
                contentsOf: (0..<10_000).map {
                    .init(path: "data/results/\(100_000 + $0).json", bytes: Array("{}".utf8))
                }, at: at)
            try archive.seal(with: key)
        },
        Attack("a segment that says to have 8 GiB", 11, or: [10]) { archive, _ in
            archive.saysLong = "data/segments/000000.seg"
        },
    ]

    /// A change of the record lines, with leaves, root and signature that fit it.
    static func rerooted(
        _ name: String, _ exitCode: Int32, or others: Set<Int32> = [],
        _ change: @escaping @Sendable (inout [String]) -> Void
    ) -> Attack {
        Attack(name, exitCode, or: others) { archive, key in
            var lines = archive.text("data/records.jsonl").split(separator: "\n").map(String.init)
            change(&lines)
            archive["data/records.jsonl"] = Array(lines.map { $0 + "\n" }.joined().utf8)
            try archive.reroot(with: key)
        }
    }
}

extension TapeArchive {
    /// Makes leaves, root and signature fit the record lines.
    mutating func reroot(with key: SigningKey, editing edit: (String) -> String = { $0 }) throws {
        var leaves = text("data/leaves.txt").split(separator: "\n").compactMap { Digest(hex: String($0)) }
        for line in text("data/records.jsonl").split(separator: "\n") {
            guard let found = line.firstMatch(of: #/"seq":([0-9]+)/#), let number = Int(found.output.1) else {
                continue
            }
            let leaf = MerkleTree.leafHash(Array(line.utf8))
            if number < leaves.count { leaves[number] = leaf } else { leaves.append(leaf) }
        }
        self["data/leaves.txt"] = Array(leaves.map { $0.hex + "\n" }.joined().utf8)
        let root = MerkleTree(leafHashes: leaves).root.hex
        try seal(with: key) { edit($0.replacing(/"root":"[0-9a-f]{64}"/, with: "\"root\":\"\(root)\"")) }
    }
}
