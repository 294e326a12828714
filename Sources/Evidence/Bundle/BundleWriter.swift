internal import ContentAddressing
internal import ForensicTypes
internal import Glibc

/// Seals a case into a bundle: one signed, compressed archive that anybody can check with public tools.
///
/// With an Ed25519 key the archive is a function of the records, the contents and the key alone (a signature on P-256 draws a
/// number): no time, locale, path or directory order enters it. Everything is read back from the disk before it is signed, and
/// the whole verifies before the file gets its name.
public struct BundleWriter: Sendable {
    /// How hard the coat is compressed. The bundle's identity does not depend on it.
    public enum Compression: Sendable {
        /// No coat: a plain tape archive.
        case none
        /// Zstandard with lazy matching: a tenth larger, in a third of the time.
        case fast
        /// Zstandard with optimal parsing: within a twentieth of what `zstd -19` makes of all answers tried.
        case archive

        var coat: ZstdCoat? {
            switch self {
            case .none: nil
            case .fast: .quick
            case .archive: .tight
            }
        }
    }

    /// Asks time-stamp authorities about the exact bytes of an envelope.
    public typealias Stamping = @Sendable (_ envelope: [UInt8]) async throws -> [StoredTimestamp]

    private let key: SigningKey
    private let reviewer: SigningKey?
    private let compression: Compression
    private let width: Int
    private let limits: BundleLimits
    private let faults: SealingFaults

    /// Makes a writer that signs with a key.
    ///
    /// - Parameters:
    ///   - key: The key.
    ///   - reviewer: The key of a second person, who signs the same statement; nil leaves it at one signature.
    ///   - compression: How hard the coat is compressed.
    ///   - width: How many threads compress; 0 for one on each processor. The bytes do not depend on it.
    public init(
        key: SigningKey, reviewer: SigningKey? = nil, compression: Compression = .archive, width: Int = 0
    ) {
        self.init(key: key, reviewer: reviewer, compression: compression, width: width, faults: SealingFaults())
    }

    /// Makes a writer for whom things go wrong, or for bundles that may hold less than others.
    package init(
        key: SigningKey, reviewer: SigningKey? = nil, compression: Compression, width: Int = 0,
        limits: BundleLimits = BundleLimits(), faults: SealingFaults
    ) {
        self.key = key
        self.reviewer = reviewer
        self.compression = compression
        self.width = width > 0 ? width : max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
        self.limits = limits
        self.faults = faults
    }

    /// Writes a bundle.
    ///
    /// - Parameters:
    ///   - contents: Everything but the records.
    ///   - records: All records of the case in order, those that are withheld without their parts.
    ///   - path: The file, replaced only once the new one is whole and safe on the disk.
    ///   - stamping: Is asked for tokens over each envelope; nil leaves the bundle without.
    /// - Throws: `EvidenceError` with `contents`, `canonical` or `limit` for what cannot be sealed, or what every verifier would
    ///   refuse; `digest` if bytes changed on the way through the memory, the disk or the compressor; `diskFull`,
    ///   `inputOutput`; and what `records` throws. No file is left behind.
    public func write<Records: AsyncSequence>(
        _ contents: BundleContents, records: Records, to path: String, stamping: Stamping? = nil
    ) async throws -> BundleFacts where Records.Element == BundleRecord {
        let staged = try StagedRecords(beside: path, limits: limits, faults: faults)
        var preparation = RecordPreparation(width: width) { record throws(EvidenceError) in try staged.add(record) }
        for try await record in records { try await preparation.take(record) }
        try await preparation.finish()
        let sealed = try seal(contents, staged: staged)
        var attestations: [BundleMember] = []
        for (path, envelope) in sealed.envelopes {
            attestations.append(BundleMember(path: path, bytes: envelope.bytes))
            guard let stamping else { continue }
            let timestamps = try await stamping(envelope.bytes)
            for timestamp in timestamps { _ = try timestamp.verified(over: envelope.bytes, roots: nil, now: .max / 2) }
            attestations += BundleAttestations.members(timestamps, over: path)
        }
        return try pack(sealed, attestations: attestations, path: path)
    }

    /// What is signed, before it is packed.
    private struct Sealed {
        let predicate: CollectionPredicate
        let models: [BundleModel]
        let envelopes: [(path: String, envelope: DSSEEnvelope)]
        let members: [BundleMember]
    }

