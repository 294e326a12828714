public import ContentAddressing
public import ForensicTypes

/// What is fixed before the first query to a suspect: the questions, the probes, the models, and how it will be decided.
///
/// It is written as canonical JSON and sealed by a signature. Its digest stands in every record that is collected under it.
public struct Plan: Codable, Sendable, Equatable {
    /// The version of the plan's form.
    public let v: Int
    /// The case.
    public let caseName: String
    /// When it was written, in nanoseconds since 1970.
    public let writtenAt: String
    /// The protected model.
    public let protected: String
    /// The suspects, all of them.
    public let suspects: [String]
    /// The models of the panel, with their lineages and what they are used for.
    public let panel: [Member]
    /// The hypotheses in play.
    public let hypotheses: [Hypothesis]
    /// The sealed probe set.
    public let probes: ProbeCommitment
    /// The comparators, by name.
    public let comparators: [String]
    /// Thresholds and gates, in the form of the module that decides.
    public let thresholds: JSONValue
    /// The digest of the calibration; absent without one.
    public let calibration: Digest?
    /// When collection stops, in words.
    public let stoppingRule: String
    /// Which records are left out, in words.
    public let exclusionRule: String
    /// The most attempts at one draw.
    public let maximumAttempts: Int
    /// The seed of everything that is drawn at random: decimal, or the word `plan`, which binds it to the plan's digest.
    public let seed: String
    /// The plan's place in the owner's register; absent without one.
    public let register: RegisterPlace?

    /// Where a plan stands in a register: the number of its line, and the digest of the line before.
    public struct RegisterPlace: Codable, Sendable, Hashable {
        /// The number of the line, from 0.
        public let n: Int
        /// SHA-256 of the line before; zeros at first.
        public let prev: Digest

        /// Names a place.
        public init(n: Int, prev: Digest) {
            self.n = n
            self.prev = prev
        }
    }

    /// A model of the panel.
    public struct Member: Codable, Sendable, Equatable {
        /// What the model is used for. A lineage has one purpose only.
        public enum Purpose: String, Codable, Sendable {
            /// It chose the probes.
            case select
            /// The scores are calibrated on it.
            case calibrate
            /// The suspect is compared with it.
            case report
        }

        /// The model.
        public let name: String
        /// Its lineage.
        public let lineage: Lineage
        /// What it is to the case; absent in plans that were sealed before it was stated.
        public let role: ModelRole?
        /// What it is used for.
        public let purpose: Purpose

        /// Names a member.
        public init(name: String, lineage: Lineage, role: ModelRole? = nil, purpose: Purpose) {
            self.name = name
            self.lineage = lineage
            self.role = role
            self.purpose = purpose
        }
    }

    /// The probe set, named without showing it: the public part of a sealed probe set.
    public struct ProbeCommitment: Codable, Sendable, Equatable {
        /// The digest of the file under `data/probes/` that states the commitment.
        public let file: Digest
        /// The Merkle root over the salted probes.
        public let root: Digest
        /// How many probes there are.
        public let count: Int

        /// Names a sealed probe set.
        public init(file: Digest, root: Digest, count: Int) {
            self.file = file
            self.root = root
            self.count = count
        }
    }

    private enum CodingKeys: String, CodingKey {
        case v, protected, suspects, panel, hypotheses, probes, comparators, thresholds, calibration, seed
        case register
        case caseName = "case"
        case writtenAt = "written_ns"
        case stoppingRule = "stopping_rule"
        case exclusionRule = "exclusion_rule"
        case maximumAttempts = "maximum_attempts"
    }

