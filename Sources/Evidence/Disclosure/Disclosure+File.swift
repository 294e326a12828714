internal import ContentAddressing
internal import ForensicTypes

extension Disclosure {
    /// The file's bytes.
    public var bytes: [UInt8] {
        var members: [String: JSONValue] = [
            "v": .integer(2), "leaf": .string(leaf.hex), "index": .integer(Int64(proof.index)),
            "size": .integer(Int64(proof.size)), "path": .array(proof.path.map { .string($0.hex) }),
            "envelope": .string(String(decoding: envelope.bytes, as: UTF8.self)),
        ]
        if let line {
            members["line"] = .string(String(decoding: line, as: UTF8.self))
            members["parts"] = .array(salted.map { part in part.map { .string(Base64.encode($0)) } ?? .null })
        }
        if !certificates.isEmpty { members["certificates"] = .string(certificates) }
        if !timestamps.isEmpty {
            members["tokens"] = .array(
                timestamps.map {
                    .object([
                        "name": .string($0.authority), "query": .string(Base64.encode($0.query)),
                        "response": .string(Base64.encode($0.response)),
                    ])
                })
        }
        return CanonicalJSON.encode(.object(members))
    }

    /// Reads a file and checks it against what did not come with it.
    ///
    /// - Parameters:
    ///   - bytes: The file.
    ///   - trust: What is pinned: the signer's key, or the root of its certificates; and the roots of authorities.
    /// - Throws: `canonical`, `signature`, `certificate`, `timestamp`, `version`; `digest` if the record is not under the
    ///   signed root or a part does not fit its commitment.
    public init(bytes: [UInt8], trust: VerificationTrust) throws(EvidenceError) {
        guard let value = try? CanonicalJSON.parse(bytes) else {
            throw EvidenceError(.canonical, "the file is no canonical disclosure")
        }
        guard value["v"]?.number == 2 else { throw EvidenceError(.version, "a disclosure of an unknown version") }
        guard let leaf = value["leaf"]?.text.flatMap({ Digest(hex: $0) }), let index = value["index"]?.number,
            let size = value["size"]?.number, let path = value["path"]?.elements,
            let envelope = value["envelope"]?.text, (value["line"] == nil) == (value["parts"] == nil),
            value["line"] == nil || value["line"]?.text != nil,
            value["certificates"] == nil || value["certificates"]?.text != nil
        else { throw EvidenceError(.canonical, "the file is no canonical disclosure") }
        let siblings = path.compactMap { $0.text.flatMap { Digest(hex: $0) } }
        guard siblings.count == path.count else { throw EvidenceError(.canonical, "the path holds no digests") }
        self.init(
            leaf: leaf, line: value["line"]?.text.map { Array($0.utf8) },
            proof: InclusionProof(index: Int(index), size: Int(size), path: siblings),
            envelope: try DSSEEnvelope(bytes: Array(envelope.utf8)), certificates: value["certificates"]?.text ?? "",
            timestamps: try Self.timestamps(value["tokens"]), salted: try Self.salted(value["parts"]))
        guard self.bytes == bytes else { throw EvidenceError(.canonical, "the file has members that are not known") }
        checks = try check(trust)
    }

    private static func timestamps(_ value: JSONValue?) throws(EvidenceError) -> [StoredTimestamp] {
        guard let value else { return [] }
        let tokens = (value.elements ?? []).compactMap { element -> StoredTimestamp? in
            guard let name = element["name"]?.text, let query = element["query"]?.text.flatMap({ Base64.decode($0) }),
                let response = element["response"]?.text.flatMap({ Base64.decode($0) })
            else { return nil }
            return StoredTimestamp(authority: name, query: query, response: response)
        }
        guard tokens.count == value.elements?.count, !tokens.isEmpty else {
            throw EvidenceError(.canonical, "a token of the disclosure is not readable")
        }
        return tokens
    }

    private static func salted(_ value: JSONValue?) throws(EvidenceError) -> [[UInt8]?] {
        guard let value else { return [] }
        var salted: [[UInt8]?] = []
        for part in value.elements ?? [] {
            let bytes = part.text.flatMap { Base64.decode($0) }
            guard part == .null || bytes != nil else {
                throw EvidenceError(.canonical, "a part is not in standard base64")
            }
            salted.append(bytes)
        }
        return salted
    }