    private func seal(_ contents: BundleContents, staged: StagedRecords) throws(EvidenceError) -> Sealed {
        let tally = staged.tally
        let heads = staged.heads
        var payload = try staged.members()
        payload += try BundlePayload.members(contents, models: tally.sortedModels, key: key.verificationKey)
        payload.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
        let tags = BundlePayload.tagFiles(of: payload)
        let predicate = CollectionPredicate(
            v: BundleLayout.version, crit: [], caseName: contents.caseName, suspect: contents.suspect,
            merkle: .init(alg: CollectionPredicate.algorithm, size: heads.size, root: heads.root),
            disclosed: tally.count, outcomes: tally.outcomes, firstStart: tally.firstStart.map(String.init),
            lastEnd: tally.lastEnd.map(String.init), custodyHead: BundlePayload.custodyHead(contents.custody),
            plan: contents.plan?.digest)
        let statement = Statement(
            type: .collection, subject: tags.map { .init(name: $0.path, sha256: $0.digest) }, predicate: predicate)
        var envelopes = [(path: BundleLayout.collection, envelope: try statement.sealed(with: key))]
        if let reviewer {
            guard reviewer.verificationKey != key.verificationKey else {
                throw EvidenceError(.contents, "the reviewer has to sign with another key than the collector")
            }
            envelopes.append((BundleLayout.review, try statement.sealed(with: reviewer)))
        }
        return Sealed(
            predicate: predicate, models: tally.sortedModels, envelopes: envelopes, members: tags + payload)
    }

    private func pack(
        _ sealed: Sealed, attestations: [BundleMember], path: String
    ) throws(EvidenceError) -> BundleFacts {
        let members = (attestations + sealed.members)
            .sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
        guard members.count <= BundleLayout.maximumFiles else {
            throw EvidenceError(.limit, "\(members.count) files; the limit is \(BundleLayout.maximumFiles)")
        }
        try check(members)
        let file = try OutputFile(path: path)
        let archive = try write(members, into: file)
        try confirm(file.temporaryPath, digest: archive.digest)
        try file.finish()
        return BundleFacts(
            predicate: sealed.predicate, archive: archive.digest, archiveLength: archive.length,
            models: sealed.models, signer: key.verificationKey.identifier,
            script: members.first { $0.path == BundleLayout.script }?.digest)
    }

    private func write(
        _ members: [BundleMember], into file: OutputFile
    ) throws(EvidenceError) -> (digest: Digest, length: Int) {
        var archive = try ArchiveWriter(file: file, coat: compression.coat, width: width, faults: faults)
        try archive.write(members)
        try file.synchronise()
        return (archive.digest, archive.length)
    }

    /// Reads the file as its recipient will, before it gets its name: a bit that flipped after the records were checked was
    /// hashed and signed like any other, and only now disagrees with a leaf or a commitment.
    private func confirm(_ path: String, digest: Digest) throws(EvidenceError) {
        // Whether a token is dated after this machine's clock is for its recipient to say, whose clock may be right.
        let trust = VerificationTrust(key: key.verificationKey, now: .max / 2)
        let report = try BundleVerifier.inspect(path: path, trust: trust, expected: digest, limits: limits).report
        let damaged = report.checks.first { $0.subject.isMandatory && $0.outcome != .passed }
        guard let check = damaged else {
            let refused = report.checks.first { $0.outcome == .failed }
            guard let check = refused, !faults.keepsContradictions else { return }
            throw EvidenceError(
                .contents,
                "verifiers would refuse the bundle (\(check.subject.rawValue): \(check.detail)); nothing was sealed")
        }
        throw EvidenceError(
            .digest,
            "what was written does not verify (\(check.subject.rawValue): \(check.detail)), and was removed. Check the disk and "
                + "the memory of this machine, and seal again")
    }

    private func check(_ members: [BundleMember]) throws(EvidenceError) {
        let length = members.reduce(0) { $0 + $1.archivedLength }
        guard length <= limits.archive else {
            throw EvidenceError(.limit, "an archive of \(length) bytes; the limit is \(limits.archive)")
        }
        let documents = members.reduce(0) { $0 + (BundleLayout.isStreamed($1.path) ? 0 : $1.size) }
        guard documents <= limits.documents else {
            throw EvidenceError(
                .limit, "\(documents) bytes besides leaves, lines and segments; the limit is \(limits.documents)")
        }
    }
}

extension CollectionPredicate {
    static let algorithm = "rfc6962-sha256"
}

extension BundleFacts {
    init(
        predicate: CollectionPredicate, archive: Digest, archiveLength: Int, models: [BundleModel], signer: Digest,
        script: Digest?
    ) {
        self.init(
            caseName: predicate.caseName, suspect: predicate.suspect, archive: archive, archiveLength: archiveLength,
            root: predicate.merkle.root, records: predicate.merkle.size, disclosed: predicate.disclosed,
            outcomes: predicate.outcomes, firstStart: predicate.firstStart, lastEnd: predicate.lastEnd, models: models,
            plan: predicate.plan, custodyHead: predicate.custodyHead, signer: signer, script: script)
    }
}
