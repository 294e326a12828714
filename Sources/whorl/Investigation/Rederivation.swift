import Acquisition
import CaseStore
import Comparison
import ContentAddressing
import Evidence
import ForensicTypes
import LinearAlgebra
import ProbeGeneration

/// Repeats the analysis of a bundle from its bytes, and compares with what was signed.
///
/// The coefficients of the calibration are those of the sealed file, which the plan names by digest; they are applied again, not
/// fitted again, because the answers of their population are not part of a bundle.
enum Rederivation {
    /// The check `analysis` of a verified bundle.
    static func check(_ path: String, trust: VerificationTrust) throws -> Check {
        let bundle = try VerifiedBundle(path: path, trust: trust)
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
        return try compare(repeated, with: signed.bytes)
    }

    /// Compares what was computed now with what was signed: features, scores, ratios, gates, sentences.
    private static func compare(_ repeated: CaseResult, with signed: [UInt8]) throws -> Check {
        let text = signed.last == UInt8(ascii: "\n") ? signed.dropLast() : signed[...]
        guard let result = try? CanonicalJSON.decode(CaseResult.self, from: Array(text)) else {
            return Check(.analysis, .failed, "the signed result is not one that this build can read")
        }
        let arithmetic = "then \(words(result.arithmetic)); now \(words(repeated.arithmetic))"
        let difference = try ResultDifference(of: repeated, from: signed)
        guard difference.places.isEmpty else {
            return Check(
                .analysis, .failed,
                "the records lead to another result: \(difference.places.joined(separator: "; ")) (\(arithmetic))")
        }
        return Check(
            .analysis, .passed,
            "features, scores, ratios and verdict follow from the records: \(difference.exact) whole numbers and texts are equal, "
                + "\(difference.close) decimals agree within \(ResultDifference.relativeTolerance) of their size, the largest "
                + "difference is \(difference.largest.roundedToSixDigits) (\(arithmetic))")
    }

    private static func words(_ arithmetic: BLASConfiguration) -> String {
        "\(arithmetic.version), kernel \(arithmetic.kernel), \(arithmetic.threads) thread\(arithmetic.threads == 1 ? "" : "s")"
    }
}
