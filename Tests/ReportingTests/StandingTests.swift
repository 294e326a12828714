import Comparison
import Evidence
import ForensicTypes
import Foundation
import Reporting
import Testing

/// What a report may say of plan and bundle depends on what was checked of them.
@Suite("Standing of plan and bundle")
struct StandingTests {
    private static let passed = [Check.Subject.signature, .plan, .planStamp].map { Check($0, .passed, "it holds") }

    /// The first page, and the whole report, as words.
    private func pages(_ given: ReportCase) throws -> (first: String, whole: String, terminal: String) {
        let content = try given.content()
        let html = HTMLReport(content).render()
        let end = try #require(html.range(of: "The two propositions")).lowerBound
        func words(_ html: some StringProtocol) -> String {
            HTMLReportTests.text(String(html)).replacing("&#39;", with: "'").replacing(/\s+/, with: " ")
        }
        return (words(html[..<end]), words(html), ReportSummary(content).text)
    }

    private func given(_ checks: [Check], deviations: [String] = []) -> ReportCase {
        var given = ReportCase()
        given.checks = checks
        given.hasAttestations = !checks.isEmpty
        given.deviations = deviations
        // A bundle that could be read to its end has a digest.
        if !checks.isEmpty, !checks.contains(where: { $0.outcome == .failed }) {
            given.texts[.factLabel] = IntegrityLabel.archive
        }
        return given
    }

