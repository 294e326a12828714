import Acquisition
import CaseStore
import Comparison
import ContentAddressing
import Evidence
import ForensicTypes
import LinearAlgebra
import ProbeGeneration

/// Repeats the analysis of a bundle from its bytes, and compares with what was signed.
enum Rederivation {
    /// The largest relative difference of a score on another processor kernel.
    static let tolerance = 1e-4

    /// The check `analysis` of a verified bundle.
    static func check(_ path: String, key: VerificationKey) throws -> Check {
        let bundle = try VerifiedBundle(path: path, pinned: key)
        func document(_ name: String, in documents: [BundleDocument]) -> BundleDocument? {
            documents.first { $0.name == name }
        }
        guard let plan = bundle.plan, let set = document(Investigation.probesDocument, in: bundle.probes),
            let signed = document(Investigation.resultDocument, in: bundle.results)
        else { return Check(.analysis, .notChecked, "the bundle lacks a plan, its probes or a result") }
        var calibration: Calibration?
        if let digest = plan.plan.calibration {
            let file = document(Investigation.calibrationDocument, in: bundle.results)
            guard let file, SHA256Digest.of(file.bytes) == digest else {
                return Check(.analysis, .failed, "the bundle lacks the calibration that the plan was sealed over")
            }
            calibration = try Calibration(json: file.bytes, file: file.name)
        }
        let probes = try SealedProbeSet.decode(set.bytes).probeSet.probes
        var transcripts: [Transcript] = []
        try bundle.forEachRecord { transcripts.append($0.transcript) }
        let models = Set(transcripts.map(\.model)).sorted { $0.name < $1.name }
        let answers = Investigation.Answers(
            plan: plan, probes: probes, models: models.map { RecordedAnswers(of: $0, in: transcripts, probes: probes) })
        let repeated = try Investigation.compare(bundle.facts.suspect, answers: answers, calibration: calibration)
        return try compare(repeated, with: CanonicalJSON.decode(CaseResult.self, from: signed.bytes))
    }

    private static func compare(_ repeated: CaseResult, with signed: CaseResult) -> Check {
        let arithmetic = "kernel \(signed.arithmetic.kernel) then, \(repeated.arithmetic.kernel) now"
        guard repeated.verdict.hypotheses == signed.verdict.hypotheses,
            repeated.verdict.outcome == signed.verdict.outcome
        else { return Check(.analysis, .failed, "the records lead to another verdict (\(arithmetic))") }
        let pairs = [(repeated.suspect, signed.suspect)] + Array(zip(repeated.panel, signed.panel))
        var largest = 0.0
        for (model, other) in pairs {
            guard model.model == other.model, model.scores.count == other.scores.count else {
                return Check(.analysis, .failed, "the records are of other models than the result")
            }
            for (score, expected) in zip(model.scores, other.scores) {
                guard (score.value == nil) == (expected.value == nil) else {
                    return Check(
                        .analysis, .failed, "\(score.comparator.rawValue) of \(model.model.name) cannot be repeated")
                }
                let value = expected.value ?? 0
                largest = max(largest, abs((score.value ?? 0) - value) / max(1e-9, abs(value)))
            }
        }
        guard largest <= tolerance else {
            return Check(
                .analysis, .failed, "a score differs by \(largest.roundedToSixDigits) of its size (\(arithmetic))")
        }
        return Check(
            .analysis, .passed,
            "every score and the verdict follow from the records; largest difference \(largest.roundedToSixDigits) of a "
                + "score's size (\(arithmetic))")
    }
}