    /// Writes a plan.
    ///
    /// - Parameters:
    ///   - writtenAt: Nanoseconds since 1970.
    ///   - thresholds: Any canonical tree; `CanonicalJSON.value(of:)` makes one of a value.
    ///   - seed: The seed of everything that is drawn at random; nil binds it to the plan's digest, so that nobody picks it
    ///     freely.
    ///   - register: The plan's place in the owner's register.
    /// - Throws: `plan` if no suspect is named, a name occurs twice, or a lineage has two purposes: a lineage that chose the
    ///   probes or calibrated the scores must not report.
    public init(
        caseName: String, writtenAt: Int64, protected: String, suspects: [String], panel: [Member],
        hypotheses: [Hypothesis] = Hypothesis.allCases, probes: ProbeCommitment, comparators: [String],
        thresholds: JSONValue, calibration: Digest? = nil, stoppingRule: String, exclusionRule: String,
        maximumAttempts: Int, seed: UInt64?, register: RegisterPlace? = nil
    ) throws(EvidenceError) {
        self.v = 1
        self.caseName = caseName
        self.writtenAt = String(writtenAt)
        self.protected = protected
        self.suspects = suspects.sorted()
        self.panel = panel.sorted { ($0.name, $0.purpose.rawValue) < ($1.name, $1.purpose.rawValue) }
        self.hypotheses = hypotheses.sorted()
        self.probes = probes
        self.comparators = comparators.sorted()
        self.thresholds = thresholds
        self.calibration = calibration
        self.stoppingRule = stoppingRule
        self.exclusionRule = exclusionRule
        self.maximumAttempts = maximumAttempts
        self.seed = seed.map(String.init) ?? Self.boundSeed
        self.register = register
        try validate()
    }

    /// The word that binds the seed to the plan's digest.
    static let boundSeed = "plan"

    private func validate() throws(EvidenceError) {
        guard v == 1 else { throw EvidenceError(.version, "a plan of version \(v); this build reads 1") }
        guard !suspects.isEmpty else { throw EvidenceError(.plan, "the plan names no suspect") }
        let names = [protected] + suspects + panel.map(\.name)
        guard names.allSatisfy(ModelIdentity.isName) else {
            throw EvidenceError(.plan, "a model of the plan has a name that is not printable ASCII")
        }
        guard Set(names).count == names.count else { throw EvidenceError(.plan, "a model is named twice in the plan") }
        guard seed == Self.boundSeed || UInt64(seed).map(String.init) == seed else {
            throw EvidenceError(.plan, "the plan's seed is neither a whole number of 64 bits nor the word plan")
        }
        guard probes.count > 0, maximumAttempts > 0 else {
            throw EvidenceError(.plan, "the plan has no probes, or allows no attempt")
        }
        // By bytes: Swift would call two spellings of one accented letter equal.
        var purposes: [[UInt8]: Member.Purpose] = [:]
        for member in panel {
            let known = purposes.updateValue(member.purpose, forKey: Array(member.lineage.name.utf8))
            guard known == nil || known == member.purpose else {
                throw EvidenceError(
                    .plan,
                    "the lineage \(member.lineage) is used to \(member.purpose.rawValue) and for something else; "
                        + "select, calibrate and report on disjoint lineages")
            }
        }
    }

    /// The file's bytes: canonical JSON without a line feed.
    ///
    /// - Throws: `canonical` if a text holds a code point that canonical JSON bars.
    public func encode() throws(EvidenceError) -> [UInt8] {
        do {
            return try CanonicalJSON.encode(self)
        } catch {
            throw EvidenceError(.canonical, "the plan has no canonical form: \(error.message)")
        }
    }

    /// Reads the file's bytes.
    ///
    /// - Throws: `canonical`, `plan`, `version`.
    public init(bytes: [UInt8]) throws(EvidenceError) {
        do {
            self = try CanonicalJSON.decode(Plan.self, from: bytes)
        } catch {
            throw EvidenceError(.canonical, "the bytes are no canonical plan: \(error.message)")
        }
        let value = try? CanonicalJSON.parse(bytes)
        let roles = value?["panel"]?.elements?.map { $0["role"] } ?? []
        guard value?["calibration"] != .null, value?["register"] != .null, !roles.contains(.null) else {
            throw EvidenceError(.canonical, "a member that may be absent is null in the plan")
        }
        try validate()
    }
}
