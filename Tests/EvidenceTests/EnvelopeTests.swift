import Evidence
import ForensicTypes
import Testing

struct EnvelopeTests {
    private func sample() throws -> (DSSEEnvelope, SigningKey) {
        let key = try SigningKey(pem: SampleCase.keyText)
        return (try DSSEEnvelope(signing: Array("{}".utf8), type: DSSEEnvelope.statementType, key: key), key)
    }

    @Test("The published example of the pre-authentication encoding")
    func published() {
        let bytes = DSSEEnvelope.preAuthenticationEncoding(
            type: "http://example.com/HelloWorld", payload: Array("hello world".utf8))
        #expect(String(decoding: bytes, as: UTF8.self) == "DSSEv1 29 http://example.com/HelloWorld 11 hello world")
    }

    @Test("An envelope reads back and verifies")
    func roundTrip() throws {
        let (envelope, key) = try sample()
        let read = try DSSEEnvelope(bytes: envelope.bytes)
        #expect(read == envelope)
        #expect(try read.verifiedPayload(key: key.verificationKey) == Array("{}".utf8))
    }

    @Test("No single flipped bit of an envelope is accepted as the same claim")
    func everyBit() throws {
        let (envelope, key) = try sample()
        let bytes = envelope.bytes
        _ = try DSSEEnvelope(bytes: bytes).verifiedPayload(key: key.verificationKey)
        for offset in bytes.indices {
            for bit in 0..<8 {
                var changed = bytes
                changed[offset] ^= 1 << bit
                #expect(throws: EvidenceError.self, "bit \(bit) of byte \(offset)") {
                    try DSSEEnvelope(bytes: changed).verifiedPayload(key: key.verificationKey)
                }
            }
        }
    }

    @Test("Every truncation of an envelope is refused")
    func truncation() throws {
        let (envelope, _) = try sample()
        for length in 0..<envelope.bytes.count {
            #expect(throws: EvidenceError.self) { try DSSEEnvelope(bytes: Array(envelope.bytes[..<length])) }
        }
    }

    @Test(
        "Envelopes outside the profile are refused",
        arguments: [
            (#"{"payload":"e30=","payloadType":"a","signatures":[]}"#, .signature),
            (
                #"{"payload":"e30=","payloadType":"a","signatures":[{"keyid":"","sig":""},{"keyid":"","sig":""}]}"#,
                .signature
            ),
            (#"{"payload":"e30","payloadType":"a","signatures":[{"keyid":"","sig":""}]}"#, .signature),
            (#"{"payload":"e31=","payloadType":"a","signatures":[{"keyid":"","sig":""}]}"#, .signature),
            (#"{"payload":"e3 0=","payloadType":"a","signatures":[{"keyid":"","sig":""}]}"#, .signature),
            (#"{"payload":"_-8=","payloadType":"a","signatures":[{"keyid":"","sig":""}]}"#, .signature),
            (#"{"payload":"e30=","payload":"","payloadType":"a","signatures":[{"keyid":"","sig":""}]}"#, .canonical),
            (#"{"extra":1,"payload":"e30=","payloadType":"a","signatures":[{"keyid":"","sig":""}]}"#, .canonical),
            (#"{"payload":"e30=","signatures":[{"keyid":"","sig":""}]}"#, .canonical),
        ] as [(String, EvidenceError.Code)])
    func profile(text: String, code: EvidenceError.Code) {
        #expect(throws: EvidenceError(code, "")) { try DSSEEnvelope(bytes: Array(text.utf8)) }
    }

    @Test("A signature over other bytes, another type or by another key is refused")
    func wrongClaims() throws {
        let (envelope, key) = try sample()
        let other = try SigningKey.generate()
        #expect(throws: EvidenceError(.signature, "")) { try envelope.verifiedPayload(key: other.verificationKey) }
        #expect(throws: EvidenceError(.signature, "")) {
            try envelope.verifiedPayload(type: "text/plain", key: key.verificationKey)
        }
        let foreign = try DSSEEnvelope(signing: Array("{}".utf8), type: "text/plain", key: key)
        #expect(throws: EvidenceError(.signature, "")) { try foreign.verifiedPayload(key: key.verificationKey) }
    }
}
