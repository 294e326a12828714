internal import ContentAddressing
public import struct ForensicTypes.Digest

/// The roots over the beginnings of a list of leaves, as the list grows (RFC 6962): no leaf is kept.
public struct TreeHeads: Sendable {
    /// The roots of the whole subtrees so far, the largest first, with the exponents of their sizes.
    private var peaks: [(root: Digest, height: Int)] = []
    /// How many leaves there are.
    public private(set) var size = 0

    /// Begins with an empty tree.
    public init() {}

    /// Takes all leaves of a list.
    init(_ leaves: [Digest]) {
        for leaf in leaves { append(leaf) }
    }

    /// Adds a leaf hash.
    public mutating func append(_ leaf: Digest) {
        var root = leaf
        var height = 0
        while let last = peaks.last, last.height == height {
            root = MerkleTree.nodeHash(last.root, root)
            height += 1
            peaks.removeLast()
        }
        peaks.append((root, height))
        size += 1
    }

    /// The root over all leaves so far.
    public var root: Digest {
        guard var root = peaks.last?.root else { return MerkleTree(leafHashes: []).root }
        for peak in peaks.dropLast().reversed() { root = MerkleTree.nodeHash(peak.root, root) }
        return root
    }
}
