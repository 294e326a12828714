internal import CaseStore
internal import ContentAddressing
internal import ForensicTypes

/// The random order of a campaign, which anybody can recompute from its seed.
///
/// A draw's place is the SHA-256 of the line `seed model probe draw`, with the seed in decimal and single spaces between;
/// the draws of all endpoints run in ascending order of it. So endpoints and draws are interleaved without regard to each
/// other, and a draw keeps its place whatever else is collected.
enum CampaignSchedule {
    /// The sort key of a draw.
    static func place(seed: UInt64, model: String, key: DrawKey) -> Digest {
        SHA256Digest.of(Array("\(seed) \(model) \(key.probe.hex) \(key.draw)".utf8))
    }

    /// A number in [0, 1) that the seed fixes.
    static func jitter(seed: UInt64, place: Digest, attempt: Int) -> Double {
        let bytes = SHA256Digest.of(Array("\(seed) \(place.hex) jitter \(attempt)".utf8)).bytes
        let word = bytes.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return Double(word >> 11) / Double(UInt64(1) << 53)
    }
}
