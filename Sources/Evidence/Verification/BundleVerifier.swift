public import ForensicTypes

/// Checks a bundle without trusting whoever made it.
///
/// The bundle is read once as a stream and nothing is extracted. Every check is reported, also those that were not made and
/// why. Trust comes from what the caller pins, which must not have come with the bundle. Without a pinned key or root the
/// signature is "not checked", and so is everything that rests on it.
public enum BundleVerifier {
    /// Checks a bundle against a signer's public key.
    ///
    /// - Parameters:
    ///   - path: The bundle, with its Zstandard coat or without.
    ///   - pinned: The signer's public key, from a source other than the bundle; nil leaves the signature unchecked.
    ///   - expected: The digest of the archive as a report states it; nil compares with nothing.
    /// - Returns: One check for each subject.
    /// - Throws: `inputOutput` if the file cannot be read. What is wrong with its content is a failed check.
    public static func verify(
        path: String, pinned: VerificationKey?, expected: Digest? = nil
    ) throws(EvidenceError) -> VerificationReport {
        try verify(path: path, trust: VerificationTrust(key: pinned), expected: expected)
    }

    /// Checks a bundle, its time stamps and what lies beside it.
    ///
    /// - Parameters:
    ///   - path: The bundle, with its Zstandard coat or without.
    ///   - trust: What is pinned.
    ///   - expected: The digest of the archive as a report states it; nil compares with nothing.
    /// - Returns: One check for each subject.
    /// - Throws: `inputOutput` if the file cannot be read. What is wrong with its content is a failed check.
    public static func verify(
        path: String, trust: VerificationTrust, expected: Digest? = nil
    ) throws(EvidenceError) -> VerificationReport {
        try verify(path: path, trust: trust, expected: expected, limits: BundleLimits())
    }

    /// Checks a bundle that may hold less than others.
    package static func verify(
        path: String, trust: VerificationTrust, expected: Digest?, limits: BundleLimits
    ) throws(EvidenceError) -> VerificationReport {
        let inspection = try inspect(path: path, trust: trust, expected: expected, limits: limits)
        var report = inspection.report
        guard let archive = inspection.archiveDigest else { return report }
        if let handover = handover(beside: path, archive: archive, signer: inspection.signer) {
            report.record(handover)
        }
        renew(&report, stamps: inspection.stamps, beside: path, archive: archive, trust: trust)
        return report
    }

    /// Checks the tokens beside a bundle, and whether they carry those inside past the end of their certificates.
    private static func renew(
        _ report: inout VerificationReport, stamps: [AcceptedStamp], beside path: String, archive: Digest,
        trust: VerificationTrust
    ) {
        let renewals: [AcceptedStamp]
        do throws(EvidenceError) {
            renewals = try ArchiveStamps(beside: path, archive: archive).verified(trust: trust)
        } catch {
            return report.record(Check(.renewal, .failed, error.message))
        }
        report.add(renewals)
        guard !trust.timestampRoots.isEmpty else {
            if !renewals.isEmpty {
                let reason = "\(renewals.count.counted("token")), but no root of a time-stamp authority was pinned"
                report.record(Check(.renewal, .notChecked, reason))
            }
            return
        }
        let horizon = StampRenewal.horizon(of: renewals, at: trust.now)
        let ended = stamps.filter { $0.end.map { $0 < trust.now } ?? false }
        let lost = ended.filter { $0.end.map { $0 < horizon } ?? false }
        if let first = lost.map(\.time).min(), let end = lost.compactMap(\.end).min() {
            let reason =
                "valid as of \(UTC.text(first)), not renewed: certificates of \(lost.count) of \(stamps.count.counted("stamp")) ended "
                + "by \(UTC.text(end))"
                + (renewals.isEmpty ? "" : ", and no later token carries them to \(UTC.text(trust.now))")
            report.record(Check(.renewal, .notChecked, reason))
            return report.find("the time stamps are \(reason)")
        }
        guard !renewals.isEmpty else { return }
        let words = renewals.map { "\($0.authority) at \(UTC.text($0.time))" }.joined(separator: "; ")
        let count = ended.count.counted("stamp")
        let carried = ended.isEmpty ? "" : ", to carry \(count) under certificates that have ended since"
        report.record(Check(.renewal, .passed, words + carried))
    }

    /// The check of the statements beside a bundle; nil where there are none.
    private static func handover(beside path: String, archive: Digest, signer: VerificationKey?) -> Check? {
        let folder = HandoverChain.folder(beside: path)
        do throws(EvidenceError) {
            guard try InputFolder.names(in: folder).contains(where: { $0.hasSuffix(".dsse.json") }) else { return nil }
            guard let signer else {
                return Check(.handover, .notChecked, "the chain begins with the signer's key, which was not pinned")
            }
            let chain = try HandoverChain(beside: path, archive: archive, signer: signer)
            let words = chain.statements.map { "\($0.giver.name) to \($0.receiver.name)" }
            let open = chain.isOpen ? ", the last not yet received" : ""
            let count = words.count.counted("handover")
            return Check(.handover, .passed, "\(count): \(words.joined(separator: "; "))\(open)")
        } catch {
            return Check(.handover, .failed, error.message)
        }
    }

    static func inspect(
        path: String, trust: VerificationTrust, expected: Digest?, limits: BundleLimits = BundleLimits()
    ) throws(EvidenceError) -> BundleInspection {
        var inspection = BundleInspection(trust: trust, expected: expected, limits: limits)
        do {
            try inspection.read(path)
        } catch {
            guard error.code != .inputOutput, error.code != .diskFull else { throw error }
            inspection.stop(error)
        }
        inspection.conclude()
        return inspection
    }
}
