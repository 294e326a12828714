internal import ContentAddressing
internal import ForensicTypes

/// The state of one verification: what has been read, and what was found wrong.
struct BundleInspection {
    let trust: VerificationTrust
    let expected: Digest?
    private let limits: BundleLimits
    /// The key that signed, by trust: pinned, or certified under a pinned root.
    var signer: VerificationKey?

    /// The first thing found wrong with each subject.
    private var failures: [Check.Subject: String] = [:]
    /// What was looked at, with the numbers behind it.
    private var findings: [Check.Subject: String] = [:]
    private var stopped: String?
    private var archive = ArchiveMeasure()
    var deviations: [String] = []
    var remarks: [String] = []
    /// When the earliest valid token over an envelope was made, in nanoseconds since 1970.
    var stampedTime: Int64?
    /// The tokens that no check refused.
    var stamps: [AcceptedStamp] = []
    /// Why a subject could not be looked at, where it is not the usual reason.
    var reasons: [Check.Subject: String] = [:]
    /// Why the draws of the plan are not known, though the bundle holds a probe set.
    var plannedProblem: EvidenceError?

    /// Every file with its digest, in order.
    var files: [(path: String, digest: Digest, size: Int)] = []
    /// The files that are read whole.
    var documents: [String: [UInt8]] = [:]
    var predicate: CollectionPredicate?
    var envelope: DSSEEnvelope?
    var subjects: [Statement<CollectionPredicate>.Subject] = []
    private var leafList = LeafList()
    /// How many bytes of files are held in memory.
    private var documentBytes = 0
    var records: RecordInspection

    init(trust: VerificationTrust, expected: Digest?, limits: BundleLimits) {
        self.limits = limits
        records = RecordInspection(limits: limits)
        self.trust = trust
        self.expected = expected
    }

    /// The leaf hashes of the case.
    var leaves: [Digest] { leafList.hashes }

    /// The version of the layout: that of the statement, which is the first file.
    var version: Int { predicate?.v ?? BundleLayout.version }

    /// Notes that a subject does not hold. The first reason stands.
    mutating func fail(_ subject: Check.Subject, _ reason: String) {
        if failures[subject] == nil { failures[subject] = reason }
    }

    /// Whether something was found wrong with a subject.
    func hasFailed(_ subject: Check.Subject) -> Bool { failures[subject] != nil }

    /// Notes that a subject was looked at to its end.
    mutating func find(_ subject: Check.Subject, _ detail: String) { findings[subject] = detail }

    /// Fails a subject with an error's message.
    mutating func fail(_ error: EvidenceError, otherwise subject: Check.Subject) {
        fail(Self.subject(of: error.code) ?? subject, error.message)
    }

    /// Notes that reading ended early.
    mutating func stop(_ error: EvidenceError) {
        fail(Self.subject(of: error.code) ?? .container, error.message)
        stopped = "the bundle could not be read to its end"
    }

    var isStopped: Bool { stopped != nil }

    private static func subject(of code: EvidenceError.Code) -> Check.Subject? {
        switch code {
        case .container: .container
        case .limit: .limits
        case .canonical: .canonicalForm
        case .signature, .key: .signature
        case .certificate: .certificate
        case .timestamp: .timestamp
        case .digest, .contents: .digests
        case .custody: .custody
        case .plan: .plan
        case .version: .version
        case .inputOutput, .diskFull, .exists: nil
        }
    }

    /// Reads the archive, dispatching each file as it comes.
    mutating func read(_ path: String) throws(EvidenceError) {
        var reader = UstarReader(stream: try ArchiveStream(path: path))
        while let header = try reader.nextMember() {
            guard BundleLayout.isAllowed(header.path, version: version) else {
                throw EvidenceError(.container, "a file outside the layout after \(files.last?.path ?? "the start")")
            }
            guard files.count < BundleLayout.maximumFiles else {
                throw EvidenceError(.limit, "more than \(BundleLayout.maximumFiles) files")
            }
            guard header.size <= limits.archive - reader.length else {
                throw EvidenceError(.limit, "an archive of more than \(limits.archive) bytes")
            }
            try read(header, from: &reader)
        }
        archive = ArchiveMeasure(digest: reader.digest, length: reader.length)
        let missing = BundleLayout.required.filter { name in !files.contains { $0.path == name } }
        guard missing.isEmpty else {
            throw EvidenceError(.container, "the bundle lacks \(missing.joined(separator: ", "))")
        }
    }

