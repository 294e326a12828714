internal import ContentAddressing
public import struct ForensicTypes.Digest

/// What giver and receiver of a bundle sign: who had it until when, and who has it since.
public struct HandoverStatement: Codable, Sendable, Equatable {
    /// One of the two.
    public struct Party: Codable, Sendable, Equatable {
        /// The name.
        public let name: String
        /// The name of the key: SHA-256 of its SubjectPublicKeyInfo.
        public let key: Digest

        /// Names a person with a key.
        public init(name: String, key: VerificationKey) {
            self.name = name
            self.key = key.identifier
        }
    }

    /// The version of the statement.
    public let v: Int
    /// What a reader has to understand.
    public let crit: [String]
    /// The number of the handover, from 1.
    public let n: Int
    /// SHA-256 of the statement before; the archive's digest at first.
    public let prev: Digest
    /// Nanoseconds since 1970 by the giver's clock, in decimal.
    public let t: String
    /// Who gives.
    public let giver: Party
    /// Who receives.
    public let receiver: Party
    /// The receiver's SubjectPublicKeyInfo, in base64.
    public let receiverKey: String
    /// The reason or the circumstances.
    public let why: String

    private enum CodingKeys: String, CodingKey {
        case v, crit, n, prev, t, giver, receiver, why
        case receiverKey = "receiver_key"
    }

    init(
        number: Int, previous: Digest, time: Int64, giver: Party, receiver: Party, receiverKey: VerificationKey,
        why: String
    ) {
        v = 1
        crit = []
        n = number
        prev = previous
        t = String(time)
        self.giver = giver
        self.receiver = receiver
        self.receiverKey = Base64.encode(receiverKey.subjectPublicKeyInfo)
        self.why = why
    }

    /// The receiver's key, which has to be the one that the statement names.
    func verifiedReceiverKey() throws(EvidenceError) -> VerificationKey {
        guard let der = Base64.decode(receiverKey) else {
            throw EvidenceError(.custody, "the receiver's key is not in standard base64")
        }
        let key = try VerificationKey(subjectPublicKeyInfo: der)
        guard key.identifier == receiver.key else {
            throw EvidenceError(.custody, "the receiver's key is not the one that the statement names")
        }
        return key
    }
}
