/// Compresses frames beside others of its kind, one at a time.
actor FrameCompressor {
    private var compressor: ZstdFrame.Compressor?

    /// The frame of some bytes.
    func compress(_ content: [UInt8], coat: ZstdFrame.Coat) throws(EvidenceError) -> [UInt8] {
        if let compressor { return try compressor.compress(content, coat: coat) }
        let made = try ZstdFrame.Compressor()
        compressor = made
        return try made.compress(content, coat: coat)
    }
}
