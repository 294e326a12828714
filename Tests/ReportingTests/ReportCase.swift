import Comparison
import Evidence
import ForensicTypes
import LinearAlgebra
import Reporting
import Testing

/// A case made up of values, for rendering.
struct ReportCase {
    /// The places of a report that text from outside can reach.
    enum Field: String, CaseIterable {
        case caseName, suspect, protected, panelModel, lineage, prompt, family, protectedAnswer, suspectAnswer,
            panelAnswer
        case deviation, factLabel, factValue, checkDetail, tool, sentence, reason, advice, period, choiceOfExamples
        case evaluationPopulation, certificateSubject, certificateIssuer, stampObject, stampAuthority, notAttested,
            finding
    }

    /// What stands in the fields; ordinary text where nothing is set.
    var texts: [Field: String] = [:]
    var ratio = LikelihoodRatio(
        numerator: .derived, denominator: .independent, unboundedLog10: 0.9, interval: 0.2...1.3, numeratorLineages: 10,
        denominatorLineages: 33, method: .calibrated)
    var hasRatio = true
    var suspects = 1
    /// What the verifier found; empty for a case without a bundle.
    var checks: [Check]?
    var hasAttestations = true
    var deviations: [String]?
    var isResultSealed: Bool?
    var gates: [GateResult]?
    var outcome = Verdict.Outcome.narrowed
    var hypotheses: Set<Hypothesis> = [.copy, .derivative]

    private static let ordinary: [Field: String] = [
        .caseName: "acme-2026", .suspect: "suspect-a", .protected: "protected", .panelModel: "panel-2",
        .lineage: "lineage-2", .prompt: "Say hello.", .family: "continuation", .protectedAnswer: "Hi there.",
        .suspectAnswer: "Hi there!", .panelAnswer: "Good morning.",
        .deviation: "suspect-a: 1 of 40 draws has no answer.",
        .factLabel: "Plan (SHA-256)", .factValue: String(repeating: "a", count: 64), .checkDetail: "canonical archive",
        .tool: "whorl 0.1.0", .sentence: "The evidence does not exclude copy and derivative.",
        .reason: "The suspect gives no log-probabilities.", .advice: "Add 7 lineages to the panel.",
        .period: "2026-11-24T10:00:00Z", .choiceOfExamples: "The first probe of the set.",
        .certificateSubject: "CN=Laboratory A", .certificateIssuer: "CN=case root",
        .stampObject: "attest/collection.dsse.json", .stampAuthority: "CN=authority-1",
        .notAttested: "that the servers sent what was recorded", .finding: "no checkpoint covers the last 3 records",
        .evaluationPopulation: String(repeating: "b", count: 64),
    ]

    private func text(_ field: Field) -> String { texts[field] ?? Self.ordinary[field] ?? "" }

    private func scored(_ name: String, _ role: ModelRole, _ lineage: String?, _ value: Double) -> ScoredModel {
        ScoredModel(
            model: ModelIdentity(name: name, role: role, lineage: lineage.map { Lineage($0) }),
            stratum: role == .panel ? .unrelated : nil,
            scores: [
                Score(
                    comparator: .panelNormalisedSimilarity, value: value, standardError: 0.2, usableProbes: 40,
                    details: ["views": 3]),
                Score(comparator: .smallAlphabet, value: 1 - value / 10, usableProbes: 12),
                .notComputable(
                    .topLogprobDivergence, reasons: [.init(code: "no-logprobs", text: text(.reason))]),
            ])
    }

