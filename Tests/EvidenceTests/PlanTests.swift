import ContentAddressing
import Evidence
import ForensicTypes
import Testing

struct PlanTests {
    private let commitment = SHA256Digest.of(text: "commitment")

    @Test("A sealed plan reads back, and its digest is that of its bytes")
    func roundTrip() throws {
        let key = try SigningKey(pem: SampleCase.keyText)
        let sealed = try SealedPlan(sealing: try SampleCase.plan(commitment: commitment), with: key)
        let read = try SealedPlan(bytes: sealed.bytes, envelope: sealed.envelope.bytes, key: key.verificationKey)
        #expect(read == sealed)
        #expect(read.digest == SHA256Digest.of(sealed.bytes))
        #expect(read.plan.suspects == ["suspect-a", "suspect-b"])
        #expect(read.plan.thresholds["level"]?.text == "0.05")
    }

    @Test("A seal over another plan, or by another key, is refused")
    func wrongSeal() throws {
        let key = try SigningKey(pem: SampleCase.keyText)
        let one = try SealedPlan(sealing: try SampleCase.plan(commitment: commitment), with: key)
        let two = try SealedPlan(sealing: try SampleCase.plan(commitment: SHA256Digest.of(text: "x")), with: key)
        #expect(throws: EvidenceError(.plan, "")) {
            try SealedPlan(bytes: one.bytes, envelope: two.envelope.bytes, key: key.verificationKey)
        }
        let other = try SigningKey.generate().verificationKey
        #expect(throws: EvidenceError(.signature, "")) {
            try SealedPlan(bytes: one.bytes, envelope: one.envelope.bytes, key: other)
        }
    }

    @Test("No single flipped bit of a plan passes its seal")
    func everyBit() throws {
        let key = try SigningKey(pem: SampleCase.keyText)
        let sealed = try SealedPlan(sealing: try SampleCase.plan(commitment: commitment), with: key)
        for offset in sealed.bytes.indices {
            var changed = sealed.bytes
            changed[offset] ^= 1 << UInt8(offset % 8)
            #expect(throws: EvidenceError.self) {
                try SealedPlan(bytes: changed, envelope: sealed.envelope.bytes, key: key.verificationKey)
            }
        }
    }

    @Test("A lineage with two purposes, a name twice and a plan without suspects are refused")
    func refusals() throws {
        func plan(suspects: [String] = ["s"], panel: [Plan.Member] = []) throws -> Plan {
            try Plan(
                caseName: "c", writtenAt: 0, protected: "p", suspects: suspects, panel: panel,
                probes: .init(file: commitment, root: commitment, count: 1), comparators: [], thresholds: .object([:]),
                stoppingRule: "", exclusionRule: "", maximumAttempts: 1, seed: 0)
        }
        _ = try plan(panel: [.init(name: "a", lineage: Lineage("x"), purpose: .report)])
        #expect(throws: EvidenceError(.plan, "")) { try plan(suspects: []) }
        #expect(throws: EvidenceError(.plan, "")) { try plan(suspects: ["p"]) }
        #expect(throws: EvidenceError(.plan, "")) { try plan(suspects: ["Caf\u{E9}"]) }
        #expect(throws: EvidenceError(.plan, "")) {
            try plan(panel: [
                .init(name: "a", lineage: Lineage("x"), purpose: .select),
                .init(name: "b", lineage: Lineage("x"), purpose: .report),
            ])
        }
    }
}