    private func check(_ trust: VerificationTrust) throws(EvidenceError) -> [Check] {
        let times = try stampedTimes(trust)
        let key = try signer(trust, stamped: times.min())
        let statement = try Statement<CollectionPredicate>(
            payload: try envelope.verifiedPayload(key: key), type: .collection)
        guard BundleLayout.versions.contains(statement.predicate.v), statement.predicate.crit.isEmpty else {
            throw EvidenceError(.version, "the statement is of an unknown version")
        }
        guard proof.size == statement.predicate.merkle.size,
            proof.verify(leafHash: leaf, root: statement.predicate.merkle.root)
        else { throw EvidenceError(.digest, "the record is not under the signed root") }
        let checks = [certificateCheck(trust, stamped: times.min()), stampCheck(trust, times: times)]
        guard let line else { return checks }
        let fields = try RecordFields(line: line)
        guard fields.sequence == proof.index, MerkleTree.leafHash(line) == leaf else {
            throw EvidenceError(.digest, "the line is not that of the record")
        }
        guard fields.parts.count == salted.count,
            zip(fields.parts, salted).allSatisfy({ field, part in
                part.map { $0.count == field.length && SHA256Digest.of($0) == field.commitment } ?? true
            })
        else { throw EvidenceError(.digest, "a part does not fit its commitment") }
        return checks
    }

    /// Nothing signs the certificates and tokens of a disclosure: they may have been taken out, and what is not there is said.
    private func certificateCheck(_ trust: VerificationTrust, stamped: Int64?) -> Check {
        if certificates.isEmpty {
            return Check(.certificate, .notChecked, "the disclosure has no certificate; trust is the pinned key's")
        }
        guard !trust.roots.isEmpty else {
            return Check(.certificate, .notChecked, "no root of certificates was pinned; trust is the pinned key's")
        }
        let time = stamped == nil ? "last record, which nobody attests" : "first stamp"
        return Check(.certificate, .passed, "it leads to a pinned root, at the time of the \(time)")
    }

    private func stampCheck(_ trust: VerificationTrust, times: [Int64]) -> Check {
        if timestamps.isEmpty {
            let reason = "the disclosure has no time stamp; no third party states when it was signed"
            return Check(.timestamp, .notChecked, reason)
        }
        guard let first = times.min() else {
            return Check(.timestamp, .notChecked, "no root of a time-stamp authority was pinned")
        }
        let count = times.count.counted("token")
        return Check(.timestamp, .passed, "\(count) under pinned roots, the earliest of \(UTC.text(first))")
    }

    /// The times of the tokens, all of which have to be valid; empty where no authority was pinned.
    private func stampedTimes(_ trust: VerificationTrust) throws(EvidenceError) -> [Int64] {
        let roots = trust.timestampRoots.isEmpty ? nil : trust.timestampRoots
        let times = try timestamps.map { timestamp throws(EvidenceError) in
            try timestamp.verified(over: envelope.bytes, roots: roots, now: trust.now).time
        }
        return roots == nil ? [] : times
    }

    private func signer(_ trust: VerificationTrust, stamped: Int64?) throws(EvidenceError) -> VerificationKey {
        let chain = certificates.isEmpty ? [] : try X509Certificate.decode(pem: certificates)
        if let leaf = chain.first {
            try CertificateRules.checkSigner(leaf)
            guard try trust.key.map({ key throws(EvidenceError) in try leaf.verificationKey() == key }) ?? true else {
                throw EvidenceError(.certificate, "the certificate is for another key than the pinned one")
            }
            if !trust.roots.isEmpty {
                // Without a token the last record's time is all there is.
                let statement = try Statement<CollectionPredicate>(payload: envelope.payload, type: .collection)
                guard let time = stamped ?? statement.predicate.lastEnd.flatMap({ Int64($0) }) else {
                    throw EvidenceError(.certificate, "nothing states a time at which the certificate should be valid")
                }
                let path = try CertificatePath(
                    from: leaf, among: Array(chain.dropFirst()), to: trust.roots, at: time / 1_000_000_000)
                guard chain.allSatisfy(path.certificates.contains) else {
                    throw EvidenceError(.certificate, "a certificate has no part in the path to the root")
                }
                return try leaf.verificationKey()
            }
        }
        guard let key = trust.key else {
            throw EvidenceError(.signature, "nothing was pinned that the signature could be checked with")
        }
        return key
    }
}
