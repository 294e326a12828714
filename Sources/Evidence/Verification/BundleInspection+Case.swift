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
        let bytes = documents[BundleLayout.caseFile] ?? []
        let text = bytes.last == UInt8(ascii: "\n") ? bytes.dropLast() : bytes[...]
        // Values of JSON are compared by their bytes, and a model with a member more is another one.
        guard let description = try? CanonicalJSON.parse(text), description["v"]?.number == 1,
            description["case"] == .string(predicate.caseName), description["suspect"] == .string(predicate.suspect),
            let models = try? CanonicalJSON.value(of: tally.sortedModels), description["models"] == models,
            let protected = description["protected"]?.text, ModelIdentity.isName(protected)
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
        for line in TextLines(bytes) {
            guard line.count <= BundleLayout.maximumCustodyLine else {
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
}
