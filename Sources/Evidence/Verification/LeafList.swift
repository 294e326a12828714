internal import ForensicTypes

/// The leaf hashes of a case, from the text of `leaves.txt` as it streams by: 32 bytes for each record and nothing else.
struct LeafList {
    /// A line: 64 hexadecimal digits and a line feed.
    static let lineLength = 65

    private(set) var hashes: [Digest] = []
    /// The first thing wrong with the text.
    private(set) var problem: String?
    /// The beginning of a line whose end has not come yet.
    private var line: [UInt8] = []

    /// Prepares for a text of some bytes.
    mutating func begin(length: Int) {
        guard length % Self.lineLength == 0 else {
            problem = "leaves.txt is not a list of digests"
            return
        }
        hashes.reserveCapacity(length / Self.lineLength)
    }

    /// Takes the next bytes of the text.
    mutating func read(_ piece: [UInt8]) {
        var rest = piece[...]
        while !rest.isEmpty, problem == nil {
            if line.isEmpty, rest.count >= Self.lineLength {
                readLine(rest.prefix(Self.lineLength))
                rest = rest.dropFirst(Self.lineLength)
            } else {
                let taken = rest.prefix(Self.lineLength - line.count)
                line += taken
                rest = rest.dropFirst(taken.count)
                guard line.count == Self.lineLength else { return }
                readLine(line[...])
                line.removeAll(keepingCapacity: true)
            }
        }
    }

    private mutating func readLine(_ line: ArraySlice<UInt8>) {
        guard line.last == UInt8(ascii: "\n"), let digest = Digest(hexDigits: line.dropLast()) else {
            problem = "line \(hashes.count) of leaves.txt is not a digest"
            return
        }
        hashes.append(digest)
    }
}
