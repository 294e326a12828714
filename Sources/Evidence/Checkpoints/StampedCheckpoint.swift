/// A checkpoint with the tokens over its note.
public struct StampedCheckpoint: Sendable, Hashable {
    /// The note's bytes.
    public let note: [UInt8]
    /// The tokens.
    public let timestamps: [StoredTimestamp]

    /// Pairs a note with its tokens.
    public init(note: [UInt8], timestamps: [StoredTimestamp]) {
        self.note = note
        self.timestamps = timestamps
    }
}
