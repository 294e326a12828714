public import ForensicTypes

/// The Merkle tree of RFC 6962 over SHA-256.
///
/// A leaf is SHA-256(0x00 || bytes) and a node SHA-256(0x01 || left || right), so no leaf can pass for a node. The root
/// of no leaves is the digest of nothing. All levels are kept, so a proof costs no hashing.
public struct MerkleTree: Sendable {
    /// Digests from the leaves to the root; an odd last digest moves up unchanged.
    private let levels: [[Digest]]

    /// Makes the tree of leaves, given as bytes.
    public init(leaves: [[UInt8]]) { self.init(leafHashes: leaves.map { Self.leafHash($0) }) }

    /// Makes the tree of leaves, given as their hashes.
    public init(leafHashes: [Digest]) {
        var levels = [leafHashes]
        while let level = levels.last, level.count > 1 {
            levels.append(
                stride(from: 0, to: level.count, by: 2).map { index in
                    index + 1 < level.count ? Self.nodeHash(level[index], level[index + 1]) : level[index]
                })
        }
        self.levels = levels
    }

    /// The number of leaves.
    public var count: Int { levels[0].count }

    /// The hashes of the leaves, in order.
    public var leafHashes: [Digest] { levels[0] }

    /// The root.
    public var root: Digest { levels.last?.first ?? SHA256Digest.of([]) }

    /// The proof that the leaf at `index` is in the tree.
    ///
    /// - Throws: `range` if there is no such leaf.
    public func inclusionProof(index: Int) throws(ContentAddressingError) -> InclusionProof {
        guard (0..<count).contains(index) else {
            throw ContentAddressingError(.range, "leaf \(index) of a tree of \(count)")
        }
        var path: [Digest] = []
        var position = index
        for level in levels.dropLast() {
            let sibling = position ^ 1
            if sibling < level.count { path.append(level[sibling]) }
            position >>= 1
        }
        return InclusionProof(index: index, size: count, path: path)
    }

    /// The hash of a leaf.
    public static func leafHash(_ bytes: some Collection<UInt8>) -> Digest {
        var hasher = SHA256Hasher()
        hasher.update([0])
        hasher.update(bytes)
        return hasher.finalize()
    }

    /// The hash of a node.
    package static func nodeHash(_ left: Digest, _ right: Digest) -> Digest {
        var bytes: [UInt8] = [1]
        bytes.reserveCapacity(65)
        left.append(to: &bytes)
        right.append(to: &bytes)
        return SHA256Digest.of(bytes)
    }
}
