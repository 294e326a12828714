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
    /// What has to be read before the verdict: that the bundle failed a check, or holds another result.
    public let warnings: [String]
    /// The verdict's sentences.
    public let sentences: [String]
    /// How many suspects the plan examines.
    public let examined: ExaminedSuspects
    /// What that number does to the verdict; empty where this suspect is the only one.
    public let multiplicity: [String]
    /// The ratios, each with both propositions, its interval and its bounds.
    public let ratios: [LikelihoodRatio]
    /// The suspect's rank in the panel of the case, which is no error rate; nil where there is none.
    public let rank: MethodRecord.Rate?
    /// Error rates with counts and exact intervals.
    public let rates: [MethodRecord.Rate]
    /// How far departures from the plan were looked for, and how many were found.
    public let departures: String
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

    private let checkCounts: String?

    private enum CodingKeys: String, CodingKey {
        case protected, suspect, heading, warnings, sentences, examined, multiplicity, ratios, rank, rates, deviations,
            integrity, checks, attestations
        case findings, departures
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
        warnings = content.warnings
        rank = content.record.rank
        rates = content.record.rates
        departures = content.departures(listed: "below")
        checkCounts = content.checkCounts
        deviations = content.deviations
        integrity = content.integrity
        checks = content.checks
        attestations = content.attestations
        findings = content.findings
    }

    /// The summary for a terminal, every line safe to print. Ends without a line feed.
    public var text: String {
        var lines = ["\(suspect) against \(protected): \(heading)", ""]
        lines += (warnings + sentences + multiplicity).map { "  " + $0 }
        if let rank { lines += ["", "Rank in the panel", "  \(rank.what): \(rank.rate.text)"] }
        if !rates.isEmpty {
            lines += ["", "How often the method errs"] + rates.map { "  \($0.what): \($0.rate.text)" }
        }
        lines += ["", "Departures from the plan: \(departures)"]
        lines += deviations.map { "  - " + $0 }
        let open = checks.filter { $0.outcome != .passed }
        lines += [
            "",
            checkCounts.map { "Checks of the bundle: " + $0 } ?? "No bundle lay in the case, so nothing was checked.",
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
