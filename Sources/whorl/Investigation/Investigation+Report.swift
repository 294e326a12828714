import Acquisition
import CaseStore
import Comparison
import ContentAddressing
import Evidence
import ForensicTypes
import Foundation
import LinearAlgebra
import Reporting

extension Investigation {
    func reportFile(_ suspect: String) -> String { "\(path)/reports/\(suspect).html" }

    /// Renders the report about a suspect from its result, and from its bundle where there is one.
    func report(on suspect: String, bundle: BundleFacts?) async throws -> String {
        let answers = try await answers()
        let result = try CanonicalJSON.decode(CaseResult.self, from: resultBytes(of: suspect))
        let wanted = answers.probes.reduce(0) { $0 + $1.probe.draws }
        let shown = answers.models.filter {
            $0.responses.model.role != .suspect || $0.responses.model.name == suspect
        }
        let content = ReportContent(
            caseName: answers.plan.plan.caseName, result: result,
            coverage: shown.map { ($0.responses.model, $0.answered, wanted) },
            examples: Self.examples(answers, suspect: suspect), deviations: Self.deviations(answers, wanted: wanted),
            integrity: Self.facts(answers.plan, result: result, bundle: bundle),
            tool: "whorl \(ToolIdentity.releasedVersion)")
        return HTMLReport(content).render()
    }

    /// Up to four text probes that both sides answered, in the order of the probes.
    private static func examples(_ answers: Answers, suspect: String) -> [ReportContent.Example] {
        guard let protected = answers.with(.protected).first,
            let accused = answers.with(.suspect).first(where: { $0.model.name == suspect })
        else { return [] }
        return answers.probes.filter { $0.probe.reading == .text || $0.probe.reading == .nextToken }
            .compactMap { identified -> ReportContent.Example? in
                guard let ours = protected.completions[identified.id]?.first,
                    let theirs = accused.completions[identified.id]?.first
                else { return nil }
                return .init(prompt: text(identified.probe.prompt), protected: ours.text, suspect: theirs.text)
            }
            .prefix(4).map(\.self)
    }

    private static func text(_ prompt: Prompt) -> String {
        switch prompt {
        case .raw(let text): text
        case .chat(let messages): messages.map { "\($0.role.rawValue): \($0.content)" }.joined(separator: "\n")
        }
    }

    private static func deviations(_ answers: Answers, wanted: Int) -> [String] {
        let plan = answers.plan.plan
        let planned = Set([plan.protected] + plan.suspects + plan.panel.map(\.name))
        return answers.models.flatMap { model -> [String] in
            let name = model.responses.model.name
            var deviations: [String] = []
            if model.missing > 0 {
                deviations.append("\(name): \(model.missing) of \(wanted) draws have no usable answer.")
            }
            if model.hasImports { deviations.append("\(name): answers were imported, not collected.") }
            if !planned.contains(name) { deviations.append("\(name): the plan does not name this model.") }
            return deviations
        }
    }

    private static func facts(
        _ plan: SealedPlan, result: CaseResult, bundle: BundleFacts?
    ) -> [ReportContent.Fact] {
        var facts: [ReportContent.Fact] = [
            .init("Plan (SHA-256)", plan.digest.hex), .init("Root of the probe set", plan.plan.probes.root.hex),
            .init("Linear algebra", result.arithmetic.version), .init("Processor kernel", result.arithmetic.kernel),
            .init("Threads per call", String(result.arithmetic.threads)),
        ]
        if let bundle {
            facts += [
                .init("Bundle, uncompressed (SHA-256)", bundle.archive.hex),
                .init("Root over all records", bundle.root.hex),
                .init("Records in the bundle", "\(bundle.disclosed) of \(bundle.records)"),
                .init("Head of the custody log", bundle.custodyHead.hex), .init("Signer's key", bundle.signer.hex),
                .init("Script verify.sh (SHA-256)", bundle.script?.hex ?? "none"),
                .init("First request", UniversalTime.text(nanoseconds: bundle.firstStart)),
                .init("Last answer", UniversalTime.text(nanoseconds: bundle.lastEnd)),
            ]
        }
        return facts
    }
}

/// Times of a record as people read them, by the collector's clock.
enum UniversalTime {
    static func text(nanoseconds: String?) -> String {
        guard let nanoseconds, let value = Int64(nanoseconds) else { return "none" }
        return Date(timeIntervalSince1970: Double(value / 1_000_000_000)).formatted(.iso8601)
    }
}
