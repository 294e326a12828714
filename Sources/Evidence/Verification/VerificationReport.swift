/// What a verifier found, check by check. There is no overall mark: what was not checked is said.
public struct VerificationReport: Codable, Sendable, Equatable {
    /// The checks, one for each subject, in their order.
    public private(set) var checks: [Check]
    /// What the bundle is; nil where it could not be read that far.
    public let facts: BundleFacts?
    /// Departures from the plan that do not fail a check, in words.
    public let deviations: [String]
    /// Facts about the bundle that fail no check and that a reader has to weigh, in words.
    public private(set) var findings: [String]
    /// Who signed, who attested what and when, and what nobody attests.
    public private(set) var attestations: Attestations

    init(
        checks: [Check], facts: BundleFacts?, deviations: [String], findings: [String], attestations: Attestations
    ) {
        self.findings = findings
        self.attestations = attestations
        self.checks = checks
        self.facts = facts
        self.deviations = deviations
    }

    /// The check of a subject.
    public subscript(subject: Check.Subject) -> Check? { checks.first { $0.subject == subject } }

    /// Puts a check in the place of the one with its subject, for example after the analysis was repeated.
    public mutating func record(_ check: Check) {
        checks = checks.map { $0.subject == check.subject ? check : $0 }
    }

    /// Adds what tokens beside the bundle attest.
    mutating func add(_ stamps: [AcceptedStamp]) { attestations = attestations.adding(stamps.map(\.stamp)) }

    /// Adds a fact that a reader has to weigh.
    mutating func find(_ finding: String) { findings.append(finding) }

    /// 0 if every mandatory check passed and none failed; else the code of the first failed check, or of the first mandatory
    /// one that was not made.
    public var exitCode: Int32 {
        if let failed = checks.first(where: { $0.outcome == .failed }) { return failed.subject.exitCode }
        let missing = checks.first { $0.subject.isMandatory && $0.outcome != .passed }
        return missing?.subject.exitCode ?? 0
    }
}
