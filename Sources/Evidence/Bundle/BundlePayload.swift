internal import ContentAddressing
internal import ForensicTypes

/// The files of a bundle that are held in memory: everything but records and segments.
enum BundlePayload {
    /// The payload files besides the records.
    ///
    /// - Throws: `contents` for a name outside the layout or given twice, `canonical` for a document in another form.
    static func members(
        _ contents: BundleContents, models: [BundleModel], key: VerificationKey
    ) throws(EvidenceError) -> [BundleMember] {
        guard ModelIdentity.isName(contents.suspect), ModelIdentity.isName(contents.protected) else {
            throw EvidenceError(
                .contents, "the suspect and the protected model need names of printable ASCII, no blank first or last")
        }
        guard Checkpoint.isCaseName(contents.caseName) else {
            throw EvidenceError(.contents, "the case's name holds a control character")
        }
        let description = BundleCase(
            v: 1, caseName: contents.caseName, protected: contents.protected, suspect: contents.suspect, models: models)
        var members = [
            BundleMember(path: BundleLayout.caseFile, bytes: try encode(description)),
            BundleMember(path: BundleLayout.toolFile, bytes: try encode(contents.tool)),
            BundleMember(path: BundleLayout.signerKey, bytes: Array(key.pem.utf8)),
            BundleMember(path: BundleLayout.custody, bytes: contents.custody.flatMap { $0 + [UInt8(ascii: "\n")] }),
            BundleMember(path: BundleLayout.guide, bytes: Array(VerificationScript.guide.utf8)),
            BundleMember(path: BundleLayout.script, bytes: Array(VerificationScript.text.utf8)),
        ]
        if let plan = contents.plan {
            guard plan.plan.caseName.utf8.elementsEqual(contents.caseName.utf8) else {
                throw EvidenceError(.contents, "the plan belongs to the case \(plan.plan.caseName)")
            }
            guard plan.plan.suspects.contains(contents.suspect), plan.plan.protected == contents.protected else {
                throw EvidenceError(.contents, "the plan does not name \(contents.suspect) as a suspect")
            }
            guard contents.probes.contains(where: { SHA256Digest.of($0.bytes) == plan.plan.probes.file }) else {
                throw EvidenceError(.contents, "the file that the plan names as its probe set is not among the probes")
            }
            members.append(BundleMember(path: BundleLayout.plan, bytes: plan.bytes))
            members.append(BundleMember(path: BundleLayout.planEnvelope, bytes: plan.envelope.bytes))
        }
        for (folder, documents) in [("data/probes/", contents.probes), ("data/results/", contents.results)] {
            for document in documents {
                let path = folder + document.name
                guard path.hasSuffix(".json"), BundleLayout.isAllowed(path, version: BundleLayout.version) else {
                    throw EvidenceError(.contents, "\(document.name) is not a file name that a bundle may hold")
                }
                try checkDocument(document.bytes, name: document.name)
                members.append(BundleMember(path: folder + document.name, bytes: document.bytes))
            }
        }
        let aboutPlan = !contents.attestations.planTimestamps.isEmpty || contents.attestations.register != nil
        if contents.plan == nil, aboutPlan {
            throw EvidenceError(.contents, "tokens over a plan, or a register, without a plan")
        }
        members += try contents.attestations.members(signer: key)
        guard Set(members.map(\.path)).count == members.count else {
            throw EvidenceError(.contents, "two files have one name")
        }
        return members
    }

    /// The three files at the top, which are signed and cover the payload.
    static func tagFiles(of payload: [BundleMember]) -> [BundleMember] {
        let files = payload.map { (path: $0.path, digest: $0.digest) }
        let octets = payload.reduce(0) { $0 + $1.size }
        let facts = information(octets: octets, files: payload.count, version: BundleLayout.version)
        return [
            BundleMember(path: BundleLayout.information, bytes: facts),
            BundleMember(path: BundleLayout.declaration, bytes: Array(BundleLayout.declarationText.utf8)),
            BundleMember(path: BundleLayout.manifest, bytes: manifest(files)),
        ]
    }

    static func information(octets: Int, files: Int, version: Int) -> [UInt8] {
        Array("Payload-Oxum: \(octets).\(files)\nWhorl-Bundle-Version: \(version)\n".utf8)
    }

    static func manifest(_ files: [(path: String, digest: Digest)]) -> [UInt8] {
        files.flatMap { Array("\($0.digest.hex)  \($0.path)\n".utf8) }
    }

    /// SHA-256 of the last line; zeros for an empty log.
    static func custodyHead(_ lines: [[UInt8]]) -> Digest {
        lines.last.map { SHA256Digest.of($0) } ?? BundleLayout.noDigest
    }

    /// Checks that a document is canonical JSON, at the end one line feed or none, or none at all.
    static func checkDocument(_ bytes: [UInt8], name: String, mayEndLine: Bool = true) throws(EvidenceError) {
        let text = mayEndLine && bytes.last == UInt8(ascii: "\n") ? bytes.dropLast() : bytes[...]
        do {
            _ = try CanonicalJSON.parse(text)
        } catch {
            throw EvidenceError(.canonical, "\(name) is not canonical JSON: \(error.message)")
        }
    }

    private static func encode(_ value: some Encodable) throws(EvidenceError) -> [UInt8] {
        do {
            return try CanonicalJSON.encode(value)
        } catch {
            throw EvidenceError(.canonical, "a name has no canonical form: \(error.message)")
        }
    }
}

extension BundleLayout {
    /// Thirty-two zero bytes: where a chain begins.
    static let noDigest = Digest(bytes: [UInt8](repeating: 0, count: 32)) ?? SHA256Digest.of([])
}
