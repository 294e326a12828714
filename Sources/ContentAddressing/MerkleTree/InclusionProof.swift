public import ForensicTypes

/// The digests that lead from one leaf of a Merkle tree to its root.
///
/// A proof says that a leaf belongs to a root. It says nothing of the root itself, which must be signed.
public struct InclusionProof: Sendable, Hashable, Codable {
    /// The leaf's place, from 0.
    public let index: Int
    /// The number of leaves of the tree.
    public let size: Int
    /// The sibling digests, from the leaf upwards.
    public let path: [Digest]

    /// Makes a proof from its parts. Only `verify` says whether they fit together.
    public init(index: Int, size: Int, path: [Digest]) {
        self.index = index
        self.size = size
        self.path = path
    }

    /// Says whether a leaf hash at this place leads to a root (RFC 9162, section 2.1.3.2).
    public func verify(leafHash: Digest, root: Digest) -> Bool {
        guard index >= 0, index < size else { return false }
        var position = index
        var last = size - 1
        var digest = leafHash
        for sibling in path {
            guard last > 0 else { return false }
            if position & 1 == 1 || position == last {
                digest = MerkleTree.nodeHash(sibling, digest)
                while position & 1 == 0, position != 0 {
                    position >>= 1
                    last >>= 1
                }
            } else {
                digest = MerkleTree.nodeHash(digest, sibling)
            }
            position >>= 1
            last >>= 1
        }
        return last == 0 && digest == root
    }
}
