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
        let text = caseText
        // Values of JSON are compared by their bytes, and a model with a member more is another one.
        guard let description = try? CanonicalJSON.parse(text), description["v"]?.number == 1,
            description["case"] == .string(predicate.caseName), description["suspect"] == .string(predicate.suspect),
            let models = try? CanonicalJSON.value(of: tally.sortedModels), description["models"] == models,
            let protected, ModelIdentity.isName(protected)
        else { return fail(.digests, "case.json describes something else than the records and the signature") }
    }

    /// The protected model, as case.json names it.
    var protected: String? { (try? CanonicalJSON.parse(caseText))?["protected"]?.text }

    private var caseText: ArraySlice<UInt8> {
        let bytes = documents[BundleLayout.caseFile] ?? []
        return bytes.last == UInt8(ascii: "\n") ? bytes.dropLast() : bytes[...]
    }
}
