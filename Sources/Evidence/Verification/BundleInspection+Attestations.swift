internal import ForensicTypes

extension BundleInspection {
    /// Who signed, who attested what and when, and what nobody attests.
    ///
    /// - Parameter checks: What was found.
    func attestations(_ checks: [Check]) -> Attestations {
        func outcome(_ subject: Check.Subject) -> Check.Outcome {
            checks.first { $0.subject == subject }?.outcome ?? .notChecked
        }
        var signers: [Attestations.Signer] = []
        if let key = signerIdentifier {
            signers.append(
                .init(
                    role: .collector, key: key, outcome: outcome(.signature),
                    certificate: signerCertificate(outcome(.certificate))))
        }
        if let reviewer = documents[BundleLayout.review].flatMap({ try? DSSEEnvelope(bytes: $0) }),
            let key = Digest(hex: reviewer.keyIdentifier)
        {
            signers.append(.init(role: .reviewer, key: key, outcome: outcome(.reviewer), certificate: nil))
        }
        return Attestations(
            clock: UTC.text(trust.now), clockIsStated: trust.clockIsStated, signers: signers,
            stamps: stamps.map(\.stamp), notAttested: predicate.map(unattested) ?? [])
    }

    private func signerCertificate(_ outcome: Check.Outcome) -> Attestations.Signer.Certificate? {
        guard
            let leaf = documents[BundleLayout.signerCertificate]
                .flatMap({ try? X509Certificate.decode(pem: String(decoding: $0, as: UTF8.self)) })?.first
        else { return nil }
        return .init(
            subject: leaf.subject, issuer: leaf.issuer, notBefore: UTC.text(seconds: leaf.notBefore),
            notAfter: UTC.text(seconds: leaf.notAfter), outcome: outcome)
    }

    private func unattested(_ predicate: CollectionPredicate) -> [String] {
        let believed = Set(stamps.filter { $0.end != nil }.map(\.object))
        var words: [String] = []
        if documents[BundleLayout.signerCertificate] == nil {
            words.append(
                "who holds the collector's key: the bundle has no certificate, so whoever pins the key has to know")
        }
        if documents[BundleLayout.review] == nil { words.append("that a second person saw it: there is one signature") }
        if !believed.contains(BundleLayout.collection) {
            words.append("when the bundle was signed: no time stamp of a pinned authority is over the signature")
        }
        if predicate.plan != nil, !believed.contains(BundleLayout.planEnvelope) {
            words.append("when the plan was sealed: no time stamp of a pinned authority is over its seal")
        }
        let notes = documents.filter { $0.key.hasSuffix(".note") && believed.contains($0.key) }
        let covered = notes.values.compactMap { try? Checkpoint(note: $0).size }.max() ?? 0
        if covered < leaves.count {
            words.append(
                "when records were made: \(leaves.count - covered) of \(leaves.count) lie under no stamped checkpoint, so "
                    + "their times are the collector's word")
        }
        words.append("that the servers sent what was recorded: the transport lets no third party verify that")
        return words
    }
}
