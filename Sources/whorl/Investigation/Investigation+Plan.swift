import Acquisition
import CaseStore
import Comparison
import ContentAddressing
import Evidence
import ForensicTypes
import Foundation
import ProbeGeneration

extension Investigation {
    /// The parts of a plan that a person decides.
    struct PlanChoices {
        /// The rate of false exclusions that is accepted.
        var level = 0.05
        /// Gates that must be able to exclude; a panel too small for one of them refuses the plan.
        var excluding: Set<Gate> = []
        /// The most attempts at one draw.
        var maximumAttempts = 5
        /// The seed of everything that is drawn at random; nil binds it to the plan's digest.
        var seed: UInt64?
        /// The file of a calibration; nil gives ratios by rank alone.
        var calibration: (path: String, bytes: [UInt8])?
    }

    /// Writes the plan and seals it, before anything is asked of a suspect.
    ///
    /// The probe set, the endpoint files and the public key move into the case, so that nothing can be exchanged later.
    func sealPlan(
        probes: SealedProbeSet, endpoints: [EndpointSource], key: SigningKey, choices: PlanChoices,
        register: RegisterFile? = nil, authorities: TimestampAuthorities? = nil
    ) async throws -> SealedPlan {
        try refuseSecondPlan()
        let models = endpoints.map(\.configuration.identity)
        let members = try Self.members(of: models, probes: probes)
        let thresholds = try Self.thresholds(for: models, choices: choices)
        if let (path, bytes) = choices.calibration {
            // Rule 4: the lineages that calibrated may not report.
            try Calibration(json: bytes, file: path).validate(
                reporting: models.filter { $0.role == .panel }.compactMap(\.lineage))
        }
        let commitment = try probes.commitment.encode()
        let store = try await open(.write)
        let protected = models.filter { $0.role == .protected }.map(\.name)
        guard protected.count == 1, let owner = protected.first else {
            throw CommandError(
                .badInput, "a plan needs exactly one endpoint with the role protected, not \(protected.count)")
        }
        func plan(writtenAt: Int64, at place: Plan.RegisterPlace?) throws -> Plan {
            try Plan(
                caseName: store.name, writtenAt: writtenAt, protected: owner,
                suspects: models.filter { $0.role == .suspect }.map(\.name), panel: members,
                probes: .init(
                    file: SHA256Digest.of(commitment), root: probes.commitment.root, count: probes.commitment.size),
                comparators: ComparatorCatalogue.all.map { type(of: $0).identifier.rawValue },
                thresholds: try CanonicalJSON.value(of: thresholds),
                calibration: choices.calibration.map { SHA256Digest.of($0.bytes) },
                stoppingRule: "every draw of every probe has an answer",
                exclusionRule: "nothing is left out; a draw without an answer after the last attempt is missing",
                maximumAttempts: choices.maximumAttempts, seed: choices.seed, register: place)
        }
        let draft = try registeredDraft(key: key, endpoints: endpoints, register: register) { draft in
            try plan(writtenAt: Int64(draft.writtenAt) ?? 0, at: draft.register) == draft
        }
        if let draft {
            try refuseSecondPlan()
            try await finish(draft, in: store)
            return draft
        }
        let place = try register?.read().place
        let sealed = try SealedPlan(sealing: plan(writtenAt: WallClock.nanoseconds, at: place), with: key)
        let timestamps = try await authorities?.stamp(sealed.envelope.bytes) ?? []

        try removeUnfinishedPlan()
        try FileBytes.makeFolder(endpointsFolder)
        for endpoint in endpoints { try endpoint.copy(to: endpointsFolder) }
        if let (_, bytes) = choices.calibration { try FileBytes.write(bytes, to: calibrationFile) }
        try FileBytes.write(try probes.encode(), to: probeSetFile)
        try FileBytes.write(commitment, to: commitmentFile)
        try FileBytes.write(Array(key.verificationKey.pem.utf8), to: publicKeyFile)
        try FileBytes.write(sealed.envelope.bytes, to: sealedPlanFile)
        try save(timestamps, stem: planStem)
        if let register {
            try FileBytes.write(sealed.bytes, to: draftFile)
            try register.add(.planned, plan: sealed)
        }
        try await finish(sealed, in: store)
        return sealed
    }

