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

    /// What a person decides about a report.
    struct ReportChoices {
        /// Whether the prompts stay secret; the answers are shown either way.
        var withholdsPrompts = false
        /// How many probes are shown side by side.
        var examples = 6
        /// An evaluation of the method on models of known lineage.
        var evaluation: EvaluationReport?
        /// The result that the bundle holds; nil where no bundle that verified does.
        var sealedResult: [UInt8]?
    }

    /// Collects the report about a suspect from its result, and from its bundle where there is one.
    func report(
        on suspect: String, bundle: VerificationReport?, choices: ReportChoices = ReportChoices()
    ) async throws -> ReportContent {
        let answers = try await answers()
        let bytes = try resultBytes(of: suspect)
        let result = try result(in: bytes, of: suspect)
        let wanted = answers.probes.reduce(0) { $0 + $1.probe.draws }
        let shown = answers.models.filter {
            $0.responses.model.role != .suspect || $0.responses.model.name == suspect
        }
        let examples = Self.examples(answers, suspect: suspect, result: result, choices: choices)
        let period = bundle?.facts.flatMap { facts in
            facts.firstStart.map {
                (UniversalTime.text(nanoseconds: $0), UniversalTime.text(nanoseconds: facts.lastEnd))
            }
        }
        return ReportContent(
            caseName: answers.plan.plan.caseName, result: result,
            record: MethodRecord(
                result: result, evaluation: choices.evaluation, calibration: try calibration(of: answers.plan.plan)),
            examined: ExaminedSuspects(count: answers.plan.plan.suspects.count),
            coverage: shown.map { .init(model: $0.responses.model, answered: $0.answered, wanted: wanted) },
            examples: examples.map(\.example), choiceOfExamples: Self.choice(of: examples, choices),
            deviations: Self.deviations(answers, shown: shown, wanted: wanted, bundle: bundle),
            period: period.map { (first: $0.0, last: $0.1) },
            integrity: Self.facts(answers.plan, result: result, bundle: bundle?.facts), checks: bundle?.checks ?? [],
            attestations: bundle?.attestations, findings: bundle?.findings ?? [],
            isResultSealed: choices.sealedResult.map { $0 == bytes },
            tool: "whorl \(ToolIdentity.releasedVersion)")
    }

    private func result(in bytes: [UInt8], of suspect: String) throws -> CaseResult {
        do {
            return try CanonicalJSON.decode(CaseResult.self, from: bytes)
        } catch {
            throw CommandError(
                .badInput,
                "\(resultFile(suspect)) is damaged or of another version: run `whorl compare \(path)` again")
        }
    }

    /// Where the execution departs from the plan. What a bundle that holds with its plan lists is not counted again.
    private static func deviations(
        _ answers: Answers, shown: [RecordedAnswers], wanted: Int, bundle: VerificationReport?
    ) -> [String] {
        let plan = answers.plan.plan
        let planned = Set([plan.protected] + plan.suspects + plan.panel.map(\.name))
        let holds = bundle?[.plan]?.outcome == .passed && bundle?.exitCode == 0
        let listed = holds ? Set(bundle?.facts?.models.map(\.name) ?? []) : []
        let found = shown.flatMap { model -> [String] in
            let name = model.responses.model.name
            var deviations: [String] = []
            let unreadable = model.unreadable.values.reduce(0, +)
            if listed.contains(name) {
                if unreadable > 0 {
                    deviations.append("\(name): \(unreadable.counted("successful response")) could not be read.")
                }
            } else if model.missing > 0 {
                deviations.append(
                    "\(name): \(model.missing) of \(wanted.counted("draw")) \(model.missing.agreeing("has", "have")) no usable "
                        + "answer.")
            }
            if model.hasImports { deviations.append("\(name): answers were imported, not collected.") }
            if !planned.contains(name), !listed.contains(name) {
                deviations.append("\(name): the plan does not name this model.")
            }
            return deviations
        }
        return found + (bundle?.deviations ?? [])
    }

    private static func facts(
        _ plan: SealedPlan, result: CaseResult, bundle: BundleFacts?
    ) -> [ReportContent.Fact] {
        var facts: [ReportContent.Fact] = []
        if let bundle {
            facts += [
                .init(IntegrityLabel.archive, bundle.archive.hex),
                .init("Root over all records", bundle.root.hex),
                .init("Records in the bundle", "\(bundle.disclosed) of \(bundle.records)"),
                .init("Head of the custody log", bundle.custodyHead.hex),
                .init(IntegrityLabel.signer, bundle.signer.hex),
                .init("Script verify.sh (SHA-256)", bundle.script?.hex ?? "none"),
                .init("First request", UniversalTime.text(nanoseconds: bundle.firstStart)),
                .init("Last answer", UniversalTime.text(nanoseconds: bundle.lastEnd)),
            ]
        }
        return facts + [
            .init("Plan (SHA-256)", plan.digest.hex), .init("Root of the probe set", plan.plan.probes.root.hex),
            .init("Calibration (SHA-256)", plan.plan.calibration?.hex ?? "none"),
            .init(
                "Linear algebra",
                "\(result.arithmetic.version), kernel \(result.arithmetic.kernel), "
                    + "\(result.arithmetic.threads.counted("thread")) a call"),
        ]
    }
}

/// Times of a record as people read them, by the collector's clock.
enum UniversalTime {
    static func text(nanoseconds: String?) -> String {
        guard let nanoseconds, let value = Int64(nanoseconds) else { return "none" }
        return Date(timeIntervalSince1970: Double(value / 1_000_000_000)).formatted(.iso8601)
    }

    /// Nanoseconds since 1970 of a time in the form `2040-01-01T00:00:00Z`, or of the beginning of a day in UTC; nil for other text.
    static func nanoseconds(_ text: String) -> Int64? {
        guard let date = (try? Date(text, strategy: .iso8601)) ?? (try? Date(text + "T00:00:00Z", strategy: .iso8601)),
            (0..<9_000_000_000).contains(date.timeIntervalSince1970)
        else { return nil }
        return Int64(date.timeIntervalSince1970) * 1_000_000_000
    }
}