    /// The result of the case.
    func result() throws -> CaseResult {
        let panel = (1...12).map { number in
            scored(
                number == 2 ? text(.panelModel) : "panel-\(number)", .panel,
                number == 2 ? text(.lineage) : "lineage-\(number)", Double(number) / 10)
        }
        let owner = ModelIdentity(name: text(.protected), role: .protected, lineage: Lineage("own"))
        let id = try #require(Digest(hex: String(repeating: "1", count: 64)))
        let probe = IdentifiedProbe(
            id: id,
            probe: Probe(
                family: "continuation", prompt: .raw("Once"), sampling: SamplingParameters(), draws: 1, reading: .text))
        let answers = ResponseSet(model: owner, completions: [Completion(probe: id, draw: 0, text: Array("upon".utf8))])
        let coverage = Coverage(of: answers, probes: [probe])
        let scoredCase = ScoredCase(
            protected: owner, protectedCoverage: coverage, suspect: scored(text(.suspect), .suspect, nil, 1.8),
            suspectCoverage: coverage, panel: panel, redeployments: [scored("quantised", .redeployment, "own", 2.2)],
            siblings: [scored("small", .sibling, "own-2", 1.1)])
        let gates =
            self.gates ?? [
                GateResult(gate: .validity, outcome: .passed, reasons: []),
                GateResult(
                    gate: .lineage, outcome: .rejected, pValue: 1 / 13, floor: 1 / 13, level: 0.1, references: 12,
                    reasons: [.init(code: "rank", text: text(.reason))]),
            ]
        let verdict = Verdict(
            protected: text(.protected), suspect: text(.suspect), outcome: outcome, hypotheses: hypotheses,
            likelihoodRatios: hasRatio ? [ratio] : [], gates: gates,
            sentences: [text(.sentence)] + (hasRatio ? [ratio.sentence] : []),
            whatWouldStrengthen: [.init(code: "more-lineages", text: text(.advice))])
        return CaseResult(scored: scoredCase, verdict: verdict, arithmetic: .current)
    }

    /// The report of the case.
    func content(evaluation: EvaluationReport? = nil) throws -> ReportContent {
        let result = try result()
        let probe = try #require(Digest(hex: String(repeating: "2", count: 64)))
        return ReportContent(
            caseName: text(.caseName), result: result,
            record: MethodRecord(result: result, evaluation: evaluation, calibration: nil),
            examined: ExaminedSuspects(count: suspects),
            coverage: [
                .init(model: ModelIdentity(name: text(.suspect), role: .suspect), answered: 39, wanted: 40),
                .init(
                    model: ModelIdentity(name: text(.panelModel), role: .panel, lineage: Lineage(text(.lineage))),
                    answered: 40, wanted: 40),
            ],
            examples: [
                .init(
                    probe: probe, family: text(.family), prompt: texts[.prompt] == "" ? nil : text(.prompt),
                    answers: [
                        .init(model: text(.protected), role: .protected, text: Array(text(.protectedAnswer).utf8)),
                        .init(model: text(.suspect), role: .suspect, text: Array(text(.suspectAnswer).utf8)),
                        .init(model: text(.panelModel), role: .panel, text: Array(text(.panelAnswer).utf8)),
                    ])
            ],
            choiceOfExamples: text(.choiceOfExamples), deviations: deviations ?? [text(.deviation)],
            period: (first: text(.period), last: text(.period)),
            integrity: [.init(text(.factLabel), text(.factValue))],
            checks: checks ?? [
                Check(.container, .passed, text(.checkDetail)), Check(.timestamp, .notChecked, text(.checkDetail)),
                Check(.tree, .failed, text(.checkDetail)),
            ], attestations: hasAttestations ? try attestations() : nil, findings: [text(.finding)],
            isResultSealed: isResultSealed, tool: text(.tool))
    }

    /// Two signers, tokens accepted and not checked, and checkpoints.
    private func attestations() throws -> Attestations {
        let key = try #require(Digest(hex: String(repeating: "3", count: 64)))
        func stamp(_ object: String, _ minute: Int, _ outcome: Check.Outcome = .passed) -> Attestations.Stamp {
            .init(
                object: object, authority: text(.stampAuthority), time: "2026-11-24T10:\(10 + minute):00Z",
                certificatesEnd: outcome == .passed ? "2031-01-01T00:00:00Z" : nil, outcome: outcome)
        }
        return Attestations(
            clock: "2026-11-25T00:00:00Z", clockIsStated: false,
            signers: [
                .init(
                    role: .collector, key: key, outcome: .passed,
                    certificate: .init(
                        subject: text(.certificateSubject), issuer: text(.certificateIssuer),
                        notBefore: "2026-10-01T00:00:00Z", notAfter: "2026-12-30T00:00:00Z", outcome: .passed)),
                .init(role: .reviewer, key: key, outcome: .notChecked, certificate: nil),
            ],
            stamps: [
                stamp(text(.stampObject), 30), stamp("attest/collection.reviewer.dsse.json", 31, .notChecked),
                stamp("data/plan/plan.dsse.json", 0), stamp("data/checkpoints/0001.note", 10),
                stamp("data/checkpoints/0002.note", 20), stamp("bundle.tar", 40), stamp("0002.renewal", 41),
            ], notAttested: [text(.notAttested)])
    }
}
