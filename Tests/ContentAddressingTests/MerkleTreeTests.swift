import ContentAddressing
import ForensicTypes
import Testing

/// The tree of the Certificate Transparency reference code: eight leaves and the root of each prefix.
private let leaves: [[UInt8]] = [
    [], [0x00], [0x10], [0x20, 0x21], [0x30, 0x31], [0x40, 0x41, 0x42, 0x43],
    Array(0x50...0x57), Array(0x60...0x6F),
]

private let roots = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]

struct MerkleTreeTests {
    @Test("A proof from a tree of 100,000 leaves takes far less than 50 ms")
    func proofSpeed() throws {
        let tree = MerkleTree(leafHashes: (0..<100_000).map { SHA256Digest.of(text: String($0)) })
        let leaf = SHA256Digest.of(text: "77777")
        let clock = ContinuousClock()
        let took = try clock.measure {
            let proof = try tree.inclusionProof(index: 77_777)
            #expect(proof.path.count == 17)
            #expect(proof.verify(leafHash: leaf, root: tree.root))
        }
        #expect(took < .milliseconds(50))
    }

    @Test("The roots of the Certificate Transparency reference tree", arguments: 0...8)
    func prefixRoots(count: Int) {
        #expect(MerkleTree(leaves: Array(leaves.prefix(count))).root.hex == roots[count])
    }

    @Test("The published inclusion proof of leaf 5 of 8")
    func publishedProof() throws {
        let proof = try MerkleTree(leaves: leaves).inclusionProof(index: 5)
        #expect(
            proof.path.map(\.hex) == [
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
                "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            ])
    }

    @Test("Every proof of every small tree leads to its root, and to no other", arguments: 1...33)
    func proofs(count: Int) throws {
        let contents = (0..<count).map { [UInt8($0), 7] }
        let tree = MerkleTree(leaves: contents)
        let other = MerkleTree(leaves: contents + [[0xFF]])
        for index in 0..<count {
            let proof = try tree.inclusionProof(index: index)
            let leaf = MerkleTree.leafHash(contents[index])
            #expect(proof.verify(leafHash: leaf, root: tree.root))
            #expect(!proof.verify(leafHash: leaf, root: other.root))
            #expect(!proof.verify(leafHash: MerkleTree.leafHash([0xEE]), root: tree.root))
            let longer = InclusionProof(index: index, size: count, path: proof.path + [tree.root])
            #expect(!longer.verify(leafHash: leaf, root: tree.root))
            if !proof.path.isEmpty {
                let shorter = InclusionProof(index: index, size: count, path: proof.path.dropLast())
                #expect(!shorter.verify(leafHash: leaf, root: tree.root))
            }
            for wrong in [-1, count, count + 1] {
                let moved = InclusionProof(index: wrong, size: count, path: proof.path)
                #expect(!moved.verify(leafHash: leaf, root: tree.root))
            }
        }
    }

    @Test("A last leaf repeated changes the root")
    func repeatedLastLeaf() {
        let three = Array(leaves.prefix(3))
        #expect(MerkleTree(leaves: three).root != MerkleTree(leaves: three + [three[2]]).root)
    }

    @Test("A leaf that is absent has no proof")
    func absentLeaf() {
        #expect(throws: ContentAddressingError(.range, "")) {
            try MerkleTree(leaves: leaves).inclusionProof(index: 8)
        }
    }
}
