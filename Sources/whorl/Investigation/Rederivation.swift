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
/// The coefficients of the calibration are those of the sealed file, which the plan names by digest. They are applied again; they
/// are fitted again where the answers of their population, which are no part of a bundle, are given.
enum Rederivation {
    /// The check `analysis` of a verified bundle.
    ///
    /// - Parameter population: The answers that the calibration was fitted to, where the caller has them.
    /// - Throws: `CommandError` with `badInput` if they are not the ones that the calibration names.
    static func check(
        _ path: String, trust: VerificationTrust, population: PopulationFiles?, progress: ProgressBar
    ) throws -> Check {
        let bundle = try VerifiedBundle(path: path, trust: trust)
        func document(_ name: String, in documents: [BundleDocument]) -> BundleDocument? {
            documents.first { $0.name == name }
        }
        guard let plan = bundle.plan, let set = document(Investigation.probesDocument, in: bundle.probes),
            let signed = document(Investigation.resultDocument, in: bundle.results)
        else {
            return Check(
                .analysis, .failed,
                "it was asked for and cannot be repeated: the bundle lacks a plan, its probes or a result")
        }
        var calibration: Calibration?
        var fit = ""
        if let digest = plan.plan.calibration {
            let file = document(Investigation.calibrationDocument, in: bundle.results)
            guard let file, SHA256Digest.of(file.bytes) == digest else {
                return Check(.analysis, .failed, "the bundle lacks the calibration that the plan was sealed over")
            }
            let applied = try Calibration(json: file.bytes, file: file.name)
            calibration = applied
            let refitted = try population.map { try fitted(to: $0, like: applied, progress: progress) }
            let difference = try refitted.map { try ResultDifference(of: $0, from: file.bytes) }
            if let difference, !difference.places.isEmpty {
                return Check(
                    .analysis, .failed,
                    "the population leads to another calibration: \(difference.places.joined(separator: "; "))")
            }
            fit = words(difference)
        } else if population != nil {
            throw CommandError(.badInput, "--population was given, but the plan of the bundle names no calibration")
        }
        let probes = try SealedProbeSet.decode(set.bytes).probeSet.probes
        var transcripts: [Transcript] = []
        try bundle.forEachRecord { transcripts.append($0.transcript) }
        let models = Set(transcripts.map(\.model)).sorted { $0.name < $1.name }
        let answers = Investigation.Answers(
            plan: plan, probes: probes, models: models.map { RecordedAnswers(of: $0, in: transcripts, probes: probes) })
        let repeated = try Investigation.compare(bundle.facts.suspect, answers: answers, calibration: calibration)
        return try compare(repeated, with: signed.bytes, fit: fit)
    }

    /// The calibration that a population gives, which has to be the one that was named.
    private static func fitted(
        to files: PopulationFiles, like calibration: Calibration, progress: ProgressBar
    ) throws -> Calibration {
        let measurement = try PopulationMeasurement(files.read(progress: progress).population)
        guard measurement.population == calibration.population else {
            throw CommandError(
                .badInput,
                "\(files.source) is not the population of the calibration: its digest is "
                    + "\(measurement.population.hex), the calibration names \(calibration.population.hex)")
        }
        return try Calibration.fit(measurement)
    }

    /// What is said of a calibration's fit; nil where its population was not given.
    private static func words(_ difference: ResultDifference?) -> String {
        guard let difference else {
            return ". The calibration was applied, its fit not checked: that needs its population (--population)"
        }
        return ". The calibration follows from its population: \(difference.exact) whole numbers and texts are equal, "
            + "\(difference.close) decimals agree"
    }

    /// Compares what was computed now with what was signed: features, scores, ratios, gates, sentences.
    private static func compare(_ repeated: CaseResult, with signed: [UInt8], fit: String) throws -> Check {
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
                + "difference is \(difference.largest.roundedToSixDigits) (\(arithmetic))" + fit
        )
    }

    private static func words(_ arithmetic: BLASConfiguration) -> String {
        "\(arithmetic.version), kernel \(arithmetic.kernel), \(arithmetic.threads.counted("thread"))"
    }
}
