extension StoredRecord {
    /// Reads a record as a bundle holds it: its line, and its parts, each the salt followed by the bytes.
    ///
    /// - Parameters:
    ///   - line: The canonical line, without a line feed.
    ///   - saltedParts: The parts in the order of the line.
    ///   - sequence: The number that the line must state.
    /// - Throws: `damagedSpool` if the line is not canonical, states another number, or does not fit the parts.
    public init(line: [UInt8], saltedParts: [[UInt8]], sequence: Int) throws(CaseStoreError) {
        var body = SpoolFormat.bigEndian(UInt32(truncatingIfNeeded: line.count)) + line
        for part in saltedParts { body += part }
        try self.init(body: body[...], sequence: sequence)
    }
}
