import Comparison
import ForensicTypes
import LinearAlgebra
import Reporting
import Testing

/// A case made up of values, for rendering.
enum ReportCase {
    static func result(suspect: String = "suspect-a", similarity: Double = 1.8) throws -> CaseResult {
        func scored(_ name: String, _ role: ModelRole, _ lineage: String?, _ value: Double) -> ScoredModel {
            ScoredModel(
                model: ModelIdentity(name: name, role: role, lineage: lineage.map { Lineage($0) }),
                stratum: role == .panel ? .unrelated : nil,
                scores: [
                    Score(
                        comparator: .panelNormalisedSimilarity, value: value, standardError: 0.2, usableProbes: 40,
                        details: ["views": 3]),
                    .notComputable(
                        .topLogprobDivergence,
                        reasons: [.init(code: "no-logprobs", text: "The suspect gives no log-probabilities.")]),
                ])
        }
        let panel = (1...3).map { scored("panel-\($0)", .panel, "lineage-\($0)", Double($0) / 10) }
        let owner = ModelIdentity(name: "protected", role: .protected, lineage: Lineage("own"))
        let id = try #require(Digest(hex: String(repeating: "1", count: 64)))
        let probe = IdentifiedProbe(
            id: id,
            probe: Probe(
                family: "continuation", prompt: .raw("Once"), sampling: SamplingParameters(), draws: 1, reading: .text))
        let answers = ResponseSet(model: owner, completions: [Completion(probe: id, draw: 0, text: Array("upon".utf8))])
        let coverage = Coverage(of: answers, probes: [probe])
        let scoredCase = ScoredCase(
            protected: owner, protectedCoverage: coverage, suspect: scored(suspect, .suspect, nil, similarity),
            suspectCoverage: coverage, panel: panel)
        var thresholds = AnalysisThresholds.suited(panelLineages: 3)
        thresholds = AnalysisThresholds(
            minimumUsableProbes: 1, sameness: thresholds.sameness, lineage: thresholds.lineage,
            student: thresholds.student)
        return CaseResult(
            scored: scoredCase,
            verdict: try VerdictPolicy(thresholds: thresholds, panelLineages: 3).verdict(on: scoredCase),
            arithmetic: .current)
    }

    static func content(
        caseName: String = "acme", suspect: String = "suspect-a", prompt: String = "Say hello.",
        answer: String = "Hello!",
        deviation: String? = nil
    ) throws -> ReportContent {
        let result = try result(suspect: suspect)
        return ReportContent(
            caseName: caseName, result: result,
            coverage: [(ModelIdentity(name: suspect, role: .suspect), 39, 40)],
            examples: [.init(prompt: prompt, protected: Array("Hi.".utf8), suspect: Array(answer.utf8))],
            deviations: deviation.map { [$0] } ?? [], integrity: [.init("Plan", String(repeating: "a", count: 64))],
            tool: "whorl 0.1.0")
    }
}
