public import ForensicTypes

/// What was done to a case.
public enum CustodyAction: String, Sendable, Hashable, Codable, CaseIterable {
    /// The case was made.
    case open
    /// An analysis plan was sealed.
    case planSealed = "plan_sealed"
    /// A collection began.
    case collectStart = "collect_start"
    /// A collection was interrupted.
    case pause
    /// A collection went on.
    case resume
    /// The end of the spool was cut back to its last whole record, or the last writer had not closed the case.
    case crashRecovered = "crash_recovered"
    /// The index did not fit the spool and was made anew from it.
    case indexRebuilt = "index_rebuilt"
    /// A collection ended.
    case collectEnd = "collect_end"
    /// A head of the records was signed while they were collected; the object is the note.
    case checkpoint
    /// An authority stamped the sealed plan or a checkpoint; the object is its response.
    case stamp
    /// Recorded answers of others were imported.
    case imported = "import"
    /// Scores or a verdict were computed.
    case analyse
    /// A bundle was sealed.
    case seal
    /// A bundle was verified.
    case verify
    /// A copy was made.
    case copy
    /// The case was handed over.
    case handover
    /// Sealed material was disclosed.
    case disclose
    /// A seal was renewed.
    case renew
}

/// The person or service that acts.
public struct Custodian: Sendable, Hashable, Codable {
    /// The name.
    public let name: String
    /// The digest of the public key, where one is known.
    public let key: Digest?

    /// Names a custodian.
    public init(name: String, key: Digest? = nil) {
        self.name = name
        self.key = key
    }
}

/// The build of the tool that acts.
public struct ToolIdentity: Sendable, Hashable, Codable {
    /// The version.
    public let version: String
    /// The source revision, where it is known.
    public let commit: String?
    /// The digest of the executable, where it is known.
    public let sha256: Digest?

    /// Names a build.
    public init(version: String, commit: String? = nil, sha256: Digest? = nil) {
        self.version = version
        self.commit = commit
        self.sha256 = sha256
    }
}

/// One line of the custody log.
public struct CustodyEntry: Sendable, Hashable, Codable {
    /// What was acted on.
    public struct Object: Sendable, Hashable, Codable {
        /// Its digest.
        public let digest: Digest
    }

    /// The number of the line, from 0.
    public let n: Int
    /// SHA-256 of the line before, without its line feed; zeros for the first.
    public let prev: Digest
    /// Nanoseconds since 1970 by the wall clock, in decimal.
    public let t: String
    /// Who acted.
    public let who: Custodian
    /// What was done.
    public let action: CustodyAction
    /// What it was done to; absent where no digest names it.
    public let object: Object?
    /// The reason or the circumstances.
    public let why: String
    /// The tool.
    public let tool: ToolIdentity
    /// The host.
    public let host: String
}
