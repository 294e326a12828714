import Evidence
import ForensicTypes
import ProbeGeneration

/// The owner's signature over the public part of a probe set: a DSSE envelope around the commitment's canonical bytes.
///
/// It shows who chose the probes. That they were chosen before the first query is shown by the plan, which names the root, and
/// by the time at which either was published.
enum SignedCommitment {
    /// The type of the payload.
    static let payloadType = "application/vnd.whorl.probe-set-commitment+json"

    /// The envelope's bytes.
    static func seal(_ commitment: ProbeSetCommitment, with key: SigningKey) throws -> [UInt8] {
        try DSSEEnvelope(signing: commitment.encode(), type: payloadType, key: key).bytes
    }

    /// The commitment that a key signed.
    static func verified(_ bytes: [UInt8], key: VerificationKey, file: String) throws -> ProbeSetCommitment {
        let envelope: DSSEEnvelope
        do {
            envelope = try DSSEEnvelope(bytes: bytes)
        } catch {
            throw CommandError(.badInput, "\(file): \(error.message)")
        }
        return try ProbeSetCommitment.decode(envelope.verifiedPayload(type: payloadType, key: key))
    }
}
