import ForensicTypes
import ProbeGeneration
import Testing

@Suite("Paraphrases")
struct ParaphraseTests {
    let library: ProbeLibrary

    init() throws { library = try .shipped() }

    @Test("Asking for paraphrases changes no instance", arguments: GoldenProbes.all.map(\.family))
    func instances(family: String) throws {
        let generator = ProbeGenerator(library: library, seed: 12)
        let plain = try generator.candidates(count: 30, families: [family])
        let reworded = try generator.candidates(count: 30, families: [family], paraphrased: true)
        #expect(plain.map(\.identified) == reworded.map(\.identified))
        #expect(plain.allSatisfy { $0.paraphrase == nil })
        let offers = try #require(library.families.first { $0.id == family }).paraphrase != nil
        // Where a family offers paraphrases, every instance has one.
        #expect(reworded.allSatisfy { ($0.paraphrase != nil) == offers })
    }

    @Test("A paraphrase reads the same in the same way from another prompt")
    func reading() throws {
        let generator = ProbeGenerator(library: library, seed: 13)
        for candidate in try generator.candidates(count: 40, paraphrased: true) {
            guard let other = candidate.paraphrase?.probe else { continue }
            #expect(other.prompt != candidate.probe.prompt, "\(candidate.family)")
            #expect(other.reading == candidate.probe.reading && other.gold == candidate.probe.gold)
            #expect(other.sampling == candidate.probe.sampling && other.draws == candidate.probe.draws)
        }
    }

    @Test("Numbers, names and options stay as they are")
    func content() throws {
        let generator = ProbeGenerator(library: library, seed: 14)
        func text(_ probe: Probe) -> String {
            switch probe.prompt {
            case .raw(let text): text
            case .chat(let messages): messages.last?.content ?? ""
            }
        }
        for candidate in try generator.candidates(
            count: 40, families: ["own-mistakes", "integer-lists", "planted-canaries"], paraphrased: true)
        {
            let other = try #require(candidate.paraphrase).probe
            let numbers = text(candidate.probe).split { !$0.isNumber }
            #expect(numbers == text(other).split { !$0.isNumber }, "\(candidate.family)")
        }
        for candidate in try generator.candidates(count: 40, families: ["decision-regions"], paraphrased: true) {
            let other = text(try #require(candidate.paraphrase).probe)
            guard case .choice(let options) = candidate.probe.reading else { continue }
            #expect(options.allSatisfy { other.contains($0) })
        }
        for candidate in try generator.candidates(count: 40, families: ["continuation"], paraphrased: true) {
            #expect(text(candidate.probe).hasSuffix(text(try #require(candidate.paraphrase).probe)))
        }
    }

    @Test("Paraphrases are keyed: the same for a secret, others for another")
    func keyed() throws {
        func wordings(_ byte: UInt8) throws -> [Prompt?] {
            let secret = try ProbeSecret(bytes: Array(repeating: byte, count: 16))
            return try ProbeGenerator(library: library, seed: 1, secret: secret)
                .candidates(count: 20, families: ["style-carriers"], paraphrased: true).map {
                    $0.paraphrase?.probe.prompt
                }
        }
        #expect(try wordings(1) == wordings(1))
        #expect(try wordings(1) != wordings(2))
    }
}
