public import Comparison
public import Evidence
internal import ForensicTypes

/// What a report says, for programs and for a terminal: the same findings without the page.
public struct ReportSummary: Encodable, Sendable {
    /// The case.
    public let caseName: String
    /// The protected model.
    public let protected: String
    /// The suspect.
    public let suspect: String
    /// The heading of the first page.
    public let heading: String
    /// The verdict's sentences.
    public let sentences: [String]
    /// How many suspects the plan examines.
    public let examined: ExaminedSuspects
    /// What that number does to the verdict; empty where this suspect is the only one.
    public let multiplicity: [String]
    /// The ratios, each with both propositions, its interval and its bounds.
    public let ratios: [LikelihoodRatio]
    /// Error rates with counts and exact intervals.
    public let rates: [MethodRecord.Rate]
    /// Where the execution departs from the plan.
    public let deviations: [String]
    /// Digests, times and signers.
    public let integrity: [ReportContent.Fact]
    /// What the verifier found in the bundle.
    public let checks: [Check]
    /// Who signed the bundle, and who attested what and when; nil where there is none.
    public let attestations: Attestations?
    /// Facts about the bundle that a reader has to weigh.
    public let findings: [String]

    private enum CodingKeys: String, CodingKey {
        case protected, suspect, heading, sentences, examined, multiplicity, ratios, rates, deviations, integrity,
            checks, attestations
        case findings
        case caseName = "case"
    }

    /// Sums up a report.
    public init(_ content: ReportContent) {
        let verdict = content.result.verdict
        caseName = content.caseName
        protected = verdict.protected
        suspect = verdict.suspect
        heading = HTMLReport.heading(verdict)
        sentences = verdict.sentences
        examined = content.examined
        multiplicity = content.examined.sentences(about: verdict)
        ratios = verdict.likelihoodRatios
        rates = content.record.rates
        deviations = content.deviations
        integrity = content.integrity
        checks = content.checks
        attestations = content.attestations
        findings = content.findings
    }

    /// The summary for a terminal, every line safe to print. Ends without a line feed.
    public var text: String {
        var lines = ["\(suspect) against \(protected): \(heading)", ""]
        lines += (sentences + multiplicity).map { "  " + $0 }
        if !rates.isEmpty {
            lines += ["", "How often the method errs"] + rates.map { "  \($0.what): \($0.rate.text)" }
        }
        lines += ["", "Deviations from the plan: \(deviations.isEmpty ? "none was found" : "\(deviations.count)")"]
        lines += deviations.map { "  - " + $0 }
        let open = checks.filter { $0.outcome != .passed }
        lines += [
            "",
            checks.isEmpty
                ? "No bundle was sealed yet, so nothing was checked."
                : "Checks of the bundle: "
                    + "\(checks.count - open.count) passed, \(open.count { $0.outcome == .failed }) failed, "
                    + "\(open.count { $0.outcome == .notChecked }) not made",
        ]
        lines += open.map {
            "  \($0.subject.rawValue): \($0.outcome == .failed ? "FAILED" : "not checked"), \($0.detail)"
        }
        lines += findings.map { "  to be weighed: \($0)" }
        if attestations != nil {
            lines += ["", "Signatures and times: \(HTMLReport.dating(attestations))"]
            lines += (attestations?.notAttested ?? []).map { "  nobody attests \($0)" }
        }
        return lines.map(VisibleText.terminal).joined(separator: "\n")
    }
}