    @Test("Where plan and stamp were checked, no departure was found, and a third party says when the plan was sealed")
    func verified() throws {
        let (first, whole, terminal) = try pages(given(Self.passed))
        #expect(first.contains("Departures from the plan none was found"))
        #expect(first.contains("Checks of the bundle 3 passed, 0 failed, 0 not made: section 8"))
        #expect(terminal.contains("Departures from the plan: none was found"))
        #expect(whole.contains("Departures from the sealed plan: none was found."))
        #expect(
            whole.contains("By the stamp of a third party, CN=authority-1, the plan was sealed by 2026-11-24T10:10:00Z")
        )
        #expect(whole.contains("These digests show that the bundle is the one that was sealed."))
        #expect(!whole.contains("NOT verify"))
    }

    @Test("A stamp that is older than the first query is said to come before it, and a later one is not")
    func order() throws {
        var early = given(Self.passed)
        early.texts[.period] = "2026-11-24T10:10:00Z"
        let sentence = "by the collector's clock the first query was sent after that, at"
        #expect(try pages(early).whole.contains(sentence))
        early.texts[.period] = "2026-11-24T10:09:59Z"
        #expect(try !pages(early).whole.contains(sentence))
        let whole = try pages(
            given(Self.passed, deviations: ["3 records began before the plan was stamped"])
        ).whole
        #expect(whole.contains("Records began before the plan was written or stamped: see section 7."))
        #expect(!whole.contains("By the stamp of a third party"))
    }

    @Test("Without a stamp that was checked the order is the collector's word")
    func unstamped() throws {
        let checks = Self.passed.filter { $0.subject != .planStamp } + [Check(.planStamp, .notChecked, "no stamp")]
        let whole = try pages(given(checks)).whole
        #expect(
            whole.contains("By the collector's own clock the plan was written before the first query; no third party"))
        #expect(whole.contains("whorl verify --rederive"))
        #expect(!whole.contains("By the stamp of a third party"))
    }

    @Test(
        "A failed check of the plan is no report without departures", arguments: [[], ["suspect-a is not in the plan"]])
    func failedPlan(deviations: [String]) throws {
        let checks = Self.passed.filter { $0.subject != .plan } + [Check(.plan, .failed, "7 records outside the plan")]
        let (first, whole, terminal) = try pages(given(checks, deviations: deviations))
        for text in [first, whole, terminal] {
            #expect(text.contains("the check of the plan FAILED: 7 records outside the plan"))
            #expect(!text.contains("none was found"))
            #expect(text.contains("did NOT verify (FAILED: plan)"))
        }
        #expect(first.contains("2 passed, 1 FAILED (plan), 0 not made"))
        #expect(!whole.contains("whorl verify --rederive"))
        #expect(!whole.contains("By the stamp of a third party"))
        #expect(!whole.contains("These digests show that"))
    }

    @Test("Another failed check takes the plan's word away, and is told first")
    func failedSignature() throws {
        let checks = [Check(.signature, .failed, "another key"), Check(.plan, .passed, "it holds")]
        let (first, whole, terminal) = try pages(given(checks))
        for text in [first, terminal] {
            #expect(text.contains("did NOT verify (FAILED: signature)"))
            #expect(text.contains("not checked against a verified bundle; by the case itself none was found"))
        }
        #expect(first.contains("a bundle was found and did NOT verify: see section 8"))
        #expect(!whole.contains("no bundle lay in the case"))
        let places = try ["did NOT verify", "The evidence does not exclude"].map {
            try #require(first.range(of: $0)).lowerBound
        }
        #expect(places == places.sorted())
        #expect(ForbiddenWords.violations(in: whole) == [])
    }

    @Test("Without a bundle nothing is stamped, checked or repeated")
    func noBundle() throws {
        let (first, whole, terminal) = try pages(given([]))
        #expect(first.contains("Evidence bundle no bundle lay in the case when this report was written"))
        #expect(first.contains("Signed and dated no bundle lay in the case when this report was written"))
        #expect(first.contains("not checked against a verified bundle; by the case itself none was found"))
        #expect(whole.contains("nobody else can repeat the analysis yet"))
        #expect(terminal.contains("No bundle lay in the case, so nothing was checked."))
        for claim in [
            "By the stamp", "was sealed before", "whorl verify --rederive", "These digests show", "NOT verify",
        ] {
            #expect(!whole.contains(claim), "\(claim)")
        }
        #expect(ForbiddenWords.violations(in: whole) == [])
    }

    @Test("A report on another result than the sealed one says so before the finding", arguments: [true, false, nil])
    func otherResult(isSealed: Bool?) throws {
        var given = given(Self.passed)
        given.isResultSealed = isSealed
        let (first, _, terminal) = try pages(given)
        for text in [first, terminal] {
            #expect(text.contains("is not the one in the bundle: archive again") == (isSealed == false))
        }
    }

    @Test("The heading does not exclude a sibling where independence is excluded")
    func heading() throws {
        var given = given(Self.passed)
        #expect(try pages(given).first.contains("Not excluded: copy, derivative, or a sibling not derived from it"))
        given.hypotheses = [.student, .independent]
        #expect(try !pages(given).first.contains("or a sibling not derived"))
    }

    @Test("A gate that rejects is written as what it excludes, and siblings that were compared are pointed to")
    func gates() throws {
        var given = given(Self.passed)
        var whole = try pages(given).whole
        #expect(
            whole.contains("Does it resemble more than unrelated lineages do? independent excluded, siblings apart"))
        #expect(whole.contains("Is the collection valid? valid"))
        #expect(whole.contains("none was compared by rank, so this is not ruled out"))
        given.gates = [
            GateResult(gate: .validity, outcome: .rejected, reasons: []),
            GateResult(gate: .sameness, outcome: .rejected, reasons: []),
            GateResult(
                gate: .lineage, outcome: .passed,
                reasons: [.init(code: "stratum-sibling", text: "1 of 1 lineage of the stratum sibling resembles.")]),
        ]
        whole = try pages(given).whole
        #expect(whole.contains("Is the collection valid? not valid"))
        #expect(whole.contains("Is it farther away than honest redeployments? copy excluded"))
        #expect(whole.contains("Does it resemble more than unrelated lineages do? nothing excluded"))
        #expect(whole.contains("section 3 says how many resemble it as much as the suspect does"))
        #expect(!whole.contains("rejected"))
    }
}
