internal import Evidence
internal import ForensicTypes

/// The files that tokens are over, as the bundle's format names them.
enum StampedObject {
    static let collection = "attest/collection.dsse.json"
    static let plan = "data/plan/plan.dsse.json"

    /// What a file is to a reader.
    static func words(_ path: String) -> String {
        switch path {
        case collection: "the collector's signature over the bundle"
        case "attest/collection.reviewer.dsse.json": "the second person's signature"
        case plan: "the seal of the plan"
        case "bundle.tar": "the whole archive, afterwards"
        default: path.hasSuffix(".renewal") ? "the earlier time stamps, afterwards (\(path))" : path
        }
    }
}

extension HTMLReport {
    /// Whose keys signed, and who says whose they are.
    var signers: [Markup] {
        guard let signers = content.attestations?.signers, !signers.isEmpty else { return [] }
        return [
            .element("h3", text: "Who signed"),
            table(
                ["part", "signature", "key (SHA-256)", "holder, by certificate", "issued by", "valid"],
                signers.map { signer in
                    let certificate = signer.certificate
                    return [
                        cell(signer.role == .collector ? "collector" : "second person"), outcome(signer.outcome),
                        code(signer.key.hex), cell(certificate?.subject ?? "no certificate"),
                        cell(certificate.map { $0.issuer + (Self.remark($0.outcome)) } ?? "–"),
                        cell(certificate.map { "\($0.notBefore) to \($0.notAfter)" } ?? "–"),
                    ]
                }),
            note(
                "A certificate says by its issuer's word whose key it is. It counts as far as its issuer is believed; a holder "
                    + "without a root that was pinned is a claim."),
        ]
    }

    private static func remark(_ outcome: Check.Outcome) -> String {
        switch outcome {
        case .passed: " (pinned root)"
        case .failed: " (REFUSED)"
        case .notChecked: " (not checked)"
        }
    }

    /// Which authority attested what, and when.
    var stamps: [Markup] {
        guard let stamps = content.attestations?.stamps else { return [] }
        guard !stamps.isEmpty else {
            return [.element("h3", text: "Who attests when")]
                + paragraphs(["No time stamp of a third party was accepted."])
        }
        let notes = stamps.filter { $0.object.hasSuffix(".note") }
        let rows = stamps.filter { !$0.object.hasSuffix(".note") }.map { stamp in
            row(StampedObject.words(stamp.object), stamp, time: stamp.time)
        }
        // Checkpoints can be thousands: one row for each authority.
        let grouped = Dictionary(grouping: notes) { [$0.authority, $0.outcome.rawValue] }.sorted {
            $0.key.lexicographicallyPrecedes($1.key)
        }
        let checkpoints = grouped.compactMap { _, notes -> [Markup]? in
            guard let first = notes.min(by: { $0.time < $1.time }), let last = notes.max(by: { $0.time < $1.time })
            else {
                return nil
            }
            let object = "\(notes.count.counted("checkpoint")) of the collection"
            return row(object, first, time: first.time == last.time ? first.time : "\(first.time) to \(last.time)")
        }
        return [
            .element("h3", text: "Who attests when"),
            table(
                ["what existed", "at the latest at", "by the word of", "its certificates end", "authority"],
                rows + checkpoints),
            note(
                "A time stamp says that something existed at a time, not that it is true, and not how long it had existed. It counts "
                    + "at the time that it states. Where certificates have ended, the checks below say whether a later stamp carries it."
            ),
        ]
    }

    private func row(_ object: String, _ stamp: Attestations.Stamp, time: String) -> [Markup] {
        [
            cell(object), cell(time), cell(stamp.authority), cell(stamp.certificatesEnd ?? "unknown"),
            .element(
                "td", [.constant("class", stamp.outcome == .passed ? "passed" : "open")],
                text: stamp.outcome == .passed ? "accepted" : "not checked"),
        ]
    }

    /// What nobody answers for.
    var notAttested: [Markup] {
        guard let attestations = content.attestations, !attestations.notAttested.isEmpty else { return [] }
        let clock =
            attestations.clockIsStated
            ? "The verifier was told to stand at \(attestations.clock)."
            : "The verifier's clock stood at \(attestations.clock)."
        return [
            .element("h3", text: "What nobody attests"), list(attestations.notAttested.map { $0 + "." }), note(clock),
        ]
    }
}
