internal import ContentAddressing
internal import ForensicTypes

extension BundleInspection {
    /// The plan is the signed one, the signer sealed it, and the suspect's records were collected under it.
    mutating func concludePlan(_ predicate: CollectionPredicate) {
        let files = (documents[BundleLayout.plan], documents[BundleLayout.planEnvelope])
        guard let digest = predicate.plan else {
            let extra = documents.keys.contains { $0.hasPrefix("data/plan/") }
            if extra { fail(.plan, "the bundle holds a plan that was not signed") }
            return
        }
        guard let bytes = files.0, let envelope = files.1 else { return fail(.plan, "the plan or its seal is missing") }
        do throws(EvidenceError) {
            let sealed = try SealedPlan(bytes: bytes, envelope: envelope, key: signer)
            guard sealed.digest == digest else { throw EvidenceError(.plan, "the plan is not the signed one") }
            guard sealed.plan.caseName.utf8.elementsEqual(predicate.caseName.utf8),
                sealed.plan.suspects.contains(predicate.suspect)
            else {
                throw EvidenceError(.plan, "the plan is of another case, or does not name the suspect")
            }
            let commitment = sealed.plan.probes.file
            guard self.files.contains(where: { $0.path.hasPrefix("data/probes/") && $0.digest == commitment }) else {
                throw EvidenceError(.plan, "the planned probe set is not in the bundle")
            }
            try checkProbeSets(sealed.plan.probes.root)
            try checkRecords(against: sealed.plan, suspect: predicate.suspect)
            listDraws(sealed.plan, suspect: predicate.suspect)
            listTimes(sealed.plan)
            listResults(sealed.plan)
            find(.plan, "sealed \(signer == nil ? "(seal not checked)" : "by the signer's key"), digest \(digest.hex)")
            concludePlanStamp(sealed.plan)
            concludeRegister(sealed, digest: digest)
        } catch {
            fail(.plan, error.message)
        }
    }

    /// The probe sets that the bundle holds itself, and not their commitment alone: path and leaves.
    private var probeSets: [(path: String, leaves: [JSONValue])] {
        documents.sorted { $0.key < $1.key }.compactMap { path, bytes in
            guard path.hasPrefix("data/probes/") else { return nil }
            let text = bytes.last == UInt8(ascii: "\n") ? bytes.dropLast() : bytes[...]
            guard let value = try? CanonicalJSON.parse(text), value["format"]?.text == "whorl-probe-set",
                let leaves = value["probes"]?.elements
            else { return nil }
            return (path, leaves)
        }
    }

    /// The draws of the probe set, before the first record is read; nil where the bundle holds none.
    mutating func readPlannedDraws() -> PlannedDraws? {
        do throws(EvidenceError) {
            guard let set = probeSets.first else { return nil }
            return try PlannedDraws(leaves: set.leaves)
        } catch {
            plannedProblem = error
            return nil
        }
    }

    /// No probe set is another than the planned one.
    private func checkProbeSets(_ root: Digest) throws(EvidenceError) {
        if let plannedProblem { throw plannedProblem }
        for (path, leaves) in probeSets {
            guard MerkleTree(leaves: leaves.map { CanonicalJSON.encode($0) }).root == root else {
                throw EvidenceError(.plan, "\(path) is another probe set than the planned one")
            }
        }
    }

    private mutating func checkRecords(against plan: Plan, suspect: String) throws(EvidenceError) {
        for (model, count) in records.outsidePlan.sorted(by: { $0.key < $1.key }) {
            guard model != suspect else {
                throw EvidenceError(.plan, "\(count) records of the suspect were collected outside the plan")
            }
            deviations.append("\(count) records of \(model) were collected outside the plan")
        }
        let planned = Set([plan.protected] + plan.suspects + plan.panel.map(\.name))
        for model in records.tally.sortedModels where !planned.contains(model.name) {
            deviations.append("\(model.name) is not in the plan")
        }
        for name in ([plan.protected, suspect] + plan.panel.map(\.name)).sorted()
        where !records.tally.sortedModels.contains(where: { $0.name == name }) {
            deviations.append("\(name) is planned and has no record")
        }
        let excessive = records.draws.countAttempted(moreThan: plan.maximumAttempts)
        if excessive > 0 {
            deviations.append(
                "\(excessive) draws were attempted more often than the plan's \(plan.maximumAttempts) times")
        }
    }

    /// Draws that are missing, and records of probes or draws that were not planned.
    private mutating func listDraws(_ plan: Plan, suspect: String) {
        guard let wanted = records.draws.planned?.count else { return }
        let planned = Set([plan.protected, suspect] + plan.panel.map(\.name))
        let answered = records.draws.answeredDraws()
        for model in records.tally.sortedModels where planned.contains(model.name) {
            let missing = wanted - (answered[model.name] ?? 0)
            if missing > 0 {
                deviations.append("\(model.name): \(missing) of \(wanted) planned draws have no answer")
            }
        }
        for (model, count) in records.draws.unplanned.sorted(by: { $0.key < $1.key }) {
            deviations.append("\(model): \(count) records are of probes or draws that were not planned")
        }
    }

    /// Records from before the plan, and a collection that did not end.
    private mutating func listTimes(_ plan: Plan) {
        let written = Int64(plan.writtenAt) ?? 0
        let early = records.exchanges.count { $0.isOfWire && $0.started < written }
        if early > 0 { deviations.append("\(early) records began before the plan was written") }
        let actions = (documents[BundleLayout.custody] ?? []).split(separator: UInt8(ascii: "\n"))
            .compactMap { (try? CanonicalJSON.parse($0))?["action"]?.text }
            .filter { ["collect_start", "resume", "pause", "collect_end"].contains($0) }
        if let last = actions.last, last != "collect_end" {
            deviations.append("the collection did not end: its last entry in the custody log is \(last)")
        }
    }

    /// Results that were reached with other thresholds or other comparators than the planned ones.
    private mutating func listResults(_ plan: Plan) {
        for (path, bytes) in documents.sorted(by: { $0.key < $1.key }) where path.hasPrefix("data/results/") {
            let text = bytes.last == UInt8(ascii: "\n") ? bytes.dropLast() : bytes[...]
            guard let value = try? CanonicalJSON.parse(text) else { continue }
            for gate in value["verdict"]?["gates"]?.elements ?? [] {
                guard let name = gate["gate"]?.text, let level = gate["level"]?.text else { continue }
                let planned = plan.thresholds[name]?["level"]?.text
                if planned != level {
                    let words = planned ?? "nothing of it"
                    deviations.append("\(path): the gate \(name) was decided at level \(level); the plan says \(words)")
                }
            }
            let comparators = Set((value["suspect"]?["scores"]?.elements ?? []).compactMap { $0["comparator"]?.text })
            for comparator in comparators.subtracting(plan.comparators).sorted() {
                deviations.append("\(path): the comparator \(comparator) is not in the plan")
            }
        }
    }

    /// The register is a chain that holds the plan at the place that it states, and is the beginning of the pinned one.
    private mutating func concludeRegister(_ sealed: SealedPlan, digest: Digest) {
        guard let bytes = documents[BundleLayout.register] else {
            if sealed.plan.register != nil {
                fail(.register, "the plan states a place in a register, and the bundle has none")
            } else if trust.register != nil {
                fail(.register, "a register is pinned, and the plan states no place in one")
            }
            return
        }
        do throws(EvidenceError) {
            var register = try PlanRegister(bytes: bytes)
            guard let entry = register.entry(of: digest), let place = sealed.plan.register,
                place == Plan.RegisterPlace(n: entry.n, prev: entry.prev)
            else { throw EvidenceError(.plan, "the plan is not in the register at the place that it states") }
            if let newer = trust.register {
                guard newer.bytes.starts(with: bytes) else {
                    throw EvidenceError(
                        .plan,
                        bytes.starts(with: newer.bytes)
                            ? "the pinned register is an older copy: the bundle's goes on from it"
                            : "the register is not the beginning of the pinned one")
                }
                register = newer
            }
            let open = register.unreported(besides: digest)
            for other in open {
                let place = other.caseDigest == entry.caseDigest ? "of this case" : "of another case"
                deviations.append("plan \(other.n) of the register, \(place), was never reported (\(other.plan.hex))")
            }
            let plans = register.entries.count { $0.action == .planned }
            find(.register, "\(plans) plans, \(open.count) of the others never reported")
        } catch {
            fail(.register, error.message)
        }
    }
}
