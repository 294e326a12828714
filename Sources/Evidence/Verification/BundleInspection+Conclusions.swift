internal import ContentAddressing
internal import ForensicTypes

extension BundleInspection {
    /// Reads the envelope of the collection, the first file of every bundle.
    mutating func readEnvelope(_ bytes: [UInt8]) {
        do throws(EvidenceError) {
            let envelope = try DSSEEnvelope(bytes: bytes)
            self.envelope = envelope
            var payload = envelope.payload
            if let key = trust.key {
                payload = try envelope.verifiedPayload(key: key)
                signer = key
                find(.signature, "\(key.algorithm.rawValue) signature of the pinned key \(key.identifier.hex)")
            }
            let statement = try Statement<CollectionPredicate>(payload: payload, type: .collection)
            try statement.predicate.checkNames()
            guard BundleLayout.versions.contains(statement.predicate.v) else {
                throw EvidenceError(.version, "a bundle of version \(statement.predicate.v); this build reads 1 and 2")
            }
            guard statement.predicate.crit.isEmpty else {
                let features = statement.predicate.crit.count.counted("unknown feature")
                throw EvidenceError(.version, "the bundle asks for \(features)")
            }
            guard statement.predicate.v > 1 || trust.key?.algorithm != .p256 else {
                throw EvidenceError(.signature, "a bundle of version 1 is signed with Ed25519 alone")
            }
            predicate = statement.predicate
            subjects = statement.subject
        } catch {
            fail(error, otherwise: .signature)
        }
    }

    /// The key that the bundle says signed it, where the file holds it in its one spelling.
    var signerIdentifier: Digest? {
        guard let bytes = documents[BundleLayout.signerKey],
            let key = try? VerificationKey(pem: String(decoding: bytes, as: UTF8.self)),
            key.pem.utf8.elementsEqual(bytes)
        else { return nil }
        return key.identifier
    }

    /// Checks whatever needs the whole bundle.
    mutating func conclude() {
        guard !isStopped else { return }
        find(.container, "canonical archive of \(files.count) files")
        find(.limits, "every limit kept")
        concludeDigests()
        concludeCanonicalForm()
        guard predicate != nil else { return }
        concludeVersion()
        concludeTimestamps()
        concludeSigner()
        // Where the signature failed, nothing else in the statement counts.
        guard let predicate else { return }
        concludeReview()
        concludeTree(predicate)
        concludeCheckpoints(predicate)
        concludeParts()
        concludeCase(predicate)
        concludeConnections()
        concludeServers()
        concludeCustody(predicate)
        concludePlan(predicate)
        concludeHistory(predicate)
    }

    private mutating func concludeVersion() {
        let line = "Whorl-Bundle-Version: \(version)"
        let information = String(decoding: documents[BundleLayout.information] ?? [], as: UTF8.self)
        guard information.split(separator: "\n").contains(Substring(line)) else {
            return fail(.version, "bag-info.txt states another version than \(version)")
        }
        find(.version, "version \(version), nothing critical that is unknown")
    }

    private mutating func concludeDigests() {
        let payload = files.filter { $0.path.hasPrefix("data/") }
        let manifest = BundlePayload.manifest(payload.map { ($0.path, $0.digest) })
        if documents[BundleLayout.manifest] != manifest {
            fail(.digests, "the manifest is not that of the files: \(firstDifference(payload))")
        }
        let octets = payload.reduce(0) { $0 + $1.size }
        let information = BundlePayload.information(octets: octets, files: payload.count, version: version)
        if documents[BundleLayout.information] != information {
            fail(.digests, "bag-info.txt is not that of the files")
        }
        if documents[BundleLayout.declaration] != Array(BundleLayout.declarationText.utf8) {
            fail(.digests, "bagit.txt is not that of a BagIt bag")
        }
        if let expected, expected != archiveDigest {
            fail(.digests, "the archive is not the one whose digest was given")
        }
        guard predicate != nil else { return }
        let tags = BundleLayout.tagFiles.map { name in
            Statement<CollectionPredicate>.Subject(
                name: name, sha256: files.first { $0.path == name }?.digest ?? BundleLayout.noDigest)
        }
        guard subjects == tags else { return fail(.digests, "the signed digests are not those of the three tag files") }
        find(.digests, "\(payload.count) files listed, and the list is signed")
    }

    private func firstDifference(_ payload: [(path: String, digest: Digest, size: Int)]) -> String {
        let text = String(decoding: documents[BundleLayout.manifest] ?? [], as: UTF8.self)
        let lines = Set(text.split(separator: "\n").map(String.init))
        let changed = payload.first { !lines.contains("\($0.digest.hex)  \($0.path)") }
        return changed.map { "\($0.path) is changed or unlisted" } ?? "it lists files that are not there"
    }

    private mutating func concludeCanonicalForm() {
        if let error = records.lineError { fail(error, otherwise: .canonicalForm) }
        if records.lineError == nil, !records.isEnded { fail(.canonicalForm, "records.jsonl ends inside a line") }
        let names = [BundleLayout.plan, BundleLayout.planEnvelope, BundleLayout.caseFile, BundleLayout.toolFile]
        for (path, bytes) in documents.sorted(by: { $0.key < $1.key })
        where names.contains(path) || path.hasPrefix("data/probes/") || path.hasPrefix("data/results/") {
            do throws(EvidenceError) {
                // What is signed by itself ends with no line feed.
                let isSigned = path == BundleLayout.plan || path == BundleLayout.planEnvelope
                try BundlePayload.checkDocument(bytes, name: path, mayEndLine: !isSigned)
            } catch {
                fail(error, otherwise: .canonicalForm)
            }
        }
        find(.canonicalForm, "every text in its one spelling")
    }

    private mutating func concludeTree(_ predicate: CollectionPredicate) {
        guard predicate.merkle.alg == CollectionPredicate.algorithm else {
            return fail(.version, "the tree is of an unknown kind")
        }
        guard leaves.count == predicate.merkle.size else {
            return fail(.tree, "leaves: \(leaves.count); signed: \(predicate.merkle.size)")
        }
        guard TreeHeads(leaves).root == predicate.merkle.root else {
            return fail(.tree, "the root is not the signed one")
        }
        guard records.tally.count == predicate.disclosed else {
            return fail(.tree, "records: \(records.tally.count); signed: \(predicate.disclosed)")
        }
        if let problem = records.leafProblem { return fail(.tree, problem) }
        find(.tree, "\(predicate.disclosed) of \(leaves.count.counted("record")) disclosed, all under the signed root")
    }

    private mutating func concludeParts() {
        let segments = files.map(\.path).filter { $0.hasPrefix("data/segments/") }
        if segments != segments.indices.map(BundleLayout.segment) {
            fail(.parts, "the segments are not numbered from 0 without gaps")
        }
        if let problem = records.partProblem { return fail(.parts, problem) }
        guard records.isComplete else {
            return fail(.parts, "the segments end after \(records.partCount) parts of \(records.expectedParts)")
        }
        find(.parts, "\(records.partCount) parts fit their commitments")
    }
}
