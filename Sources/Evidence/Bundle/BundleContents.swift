public import ForensicTypes

/// A model whose records a bundle holds.
public struct BundleModel: Codable, Sendable, Hashable {
    /// The name.
    public let name: String
    /// What it is to the case.
    public let role: String
    /// Its lineage, where it is known.
    public let lineage: String?

    /// Compares bytes: Swift would call two spellings of one accented letter equal.
    public static func == (left: BundleModel, right: BundleModel) -> Bool {
        left.name.utf8.elementsEqual(right.name.utf8) && left.role.utf8.elementsEqual(right.role.utf8)
            && left.lineage.map { Array($0.utf8) } == right.lineage.map { Array($0.utf8) }
    }
}

/// The build that made a bundle.
public struct BundleTool: Codable, Sendable, Hashable {
    /// The name.
    public let name: String
    /// The version.
    public let version: String
    /// The source revision, where it is known.
    public let commit: String?
    /// The digest of the executable, where it is known.
    public let sha256: Digest?
    /// The compiler and the system, in words, where they are known.
    public let built: String?

    /// Names a build.
    public init(version: String, commit: String? = nil, sha256: Digest? = nil, built: String? = nil) {
        self.name = "whorl"
        self.version = version
        self.commit = commit
        self.sha256 = sha256
        self.built = built
    }
}

/// A file of canonical JSON that a bundle carries.
public struct BundleDocument: Sendable, Hashable {
    /// The file's name, of `[a-z0-9][a-z0-9._-]*` and ending in `.json`.
    public let name: String
    /// The file's bytes: canonical JSON, at the end one line feed or none.
    public let bytes: [UInt8]

    /// Names a file.
    public init(name: String, bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
    }
}

/// Everything in a bundle but its records.
public struct BundleContents: Sendable {
    /// The case.
    public let caseName: String
    /// The model that the bundle is about.
    public let suspect: String
    /// The protected model.
    public let protected: String
    /// The sealed plan; nil where the case has none.
    public let plan: SealedPlan?
    /// The build that makes the bundle.
    public let tool: BundleTool
    /// Probe sets and their commitments.
    public let probes: [BundleDocument]
    /// Scores and verdicts.
    public let results: [BundleDocument]
    /// The lines of the custody log, without line feeds.
    public let custody: [[UInt8]]
    /// What others say about the case, and who they are.
    public let attestations: BundleAttestations

    /// Gathers what is to be sealed.
    public init(
        caseName: String, suspect: String, protected: String, plan: SealedPlan?, tool: BundleTool,
        probes: [BundleDocument], results: [BundleDocument], custody: [[UInt8]],
        attestations: BundleAttestations = BundleAttestations()
    ) {
        self.attestations = attestations
        self.caseName = caseName
        self.suspect = suspect
        self.protected = protected
        self.plan = plan
        self.tool = tool
        self.probes = probes
        self.results = results
        self.custody = custody
    }
}

/// A record of the case on its way into a bundle.
public struct BundleRecord: Sendable {
    /// The canonical line, without a line feed.
    public let line: [UInt8]
    /// The parts in the order of the line, each its salt followed by its bytes; nil for a record that is withheld and
    /// stands in the bundle as a leaf hash only.
    public let parts: [[UInt8]]?

    /// Makes a record.
    public init(line: [UInt8], parts: [[UInt8]]?) {
        self.line = line
        self.parts = parts
    }
}

/// The description of a case in a bundle: the file `case.json`.
struct BundleCase: Encodable {
    let v: Int
    let caseName: String
    let protected: String
    let suspect: String
    let models: [BundleModel]

    private enum CodingKeys: String, CodingKey {
        case v, protected, suspect, models
        case caseName = "case"
    }
}
