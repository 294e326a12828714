import Acquisition
import CaseStore
import Comparison
import ContentAddressing
import Evidence
import ForensicTypes
import Foundation
import ProbeGeneration

extension Investigation {
    /// What was recorded of every model of the plan.
    struct Answers {
        let plan: SealedPlan
        let probes: [IdentifiedProbe]
        let models: [RecordedAnswers]

        func with(_ role: ModelRole) -> [ResponseSet] {
            models.filter { $0.responses.model.role == role }.map(\.responses)
        }
    }

    /// Reads the answers of a case.
    func answers() async throws -> Answers {
        let plan = try sealedPlan()
        let probes = try probeSet(of: plan.plan).probeSet.probes
        let store = try await open(.read)
        var identities = try EndpointSource.all(in: endpointsFolder).map(\.configuration.identity)
        // Models whose answers were imported without an endpoint in the plan.
        identities += try await store.models().filter { model in !identities.contains { $0.name == model.name } }
        var models: [RecordedAnswers] = []
        for identity in identities {
            models.append(try await RecordedAnswers.read(identity, from: store, probes: probes))
        }
        return Answers(plan: plan, probes: probes, models: models)
    }

    /// Scores a suspect and decides, by the thresholds of the plan.
    func compare(_ suspect: String, answers: Answers) throws -> CaseResult {
        try Self.compare(suspect, answers: answers, calibration: calibration(of: answers.plan.plan))
    }

    /// The same from answers that are in no case folder.
    static func compare(_ suspect: String, answers: Answers, calibration: Calibration?) throws -> CaseResult {
        let plan = answers.plan.plan
        guard let protected = answers.with(.protected).first else {
            throw CommandError(.badInput, "there are no answers of the protected model \(plan.protected)")
        }
        guard let accused = answers.with(.suspect).first(where: { $0.model.name == suspect }) else {
            throw CommandError(
                .badInput, "the plan names no suspect \(suspect); it names \(plan.suspects.joined(separator: ", "))")
        }
        return try CaseAnalysis.analyse(
            probes: answers.probes, protected: protected, suspect: accused, panel: answers.with(.panel),
            redeployments: answers.with(.redeployment), siblings: answers.with(.sibling),
            thresholds: thresholds(of: plan), calibration: calibration, seed: answers.plan.seed)
    }

    /// Writes a result into the case and into its custody log.
    func record(_ result: CaseResult) async throws {
        let bytes = try CanonicalJSON.encode(result)
        try FileBytes.makeFolder(resultsFolder)
        try FileBytes.write(bytes, to: resultFile(result.verdict.suspect), replacing: true)
        let store = try await open(.write)
        try await store.log(
            .analyse, object: SHA256Digest.of(bytes), why: "scored \(result.verdict.suspect) and decided")
    }

    func resultBytes(of suspect: String) throws -> [UInt8] {
        guard FileManager.default.fileExists(atPath: resultFile(suspect)) else {
            throw CommandError(.badInput, "there is no result about \(suspect): run `whorl compare \(path)` first")
        }
        return try FileBytes.read(resultFile(suspect))
    }
}
