internal import ContentAddressing
internal import ForensicTypes

/// A Dead Simple Signing Envelope, version 1, with one signature.
///
/// The signature covers the payload's bytes and their type, so nothing has to be parsed before it is verified, and bytes of
/// one type cannot pass for another. The profile is narrower than the standard: canonical JSON, standard base64, exactly
/// one signature. The key identifier is never a reason for trust; it must only agree with the key that is.
public struct DSSEEnvelope: Sendable, Equatable {
    /// The type of in-toto statements.
    public static let statementType = "application/vnd.in-toto+json"
    /// The greatest length of an envelope file in bytes.
    public static let maximumLength = 1 << 20

    /// The type of the payload.
    public let payloadType: String
    /// The signed bytes.
    public let payload: [UInt8]
    /// Which key is said to have signed.
    public let keyIdentifier: String
    /// The signature over the pre-authentication encoding.
    public let signature: [UInt8]

    /// Signs a payload.
    ///
    /// - Throws: `key` if the key refuses.
    public init(signing payload: [UInt8], type: String, key: SigningKey) throws(EvidenceError) {
        self.payloadType = type
        self.payload = payload
        self.keyIdentifier = key.verificationKey.identifier.hex
        self.signature = try key.signature(for: Self.preAuthenticationEncoding(type: type, payload: payload))
    }

    /// Reads an envelope file. Nothing in it is verified yet.
    ///
    /// - Throws: `canonical` if the bytes are no canonical envelope, `limit` if they are too many, `signature` if there is
    ///   not exactly one signature, it names no key, or its base64 is not standard.
    public init(bytes: [UInt8]) throws(EvidenceError) {
        guard bytes.count <= Self.maximumLength else {
            throw EvidenceError(.limit, "an envelope of \(bytes.count) bytes; the limit is \(Self.maximumLength)")
        }
        let file: File
        do {
            file = try CanonicalJSON.decode(File.self, from: bytes)
        } catch {
            throw EvidenceError(.canonical, "the envelope is not a canonical DSSE envelope (\(error.code.rawValue))")
        }
        guard let signature = file.signatures.first, file.signatures.count == 1 else {
            throw EvidenceError(.signature, "an envelope holds exactly one signature, not \(file.signatures.count)")
        }
        guard let payload = Base64.decode(file.payload), let signed = Base64.decode(signature.sig) else {
            throw EvidenceError(.signature, "the envelope's base64 is not in its standard form")
        }
        self.payloadType = file.payloadType
        self.payload = payload
        self.keyIdentifier = signature.keyid
        self.signature = signed
        guard self.bytes == bytes else {
            throw EvidenceError(.canonical, "the envelope has members outside the profile")
        }
        guard Digest(hex: keyIdentifier) != nil else {
            throw EvidenceError(.signature, "the envelope names no key by its digest")
        }
    }

    /// The file's bytes: canonical JSON without a line feed.
    public var bytes: [UInt8] {
        CanonicalJSON.encode(
            JSONValue.object([
                "payload": .string(Base64.encode(payload)),
                "payloadType": .string(payloadType),
                "signatures": .array([
                    .object(["keyid": .string(keyIdentifier), "sig": .string(Base64.encode(signature))])
                ]),
            ]))
    }

    /// The payload, if it has the type asked for and the key signed it.
    ///
    /// - Throws: `signature`.
    public func verifiedPayload(
        type: String = DSSEEnvelope.statementType, key: VerificationKey
    ) throws(EvidenceError) -> [UInt8] {
        guard payloadType.utf8.elementsEqual(type.utf8) else {
            throw EvidenceError(.signature, "the payload's type is not \(type)")
        }
        let encoding = Self.preAuthenticationEncoding(type: payloadType, payload: payload)
        guard keyIdentifier == key.identifier.hex else {
            throw EvidenceError(.signature, "the envelope names another key than \(key.identifier.abbreviated)…")
        }
        guard key.isValid(signature, for: encoding) else {
            throw EvidenceError(.signature, "the signature is not that of the key \(key.identifier.abbreviated)…")
        }
        return payload
    }

    /// The bytes that are signed: `DSSEv1`, then type and payload, each after its length.
    public static func preAuthenticationEncoding(type: String, payload: [UInt8]) -> [UInt8] {
        Array("DSSEv1 \(type.utf8.count) \(type) \(payload.count) ".utf8) + payload
    }

    private struct File: Decodable {
        struct Signature: Decodable {
            let keyid: String
            let sig: String
        }

        let payload: String
        let payloadType: String
        let signatures: [Signature]
    }
}
