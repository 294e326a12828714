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
        /// The signer's certificate is valid.
        case certificate
        /// Time stamps of third parties are valid.
        case timestamp
        /// The signed digests cover every file, and counts, times and names are the signed ones.
        case digests
        /// The records are leaves of the signed tree.
        case tree
        /// The wire bytes fit the commitments of the records.
        case parts
        /// The custody log leads to the signed head.
        case custody
        /// The plan is the signed one, sealed by the pinned key, and the suspect's records were collected under it.
        case plan
        /// Scores and verdict follow from the records.
        case analysis

        /// The exit code if the check fails.
        public var exitCode: Int32 {
            switch self {
            case .container: 10
            case .limits: 11
            case .canonicalForm: 20
            case .signature: 30
            case .certificate: 31
            case .timestamp: 32
            case .digests: 40
            case .tree: 41
            case .parts: 42
            case .custody: 50
            case .plan: 60
            case .analysis: 70
            case .version: 80
            }
        }

        /// Whether a bundle is verified only if this check passed. The others count only if they fail.
        public var isMandatory: Bool {
            switch self {
            case .certificate, .timestamp, .plan, .analysis: false
            default: true
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
