internal import ContentAddressing
internal import ForensicTypes

extension BundleInspection {
    /// The plan is the signed one, the signer sealed it, and the suspect's records were collected under it.
    mutating func concludePlan(_ predicate: CollectionPredicate) {
        let files = (documents[BundleLayout.plan], documents[BundleLayout.planEnvelope])
        guard let digest = predicate.plan else {
            if trust.register != nil { fail(.register, "a register is pinned, and the bundle has no plan") }
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
            guard protected == sealed.plan.protected else {
                throw EvidenceError(.plan, "case.json names another protected model than the plan")
            }
            let commitment = sealed.plan.probes.file
            guard self.files.contains(where: { $0.path.hasPrefix("data/probes/") && $0.digest == commitment }) else {
                throw EvidenceError(.plan, "the planned probe set is not in the bundle")
            }
            try checkProbeSets(sealed.plan.probes.root)
            try checkRecords(against: sealed.plan, suspect: predicate.suspect)
            listMembers(sealed.plan)
            listWithheld(sealed.plan, predicate)
            listDraws(sealed.plan, suspect: predicate.suspect)
            listTimes(sealed.plan)
            listLostAttestations()
            listCalibration(sealed.plan)
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
                let were = "\(count.agreeing("was", "were")) collected outside the plan"
                throw EvidenceError(.plan, "\(count.counted("record")) of the suspect \(were)")
            }
            let were = "\(count.agreeing("was", "were")) collected outside the plan"
            deviations.append("\(count.counted("record")) of \(model) \(were)")
        }
        for (model, count) in records.imported.sorted(by: { $0.key < $1.key }) {
            let were = "\(count.agreeing("was", "were")) imported, not collected"
            deviations.append("\(count.counted("record")) of \(model) \(were)")
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
                "\(excessive.counted("draw")) \(excessive.agreeing("was", "were")) attempted more often than the plan's "
                    + "\(plan.maximumAttempts.counted("time"))")
        }
    }

    /// Models that are recorded as something else than what the plan has them for.
    private mutating func listMembers(_ plan: Plan) {
        var roles = [plan.protected: ModelRole.protected]
        for suspect in plan.suspects { roles[suspect] = .suspect }
        for member in plan.panel { roles[member.name] = member.role }
        let lineages = Dictionary(plan.panel.map { ($0.name, $0.lineage.name) }) { first, _ in first }
        for model in records.tally.sortedModels {
            if let role = roles[model.name]?.rawValue, role != model.role {
                deviations.append("\(model.name) is recorded as \(model.role); the plan has it as \(role)")
            }
            // By bytes: Swift would call two spellings of one accented letter equal.
            if let lineage = lineages[model.name], lineage.utf8.map(\.self) != model.lineage?.utf8.map(\.self) {
                let recorded = model.lineage.map { "the lineage \($0)" } ?? "no lineage"
                deviations.append("\(model.name) is recorded with \(recorded); the plan says \(lineage)")
            }
        }
    }

    /// Records that the bundle has as leaves alone: what is withheld may be answers that were not liked.
    private mutating func listWithheld(_ plan: Plan, _ predicate: CollectionPredicate) {
        let withheld = predicate.merkle.size - predicate.disclosed
        guard withheld > 0 else { return }
        let what = "\(withheld.counted("record")) of the case \(withheld.agreeing("is", "are")) withheld"
        let others = plan.suspects.count - 1
        if others > 0 {
            remarks.append("\(what); the plan names \(others.counted("other suspect"))")
        } else {
            deviations.append("\(what), though the plan names no other suspect")
        }
    }

    /// Draws that are missing or were asked again, and records of probes or draws that were not planned.
    private mutating func listDraws(_ plan: Plan, suspect: String) {
        guard let wanted = records.draws.planned?.count else {
            return deviations.append(
                "which draws were planned is not known: the bundle holds the commitment to the probes, and not the probes"
            )
        }
        let planned = Set([plan.protected, suspect] + plan.panel.map(\.name))
        let answered = records.draws.answeredDraws()
        for model in records.tally.sortedModels where planned.contains(model.name) {
            let (once, again) = answered[model.name] ?? (0, 0)
            let missing = wanted - once
            if missing > 0 {
                let have = missing.agreeing("has", "have")
                deviations.append("\(model.name): \(missing) of \(wanted.counted("planned draw")) \(have) no answer")
            }
            if again > 0 {
                let has = again.agreeing("has", "have")
                deviations.append("\(model.name): \(again.counted("planned draw")) \(has) more than one answer")
            }
        }
        for (model, count) in records.draws.unplanned.sorted(by: { $0.key < $1.key }) {
            let kind = count.agreeing("is of a probe or draw", "are of probes or draws")
            let words = "\(count.counted("record")) \(kind) that \(count.agreeing("was", "were")) not planned"
            deviations.append("\(model): \(words)")
        }
    }

    /// Records from before the plan, and a collection that did not end.
    private mutating func listTimes(_ plan: Plan) {
        let written = Int64(plan.writtenAt) ?? 0
        let early = records.exchanges.count { $0.isOfWire && $0.started < written }
        if early > 0 { deviations.append("\(early.counted("record")) began before the plan was written") }
        guard isCustodySound, records.exchanges.contains(where: \.isOfWire) else { return }
        var last: String?
        forEachCustodyEntry { action, _ in
            if ["collect_start", "resume", "pause", "collect_end"].contains(action) { last = action }
        }
        switch last {
        case "collect_end": break
        case let last?: deviations.append("the collection did not end: its last entry in the custody log is \(last)")
        case nil: deviations.append("the custody log has no entry about the collection, neither its begin nor its end")
        }
    }

    /// The calibration that was planned is the one that the bundle holds.
    private mutating func listCalibration(_ plan: Plan) {
        let held = files.first { $0.path == BundleLayout.calibration }?.digest
        switch (plan.calibration, held) {
        case (let planned?, let held?) where planned != held:
            deviations.append("\(BundleLayout.calibration) is another calibration than the planned one")
        case (.some, nil): deviations.append("the calibration that the plan names is not in the bundle")
        case (nil, .some): deviations.append("the bundle holds a calibration; the plan names none")
        default: break
        }
    }

    /// Results that were reached with other thresholds or other comparators than the planned ones.
    private mutating func listResults(_ plan: Plan) {
        for (path, bytes) in documents.sorted(by: { $0.key < $1.key }) where path.hasPrefix("data/results/") {
            let text = bytes.last == UInt8(ascii: "\n") ? bytes.dropLast() : bytes[...]
            guard let value = try? CanonicalJSON.parse(text) else { continue }
            for gate in value["verdict"]?["gates"]?.elements ?? [] { listGate(gate, of: path, plan) }
            let comparators = Set((value["suspect"]?["scores"]?.elements ?? []).compactMap { $0["comparator"]?.text })
            for comparator in comparators.subtracting(plan.comparators).sorted() {
                deviations.append("\(path): the comparator \(comparator) is not in the plan")
            }
        }
    }

    /// A gate that was decided otherwise than planned.
    private mutating func listGate(_ gate: JSONValue, of path: String, _ plan: Plan) {
        guard let name = gate["gate"]?.text else { return }
        let planned = plan.thresholds[name]
        let level = gate["level"]?.text
        let isDecided = gate["outcome"]?.text != "not_tested"
        if planned?["level"]?.text != level, level != nil || isDecided {
            let words = level.map { "at level \($0)" } ?? "without a level"
            let meant = planned?["level"]?.text ?? "nothing of it"
            deviations.append("\(path): the gate \(name) was decided \(words); the plan says \(meant)")
        }
        if planned?["effect"]?.text == "ratio_only", gate["outcome"]?.text == "rejected" {
            deviations.append("\(path): the gate \(name) excludes; the plan lets it give a ratio only")
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
                let reported = newer.bundles(of: digest)
                if let archiveDigest, !reported.isEmpty, !reported.contains(archiveDigest) {
                    let others = reported.count.counted("other bundle")
                    deviations.append("the pinned register names \(others) under the plan, and not this one")
                }
                register = newer
            }
            let open = register.unreported(besides: digest)
            for other in open {
                let place = other.caseDigest == entry.caseDigest ? "of this case" : "of another case"
                deviations.append("plan \(other.n) of the register, \(place), was never reported (\(other.plan.hex))")
            }
            let plans = register.entries.count { $0.action == .planned }
            find(.register, "\(plans.counted("plan")), \(open.count) of the others never reported")
        } catch {
            fail(.register, error.message)
        }
    }
}