    private mutating func read(_ header: UstarHeader, from reader: inout UstarReader) throws(EvidenceError) {
        var hasher = SHA256Hasher()
        let isStreamed = BundleLayout.isStreamed(header.path)
        let limit = limit(of: header.path)
        guard header.size <= limit else {
            throw EvidenceError(.limit, "\(header.path) has \(header.size) bytes; the limit is \(limit)")
        }
        var whole: [UInt8] = []
        try begin(header)
        while true {
            let piece = try reader.read()
            if piece.isEmpty { break }
            hasher.update(piece)
            switch header.path {
            case BundleLayout.leaves: leafList.read(piece)
            case BundleLayout.records: records.readLines(piece, leaves: leafList.hashes)
            case _ where isStreamed: records.readParts(piece)
            default: whole += piece
            }
        }
        files.append((header.path, hasher.finalize(), header.size))
        switch header.path {
        case BundleLayout.collection: readEnvelope(whole)
        case BundleLayout.leaves: if let problem = leafList.problem { fail(.canonicalForm, problem) }
        case BundleLayout.records: records.finishLines()
        default: if !isStreamed { documents[header.path] = whole }
        }
    }

    /// Prepares for a file. Those that records are held against come before them.
    private mutating func begin(_ header: UstarHeader) throws(EvidenceError) {
        switch header.path {
        case BundleLayout.leaves: leafList.begin(length: header.size)
        case BundleLayout.records:
            records = RecordInspection(
                limits: limits, expecting: predicate?.disclosed ?? 0, plan: predicate?.plan, planned: readPlannedDraws()
            )
        case _ where BundleLayout.isStreamed(header.path): break
        default:
            documentBytes += header.size
            guard documentBytes <= limits.documents else {
                throw EvidenceError(
                    .limit, "the files that are read whole have more than \(limits.documents) bytes")
            }
        }
    }

    private func limit(of path: String) -> Int {
        switch path {
        case BundleLayout.records: UstarHeader.maximumSize
        case BundleLayout.leaves: limits.records * LeafList.lineLength
        case BundleLayout.collection, BundleLayout.review, BundleLayout.planEnvelope: DSSEEnvelope.maximumLength
        case _ where path.hasPrefix("data/keys/"): BundleLayout.maximumAttestation
        case _ where BundleLayout.isAttestation(path): BundleLayout.maximumAttestation
        case _ where path.hasPrefix("data/segments/"): BundleLayout.maximumSegment
        default: BundleLayout.maximumDocument
        }
    }

    /// The report, after `conclude`.
    var report: VerificationReport {
        let checks = Check.Subject.allCases.map { subject -> Check in
            if let reason = failures[subject] { return Check(subject, .failed, reason) }
            if let detail = findings[subject] { return Check(subject, .passed, detail) }
            return Check(subject, .notChecked, stopped ?? reasons[subject] ?? Self.reasonNotChecked(subject))
        }
        var facts: BundleFacts?
        if let predicate, let archiveDigest = archive.digest {
            facts = BundleFacts(
                predicate: predicate, archive: archiveDigest, archiveLength: archive.length,
                models: records.tally.sortedModels, signer: signerIdentifier ?? BundleLayout.noDigest,
                script: files.first { $0.path == BundleLayout.script }?.digest)
        }
        return VerificationReport(
            checks: checks, facts: facts, deviations: deviations, findings: remarks, attestations: attestations(checks))
    }

    private static func reasonNotChecked(_ subject: Check.Subject) -> String {
        switch subject {
        case .signature: "nothing was pinned: give the signer's public key, or the root of its certificates"
        case .reviewer: "the bundle has no second signature"
        case .certificate: "the bundle has no certificate; trust is the pinned key's"
        case .timestamp: "the bundle has no time stamp; no third party states when it was made"
        case .checkpoints: "the bundle has no checkpoints"
        case .connections: "the bundle has no certificates of endpoints"
        case .serverIdentity: "no record says that a server's certificates were verified"
        case .plan: "the bundle has no plan"
        case .planStamp: "the plan has no time stamp; no third party states when it was sealed"
        case .register: "the bundle has no register of plans"
        case .history: "no checkpoint or bundle that was kept elsewhere was shown"
        case .handover: "no statement about a handover lies beside the bundle"
        case .renewal: "no token over the archive lies beside it"
        case .analysis: "the analysis was not repeated"
        default: "it rests on something that failed or was not checked"
        }
    }

    /// The digest of the archive, if it was read to its end.
    var archiveDigest: Digest? { archive.digest }
}

/// The archive as a whole, once it has been read to its end.
private struct ArchiveMeasure {
    var digest: Digest?
    var length = 0
}
