import ContentAddressing
import ForensicTypes
import ProbeGeneration
import Testing

@Suite("Sealed probe sets")
struct SealedProbeSetTests {
    let generator: ProbeGenerator
    let candidates: [CandidateProbe]

    init() throws {
        let secret = try ProbeSecret(bytes: Array("a secret of the tests".utf8))
        generator = ProbeGenerator(library: try .shipped(), seed: 11, secret: secret, epoch: "2026-11")
        candidates = try generator.candidates(count: 4, families: ["forced-small-choice", "tokenizer-strings"])
    }

    private func seal(_ probes: [IdentifiedProbe]? = nil, record: SelectionRecord? = nil) throws -> SealedProbeSet {
        try SealedProbeSet.seal(
            name: "test", probes: probes ?? candidates.map(\.identified), generator: generator, selection: record)
    }

    @Test("A set survives the way through its file, byte for byte")
    func roundTrip() throws {
        let record = try ProbeSelection.select(candidates, budget: ProbeBudget(queries: 100, tokens: 10_000)).record
        let set = try seal(record: record)
        let bytes = try set.encode()
        let read = try SealedProbeSet.decode(bytes)
        #expect(try read.encode() == bytes)
        #expect(read.probeSet == set.probeSet)
        #expect(read.commitment == set.commitment)
        #expect(read.selection == record)
        #expect(try seal(record: record).encode() == bytes)
        try read.verify(against: try ProbeSetCommitment.decode(try set.commitment.encode()))
    }

    @Test("The root is that of RFC 6962 over the salted leaves")
    func root() throws {
        let set = try seal()
        let value = try CanonicalJSON.parse(try set.encode())
        guard case .object(let file) = value, case .array(let leaves)? = file["probes"] else {
            Issue.record("the file is an object with a list of probes")
            return
        }
        #expect(MerkleTree(leaves: leaves.map { CanonicalJSON.encode($0) }).root == set.commitment.root)
    }

    @Test("Any changed byte of the file is refused")
    func everyByte() throws {
        let bytes = try seal(Array(candidates.map(\.identified).prefix(2))).encode()
        let set = try SealedProbeSet.decode(bytes)
        for index in bytes.indices {
            var changed = bytes
            changed[index] ^= 1
            // Name, epoch and seed are not under the root: there a change is legible, and the commitment refuses it.
            guard let read = try? SealedProbeSet.decode(changed) else { continue }
            if read.seed == set.seed {
                #expect(throws: ProbeGenerationError(.tampered, "")) { try read.verify(against: set.commitment) }
            }
        }
    }

    @Test("Half a file, other formats and later versions are refused")
    func malformed() throws {
        let bytes = try seal().encode()
        let text = String(decoding: bytes, as: UTF8.self)
        let broken = [
            String(text.prefix(text.count / 2)), text + "\n", "{}", "",
            text.replacing(#""version":1"#, with: #""version":2"#),
            text.replacing("whorl-probe-set", with: "whorl-probe-sex"),
        ]
        for text in broken {
            #expect(throws: ProbeGenerationError(.invalidSealedSet, "")) {
                try SealedProbeSet.decode(Array(text.utf8))
            }
        }
    }

    @Test("An exchanged probe, salt or root is tampering")
    func tampering() throws {
        let text = String(decoding: try seal().encode(), as: UTF8.self)
        let set = try seal()
        let other = String(repeating: "0", count: 64)
        #expect(throws: ProbeGenerationError(.tampered, "")) {
            try SealedProbeSet.decode(Array(text.replacing(set.commitment.root.hex, with: other).utf8))
        }
        let salt = try #require(text.firstMatch(of: /"salt":"([0-9a-f]{64})"/)).1
        #expect(throws: ProbeGenerationError(.tampered, "")) {
            try SealedProbeSet.decode(Array(text.replacing(salt, with: other).utf8))
        }
        let renamed = IdentifiedProbe(id: try #require(Digest(hex: other)), probe: candidates[0].probe)
        #expect(throws: ProbeGenerationError(.tampered, "")) { try seal([renamed]) }
    }

    @Test("No probe, and a probe twice, are refused")
    func counts() throws {
        #expect(throws: ProbeGenerationError(.budget, "")) { try seal([]) }
        #expect(throws: ProbeGenerationError(.duplicateProbe, "")) {
            try seal([candidates[0].identified, candidates[1].identified, candidates[0].identified])
        }
    }

    @Test("One probe can be shown without the others")
    func disclosure() throws {
        let set = try seal()
        for candidate in candidates {
            let disclosure = try #require(set.disclose(candidate.id))
            let read = try ProbeDisclosure.decode(try disclosure.encode())
            #expect(read.probe == candidate.identified)
            try read.verify(against: set.commitment)
            for hidden in candidates where hidden.id != candidate.id {
                #expect(!String(decoding: try disclosure.encode(), as: UTF8.self).contains(hidden.id.hex))
            }
        }
        #expect(set.disclose(SHA256Digest.of(text: "no probe")) == nil)
        let other = try seal(Array(candidates.map(\.identified).dropLast()))
        let foreign = try #require(other.disclose(candidates[0].id))
        #expect(throws: ProbeGenerationError(.tampered, "")) { try foreign.verify(against: set.commitment) }
        let text = String(decoding: try #require(set.disclose(candidates[0].id)).encode(), as: UTF8.self)
        let forged = text.replacing(#""maximum_tokens":"#, with: #""maximum_tokens":1"#)
        #expect(throws: ProbeGenerationError(.tampered, "")) {
            try ProbeDisclosure.decode(Array(forged.utf8)).verify(against: set.commitment)
        }
    }

    /// Guessing all instances of a public family must not name the probes behind the public part, while it does without salts.
    @Test("The public part tells nothing of the probes, and would without salts")
    func bruteForce() throws {
        let family = try TestFamilies.family(
            id: "coin", templates: ["heads or tails, {n}?"], slots: #"{"n": {"from": 1, "to": 64}}"#)
        let library = try ProbeLibrary(families: [family], corpora: [])
        let secret = try ProbeSecret(bytes: Array("another secret of the tests".utf8))
        let keyed = ProbeGenerator(library: library, seed: 1, secret: secret)
        let probes = try keyed.candidates(count: 2).map(\.identified)
        let set = try SealedProbeSet.seal(name: "coins", probes: probes, generator: keyed)
        let disclosure = try #require(set.disclose(probes[0].id))
        let shown = String(decoding: try disclosure.encode() + set.commitment.encode(), as: UTF8.self)
        // The attacker knows the family and makes all its instances under a guessed secret.
        let guesses = try ProbeGenerator(library: library, seed: 2).candidates(count: 64).map(\.identified)
        let hidden = probes[1]
        #expect(guesses.contains(hidden))
        for guess in guesses where guess.id != probes[0].id {
            let leaf = try CanonicalJSON.encode(guess.probe)
            #expect(!shown.contains(MerkleTree.leafHash(leaf).hex) && !shown.contains(guess.id.hex))
        }
        // The positive control: in a tree without salts the proof's sibling is the leaf hash of the hidden probe.
        let ordered = probes.sorted { $0.id < $1.id }
        let bare = MerkleTree(leaves: try ordered.map { try CanonicalJSON.encode($0.probe) })
        let index = try #require(ordered.firstIndex { $0.id == probes[0].id })
        let sibling = try #require(try bare.inclusionProof(index: index).path.first)
        let hits = try guesses.filter { MerkleTree.leafHash(try CanonicalJSON.encode($0.probe)) == sibling }
        #expect(hits == [hidden])
    }
}