    /// The sealed plan of the case, its signature verified.
    func sealedPlan() throws -> SealedPlan {
        guard FileManager.default.fileExists(atPath: planFile) else {
            throw CommandError(.badInput, "\(path) has no sealed plan: seal one with `whorl plan seal`")
        }
        return try SealedPlan(
            bytes: FileBytes.read(planFile), envelope: FileBytes.read(sealedPlanFile),
            key: VerificationKey.load(path: publicKeyFile))
    }

    /// The probe set of the case, which must be the one that the plan names.
    func probeSet(of plan: Plan) throws -> SealedProbeSet {
        let sealed = try ProbeFile.probeSet(probeSetFile)
        guard sealed.commitment.root == plan.probes.root else {
            throw CommandError(
                .badInput,
                "\(probeSetFile) has the root \(sealed.commitment.root.abbreviated), the plan was sealed over "
                    + "\(plan.probes.root.abbreviated): it was changed after the plan; put back the file that was there then"
            )
        }
        return sealed
    }

    /// The calibration of the case, which must be the one that the plan names; nil where it names none.
    func calibration(of plan: Plan) throws -> Calibration? {
        guard let digest = plan.calibration else { return nil }
        let bytes = try FileBytes.read(calibrationFile)
        guard SHA256Digest.of(bytes) == digest else {
            throw CommandError(
                .badInput,
                "\(calibrationFile) is not the calibration that the plan was sealed over; put back the file that was there when "
                    + "the plan was sealed")
        }
        return try Calibration(json: bytes, file: calibrationFile)
    }

    /// The thresholds that a plan fixed.
    static func thresholds(of plan: Plan) throws -> AnalysisThresholds {
        try CanonicalJSON.decode(AnalysisThresholds.self, from: CanonicalJSON.encode(plan.thresholds))
    }

    /// Rule 4: who chose the probes may not report.
    private static func members(of models: [ModelIdentity], probes: SealedProbeSet) throws -> [Plan.Member] {
        let panel = try Panel(
            members: models.filter { $0.role == .panel }.compactMap { model in
                model.lineage.map { Panel.Member(model: model.name, lineage: $0) }
            })
        let chose = Set(probes.selection?.lineages ?? []).intersection(panel.lineages)
        let reporting = try PanelPartition(panel, selecting: chose).report
        if let used = Set(panel.lineages).subtracting(reporting.lineages).min() {
            throw CommandError(
                .refusedPlan, "the lineage \(used) chose the probes and may not report; take another lineage")
        }
        let owner = models.first { $0.role == .protected }?.lineage
        return try models.filter { $0.role != .protected && $0.role != .suspect }.map { model in
            guard let lineage = model.lineage else {
                throw CommandError(
                    .badInput, "the endpoint \(model.name) states no lineage; add `lineage = \"...\"` to its file")
            }
            if model.role == .panel, lineage == owner {
                throw CommandError(
                    .refusedPlan,
                    "the panel model \(model.name) is of the protected model's lineage \(lineage); give it the role sibling"
                )
            }
            return Plan.Member(name: model.name, lineage: lineage, role: model.role, purpose: .report)
        }
    }

    /// Rule 3: a gate that its panel cannot attain is refused now, not failed later.
    private static func thresholds(for models: [ModelIdentity], choices: PlanChoices) throws -> AnalysisThresholds {
        let lineages = Set(models.filter { $0.role == .panel }.compactMap(\.lineage)).count
        let redeployments = models.count { $0.role == .redeployment }
        // Normalisation against a panel needs three lineages; below that the next-token channel stands alone.
        let channels: [ComparatorIdentifier] = lineages >= 3 ? [.panelNormalisedSimilarity] : [.topLogprobDivergence]
        let suited = AnalysisThresholds.suited(
            panelLineages: lineages, redeployments: redeployments, level: choices.level, lineageChannels: channels)
        func gate(_ gate: Gate, _ definition: GateDefinition) -> GateDefinition {
            choices.excluding.contains(gate) ? GateDefinition(level: choices.level, effect: .excludes) : definition
        }
        let thresholds = AnalysisThresholds(
            sameness: gate(.sameness, suited.sameness), lineage: gate(.lineage, suited.lineage),
            student: gate(.student, suited.student), lineageChannels: channels)
        try thresholds.validate(panelLineages: lineages, redeployments: redeployments)
        return thresholds
    }
}
