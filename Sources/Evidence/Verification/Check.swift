/// One thing that a verifier looked at, and what it found.
public struct Check: Codable, Sendable, Equatable {
    /// What is checked, in the order in which it is reported.
    public enum Subject: String, Codable, Sendable, CaseIterable {
        /// The archive is whole and canonical, and its files are those of the layout.
        case container
        /// No limit of the format is exceeded.
        case limits
        /// The format's version is known, and nothing critical is unknown.
        case version
        /// Every text is in canonical form.
        case canonicalForm = "canonical_form"
        /// The pinned key signed the collection.
        case signature
        /// The pinned second key signed the same statement.
        case reviewer
        /// The signer's certificate leads to the pinned root.
        case certificate
        /// Every token over an envelope is valid.
        case timestamp
        /// The signed digests cover every file, and counts, times and names are the signed ones.
        case digests
        /// The records are leaves of the signed tree.
        case tree
        /// Every checkpoint is signed, and states the root at its size.
        case checkpoints
        /// The wire bytes fit the commitments of the records.
        case parts
        /// The certificates of the endpoints are those that the records name.
        case connections
        /// The certificates that servers presented name their hosts and were valid when the exchanges began; they lead to a pinned
        /// root of web servers.
        case serverIdentity = "server_identity"
        /// The custody log leads to the signed head.
        case custody
        /// The plan is the signed one, sealed by the pinned key, and the suspect's records were collected under it.
        case plan
        /// Every token over the plan's seal is valid.
        case planStamp = "plan_stamp"
        /// The register of plans is a chain that holds the plan.
        case register
        /// The bundle and what somebody kept of the case are states of one history.
        case history
        /// The statements beside the bundle say who had it since.
        case handover
        /// Tokens over the archive that lie beside it are valid.
        case renewal
        /// Scores and verdict follow from the records.
        case analysis

        /// The exit code if the check fails.
        public var exitCode: Int32 {
            switch self {
            case .container: 10
            case .limits: 11
            case .canonicalForm: 20
            case .signature, .reviewer: 30
            case .certificate, .serverIdentity: 31
            case .timestamp, .planStamp, .renewal: 32
            case .digests, .connections: 40
            case .tree, .checkpoints: 41
            case .parts: 42
            case .custody, .history, .handover: 50
            case .plan, .register: 60
            case .analysis: 70
            case .version: 80
            }
        }

        /// Whether a bundle is verified only if this check passed. The others count only if they fail.
        public var isMandatory: Bool {
            switch self {
            case .container, .limits, .version, .canonicalForm, .signature, .digests, .tree, .parts, .custody: true
            default: false
            }
        }
    }

    /// What a check found.
    public enum Outcome: String, Codable, Sendable {
        /// It was looked at and holds.
        case passed
        /// It was looked at and does not hold.
        case failed
        /// It was not looked at; the detail says why.
        case notChecked = "not_checked"
    }

    /// What is checked.
    public let subject: Subject
    /// What was found.
    public let outcome: Outcome
    /// The numbers behind it, or the reason.
    public let detail: String

    /// Makes a check.
    public init(_ subject: Subject, _ outcome: Outcome, _ detail: String) {
        self.subject = subject
        self.outcome = outcome
        self.detail = detail
    }
}
