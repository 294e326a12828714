import Acquisition
import Comparison
import Evidence
import ForensicTypes
import Foundation
import ProbeGeneration
import Reporting

/// One investigation on real models, by the same steps that the verbs take.
struct Demonstration {
    let folder: String
    let lab: String
    let zoo: String
    let seed: UInt64
    let output: OutputOptions

    /// Short questions that small models can answer; about half a minute for each endpoint on one core.
    private static let quotas = ["continuation": 10, "forced-choice-completion": 8, "tokenizer-strings": 10]

    private var caseFolder: String { folder + "/case" }
    private var investigation: Investigation { Investigation(path: caseFolder) }

    func run() async throws -> DemoReport {
        let clock = ContinuousClock()
        let started = clock.now
        var stages: [DemoReport.Stage] = []
        func stage<Value>(_ name: String, _ work: () async throws -> Value) async throws -> Value {
            output.note("== \(name)")
            let begun = clock.now
            let value = try await work()
            let seconds = (clock.now - begun).inSeconds
            stages.append(.init(name: name, seconds: (seconds * 10).rounded() / 10))
            return value
        }

        try FileBytes.makeFolder(folder)
        let scene = try await stage("start the models behind loopback endpoints") { try LabStage(lab: lab, zoo: zoo) }
        defer { scene.stop() }
        for missing in scene.missing { output.note("without \(missing.name): the zoo has no \(missing.model)") }
        let endpoints = try writeEndpoints(scene)

        let key = try await stage("make the signing key and the case") {
            let key = try SigningKey.generate()
            try key.save(path: folder + "/collector.pem")
            try key.verificationKey.save(path: folder + "/collector.pem.pub")
            _ = try await Investigation.create(at: caseFolder, name: "demonstration")
            return key
        }
        let probes = try await stage("build and seal a probe set with the protected model") {
            try await buildProbes(endpoints)
        }
        _ = try await stage("seal the plan") {
            try await investigation.sealPlan(probes: probes, endpoints: endpoints, key: key, choices: .init(seed: seed))
        }
        let summary = try await stage("collect, all endpoints interleaved") {
            let bar = output.progress("collect")
            defer { bar.finish() }
            return try await investigation.collect(events: { bar.update($0) }).summary
        }
        guard summary.missing == 0 else {
            throw CommandError(
                .incomplete, "\(summary.missing) of \(summary.wanted) answers are missing: \(summary.errors)")
        }
        let answers = try await investigation.answers()
        let results = try await stage("compare") {
            var results: [CaseResult] = []
            for suspect in answers.plan.plan.suspects {
                let result = try investigation.compare(suspect, answers: answers)
                try await investigation.record(result)
                results.append(result)
            }
            return results
        }
        var bundles: [BundleFacts] = []
        try await stage("archive a bundle per suspect") {
            for result in results {
                bundles.append(
                    try await investigation.archive(suspect: result.verdict.suspect, key: key, compression: .archive))
            }
        }
        var suspects: [DemoReport.Suspect] = []
        try await stage("verify each bundle and write the reports") {
            for (result, facts) in zip(results, bundles) {
                suspects.append(try await conclude(result, facts: facts, key: key.verificationKey, truth: scene.truth))
            }
        }
        return DemoReport(
            folder: folder, probes: probes.probeSet.probes.count, records: bundles.first?.records ?? 0,
            panelLineages: Set(answers.with(.panel).compactMap(\.model.lineage?.name)).sorted(), suspects: suspects,
            stages: stages, seconds: ((clock.now - started).inSeconds * 10).rounded() / 10,
            peakMemoryMegabytes: PeakMemory.megabytes)
    }

    private func writeEndpoints(_ scene: LabStage) throws -> [EndpointSource] {
        let target = folder + "/endpoints"
        try FileBytes.makeFolder(target)
        return try scene.endpoints.map { endpoint in
            var lines = [
                "name = \"\(endpoint.name)\"", "role = \"\(endpoint.role)\"", "url = \"\(endpoint.url)/v1\"",
                "model = \"\(endpoint.model)\"",
            ]
            if let lineage = endpoint.lineage { lines.append("lineage = \"\(lineage)\"") }
            let file = "\(target)/\(endpoint.name).toml"
            try FileBytes.write(Array((lines.joined(separator: "\n") + "\n").utf8), to: file)
            return try EndpointSource(path: file)
        }
    }

    /// Selection asks the protected model alone, so that the few lineages of the zoo are kept for the report.
    private func buildProbes(_ endpoints: [EndpointSource]) async throws -> SealedProbeSet {
        guard let protected = endpoints.map(\.configuration).first(where: { $0.identity.role == .protected }) else {
            throw CommandError(.badInput, "the scene has no protected model")
        }
        let builder = ProbeSetBuilder(
            choices: .init(
                name: "demonstration", families: Array(Self.quotas.keys), candidates: 10, paraphrases: false,
                budget: ProbeBudget(queries: 120, tokens: 8_000), quotas: Self.quotas, seed: seed),
            models: .init(protected: protected), workspace: folder + "/selection")
        let bar = output.progress("ask")
        defer { bar.finish() }
        return try await builder.build { bar.update($1) }.sealed
    }

    private func conclude(
        _ result: CaseResult, facts: BundleFacts, key: VerificationKey, truth: [LabStage.Truth]
    ) async throws -> DemoReport.Suspect {
        let verdict = result.verdict
        let bundle = investigation.bundleFile(verdict.suspect)
        let verification = try BundleVerifier.verify(path: bundle, pinned: key, expected: facts.archive)
        try FileBytes.makeFolder(caseFolder + "/reports")
        let page = HTMLReport(try await investigation.report(on: verdict.suspect, bundle: verification)).render()
        let report = investigation.reportFile(verdict.suspect)
        try FileBytes.write(Array(page.utf8), to: report)
        let ratio = verdict.likelihoodRatios.first
        return DemoReport.Suspect(
            name: verdict.suspect, outcome: verdict.outcome.rawValue, hypotheses: verdict.hypotheses,
            likelihoodRatio: ratio.map { power($0.log10) }, ceiling: ratio.map { power($0.ceilingLog10) },
            strengthen: verdict.whatWouldStrengthen.map(\.text), bundle: bundle, archive: facts.archive,
            verified: verification.exitCode, report: report, truth: truth.first { $0.name == verdict.suspect })
    }

    private func power(_ logarithm: Double) -> Double { pow(10, logarithm).roundedToSixDigits }
}
