internal import ContentAddressing
internal import ForensicTypes

extension BundleInspection {
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

    /// Whether the log can be asked. One that was refused says nothing, and may be long.
    var isCustodySound: Bool { !hasFailed(.custody) && !hasFailed(.canonicalForm) }

    /// Gives every act of the log, and the digest of what it was done to.
    func forEachCustodyEntry(_ visit: (_ action: String, _ object: String?) -> Void) {
        for line in TextLines(documents[BundleLayout.custody] ?? []) {
            guard let entry = try? CanonicalJSON.parse(line), let action = entry["action"]?.text else { continue }
            visit(action, entry["object"]?["digest"]?.text)
        }
    }

    /// Checkpoints and tokens that the log names and the bundle does not hold: somebody took them away before it was sealed.
    mutating func listLostAttestations() {
        guard isCustodySound else { return }
        func held(_ ending: String) -> Set<String> {
            Set(files.filter { $0.path.hasPrefix("data/") && $0.path.hasSuffix(ending) }.map(\.digest.hex))
        }
        let (notes, responses) = (held(".note"), held(".tsr"))
        var (checkpoints, stamps) = (0, 0)
        forEachCustodyEntry { action, object in
            switch action {
            case "checkpoint" where !notes.contains(object ?? ""): checkpoints += 1
            case "stamp" where !responses.contains(object ?? ""): stamps += 1
            default: break
            }
        }
        for (count, kind) in [(checkpoints, "checkpoint"), (stamps, "time stamp")] where count > 0 {
            let are = count.agreeing("is", "are")
            deviations.append("the custody log names \(count.counted(kind)) that \(are) not in the bundle")
        }
    }
}
