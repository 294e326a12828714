public import ForensicTypes

/// What a bundle is and holds, for reports.
public struct BundleFacts: Codable, Sendable, Equatable {
    /// The case.
    public var caseName: String
    /// The model that the bundle is about.
    public var suspect: String
    /// The identity of the bundle: SHA-256 of the archive without its coat.
    public var archive: Digest
    /// The length of the archive in bytes, without its coat.
    public var archiveLength: Int
    /// The root over all records of the case.
    public var root: Digest
    /// The number of records of the case.
    public var records: Int
    /// How many of them the bundle holds.
    public var disclosed: Int
    /// How the disclosed attempts ended, by outcome.
    public var outcomes: [String: Int]
    /// When the first disclosed attempt began, in nanoseconds since 1970.
    public var firstStart: String?
    /// When the last disclosed attempt ended, in nanoseconds since 1970.
    public var lastEnd: String?
    /// The models whose records the bundle holds, in order of their names.
    public var models: [BundleModel]
    /// The digest of the plan; nil without one.
    public var plan: Digest?
    /// The digest of the last line of the custody log.
    public var custodyHead: Digest
    /// The name of the signer's key: SHA-256 of its SubjectPublicKeyInfo.
    public var signer: Digest
    /// The digest of the script `verify.sh` inside the bundle, which a report prints.
    public var script: Digest?

    private enum CodingKeys: String, CodingKey {
        case suspect, archive, root, records, disclosed, outcomes, models, signer, script
        case caseName = "case"
        case archiveLength = "archive_length"
        case firstStart = "first_ns"
        case lastEnd = "last_ns"
        case plan = "plan_sha256"
        case custodyHead = "custody_head"
    }
}
