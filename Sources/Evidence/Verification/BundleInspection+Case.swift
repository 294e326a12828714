internal import ContentAddressing
internal import ForensicTypes

extension BundleInspection {
    /// The description of the case, the tally and the signed predicate say the same.
    mutating func concludeCase(_ predicate: CollectionPredicate) {
        let tally = records.tally
        // Where lines are missing, the tree says so.
        guard tally.count == predicate.disclosed else { return }
        guard tally.outcomes == predicate.outcomes, tally.firstStart.map(String.init) == predicate.firstStart,
            tally.lastEnd.map(String.init) == predicate.lastEnd
        else { return fail(.digests, "counts or times of the records are not the signed ones") }
        guard
            let description = documents[BundleLayout.caseFile]
                .flatMap({ try? CanonicalJSON.decode(BundleCase.self, from: $0) }), description.v == 1,
            description.caseName == predicate.caseName, description.suspect == predicate.suspect,
            description.models == tally.sortedModels
        else { return fail(.digests, "case.json describes something else than the records and the signature") }
    }

    /// The custody log leads from zeros to the signed head.
    mutating func concludeCustody(_ predicate: CollectionPredicate) {
        guard let bytes = documents[BundleLayout.custody] else { return }
        var head = BundleLayout.noDigest
        var count = 0
        if let last = bytes.last, last != UInt8(ascii: "\n") {
            return fail(.canonicalForm, "the custody log ends inside a line")
        }
        for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).dropLast() {
            guard line.count <= 16_384 else {
                return fail(.limits, "line \(count) of the custody log has \(line.count) bytes; the limit is 16384")
            }
            guard let value = try? CanonicalJSON.parse(line) else {
                return fail(.canonicalForm, "line \(count) of the custody log is not canonical JSON")
            }
            guard value["n"]?.number == Int64(count), value["prev"]?.text == head.hex else {
                return fail(.custody, "line \(count) of the custody log does not follow from the one before")
            }
            head = SHA256Digest.of(line)
            count += 1
        }
        guard head == predicate.custodyHead else {
            return fail(.custody, "the head of the custody log is not the signed one")
        }
        find(.custody, "\(count) lines lead to the signed head")
    }

    /// The plan is the signed one, the pinned key sealed it, and the suspect's records were collected under it.
    mutating func concludePlan(_ predicate: CollectionPredicate) {
        let files = (documents[BundleLayout.plan], documents[BundleLayout.planEnvelope])
        guard let digest = predicate.plan else {
            if files.0 != nil || files.1 != nil { fail(.plan, "the bundle holds a plan that was not signed") }
            return
        }
        guard let bytes = files.0, let envelope = files.1 else { return fail(.plan, "the plan or its seal is missing") }
        do throws(EvidenceError) {
            let sealed = try SealedPlan(bytes: bytes, envelope: envelope, key: pinned)
            guard sealed.digest == digest else { throw EvidenceError(.plan, "the plan is not the signed one") }
            guard sealed.plan.caseName == predicate.caseName, sealed.plan.suspects.contains(predicate.suspect) else {
                throw EvidenceError(.plan, "the plan is of another case, or does not name the suspect")
            }
            let commitment = sealed.plan.probes.file
            guard self.files.contains(where: { $0.path.hasPrefix("data/probes/") && $0.digest == commitment }) else {
                throw EvidenceError(.plan, "the planned probe set is not in the bundle")
            }
            try checkRecords(against: sealed.plan, digest: digest, suspect: predicate.suspect)
            find(.plan, "sealed \(pinned == nil ? "(seal not checked)" : "by the pinned key"), digest \(digest.hex)")
        } catch {
            fail(.plan, error.message)
        }
    }

    private mutating func checkRecords(
        against plan: Plan, digest: Digest, suspect: String
    ) throws(EvidenceError) {
        var unplanned: [String: Int] = [:]
        for (model, plans) in records.plans.sorted(by: { $0.key < $1.key }) {
            for (seen, count) in plans where seen != digest {
                guard model != suspect else {
                    throw EvidenceError(.plan, "\(count) records of the suspect were collected outside the plan")
                }
                unplanned[model, default: 0] += count
            }
        }
        for (model, count) in unplanned.sorted(by: { $0.key < $1.key }) {
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
        let excessive = records.attempts.values.filter { $0 > plan.maximumAttempts }.count
        if excessive > 0 {
            deviations.append(
                "\(excessive) draws were attempted more often than the plan's \(plan.maximumAttempts) times")
        }
    }
}
