internal import ContentAddressing
public import ForensicTypes

/// A plan with the signature that was made before the first query to a suspect.
public struct SealedPlan: Sendable, Equatable {
    /// The plan.
    public let plan: Plan
    /// The exact bytes that are signed: the file `plan.json`.
    public let bytes: [UInt8]
    /// The envelope over them: the file `plan.dsse.json`.
    public let envelope: DSSEEnvelope

    /// The name of the plan: the digest of its bytes.
    public var digest: Digest { SHA256Digest.of(bytes) }

    /// The seed of everything that is drawn at random: the plan's own, or the first 8 bytes of
    /// SHA-256(`whorl seed` LF digest of the plan in hexadecimal).
    public var seed: UInt64 {
        UInt64(plan.seed)
            ?? SHA256Digest.of(Array("whorl seed\n\(digest.hex)".utf8)).bytes.prefix(8)
            .reduce(0) { $0 << 8 | UInt64($1) }
    }

    private struct Predicate: Codable, Sendable {
        let v: Int
        let crit: [String]
        let caseName: String

        private enum CodingKeys: String, CodingKey {
            case v, crit
            case caseName = "case"
        }
    }

    /// Signs a plan.
    ///
    /// - Throws: `canonical`, `key`.
    public init(sealing plan: Plan, with key: SigningKey) throws(EvidenceError) {
        self.plan = plan
        self.bytes = try plan.encode()
        self.envelope = try Statement(
            type: .plan, subject: [.init(name: "plan.json", sha256: SHA256Digest.of(bytes))],
            predicate: Predicate(v: 1, crit: [], caseName: plan.caseName)
        ).sealed(with: key)
    }

    /// Reads a sealed plan. The signature is verified if a key is given.
    ///
    /// - Parameters:
    ///   - bytes: The file `plan.json`.
    ///   - envelope: The file `plan.dsse.json`.
    ///   - key: The key that must have signed; nil leaves the signature unchecked.
    /// - Throws: `canonical`, `signature`, `version`, `plan` if the envelope is over another plan.
    public init(bytes: [UInt8], envelope: [UInt8], key: VerificationKey?) throws(EvidenceError) {
        self.plan = try Plan(bytes: bytes)
        self.bytes = bytes
        self.envelope = try DSSEEnvelope(bytes: envelope)
        var payload = self.envelope.payload
        if let key { payload = try self.envelope.verifiedPayload(key: key) }
        let statement = try Statement<Predicate>(payload: payload, type: .plan)
        guard statement.predicate.v == 1, statement.predicate.crit.isEmpty else {
            throw EvidenceError(.version, "the plan's seal is of version \(statement.predicate.v) or asks for more")
        }
        guard statement.subject == [.init(name: "plan.json", sha256: SHA256Digest.of(bytes))],
            statement.predicate.caseName.utf8.elementsEqual(plan.caseName.utf8)
        else { throw EvidenceError(.plan, "the seal is over another plan") }
    }
}
