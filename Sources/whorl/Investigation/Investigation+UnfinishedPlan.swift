import CaseStore
import Evidence
import Foundation

extension Investigation {
    /// The plan of a run that was stopped between the register and the name of the plan.
    var draftFile: String { path + "/plan.draft.json" }

    func refuseSecondPlan() throws {
        guard !FileManager.default.fileExists(atPath: planFile) else {
            throw CommandError(.cannotWrite, "\(path) has a sealed plan already; another analysis is another case")
        }
    }

    /// A plan that stands in the register and has no name yet. Whoever asks for the same again gets it: another plan would leave
    /// it in the register as one that was never reported.
    ///
    /// - Parameter isSame: Whether a plan is the one that is asked for now, but for its time and its place in the register.
    func registeredDraft(
        key: SigningKey, endpoints: [EndpointSource], register: RegisterFile?, isSame: (Plan) throws -> Bool
    ) throws -> SealedPlan? {
        guard let register, FileManager.default.fileExists(atPath: draftFile) else { return nil }
        let bytes = try FileBytes.read(draftFile)
        let envelope = try FileBytes.read(sealedPlanFile)
        // With another key it is another plan, and the first one stays in the register.
        let sealed = try? SealedPlan(bytes: bytes, envelope: envelope, key: key.verificationKey)
        guard let draft = sealed else { return nil }
        let files = try EndpointSource.all(in: endpointsFolder).map(\.bytes)
        guard try register.read().entry(of: draft.digest) != nil, try isSame(draft.plan),
            Set(files) == Set(endpoints.map(\.bytes))
        else { return nil }
        return draft
    }

    /// Gives a plan its name. The case has everything that the plan names, and says so in its log.
    func finish(_ plan: SealedPlan, in store: CaseStore) async throws {
        let entries = await store.custody.entries
        if !entries.contains(where: { $0.action == .planSealed && $0.object?.digest == plan.digest }) {
            try await store.log(.planSealed, object: plan.digest, why: "sealed the plan before the first query")
        }
        try FileBytes.write(plan.bytes, to: planFile)
        try remove([draftFile])
        // Not before: a run that is stopped gives way to another plan, and its tokens go.
        try await log(timestamps(planStem), of: "the plan", in: store)
    }

    /// Removes what a run left that was stopped before the plan had its name, so that another can begin. The case is locked.
    func removeUnfinishedPlan() throws {
        try refuseSecondPlan()
        let tokens = try InputFolder.names(in: path).filter { name in
            name.hasPrefix("plan-") && [".tsq", ".tsr"].contains { name.hasSuffix($0) }
        }
        let files = [
            endpointsFolder, calibrationFile, probeSetFile, commitmentFile, publicKeyFile, sealedPlanFile, draftFile,
        ]
        try remove(files + tokens.map { "\(path)/\($0)" })
    }

    private func remove(_ files: [String]) throws {
        for file in files where FileManager.default.fileExists(atPath: file) {
            do {
                try FileManager.default.removeItem(atPath: file)
            } catch {
                let reason = error.localizedDescription
                throw CommandError(
                    .cannotWrite, "\(file) was left by a run that was stopped, and cannot be removed: \(reason)")
            }
        }
    }
}
