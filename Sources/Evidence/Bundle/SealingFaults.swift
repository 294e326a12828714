/// What may go wrong between the records and a signed file. Tests let it happen; a sealed bundle is never made with any.
package struct SealingFaults: Sendable {
    /// Is given every disclosed record once its line and its parts are checked, on its way to the staged files.
    package var record: @Sendable (BundleRecord) -> BundleRecord
    /// Is given the path of every staged file once it is written and before it is read back.
    package var afterStaging: @Sendable (String) -> Void
    /// Is given the path of every staged file once it is measured and before it is copied into the archive.
    package var afterMeasuring: @Sendable (String) -> Void
    /// Is given every piece of the archive once it is hashed, on its way to the compressor or the file.
    package var piece: @Sendable ([UInt8]) -> [UInt8]
    /// Is given all compressed bytes on their way to the file, piece by piece; a short frame is one piece.
    package var compressed: @Sendable ([UInt8]) -> [UInt8]

    /// Whether a bundle is kept whose parts contradict each other: attacks begin with such bundles.
    package var keepsContradictions: Bool

    /// Nothing goes wrong unless it is said.
    package init(
        record: @escaping @Sendable (BundleRecord) -> BundleRecord = { $0 },
        afterStaging: @escaping @Sendable (String) -> Void = { _ in },
        afterMeasuring: @escaping @Sendable (String) -> Void = { _ in },
        piece: @escaping @Sendable ([UInt8]) -> [UInt8] = { $0 },
        compressed: @escaping @Sendable ([UInt8]) -> [UInt8] = { $0 }, keepsContradictions: Bool = false
    ) {
        self.record = record
        self.afterStaging = afterStaging
        self.afterMeasuring = afterMeasuring
        self.piece = piece
        self.compressed = compressed
        self.keepsContradictions = keepsContradictions
    }
}
