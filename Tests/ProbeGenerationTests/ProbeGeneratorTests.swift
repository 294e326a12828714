import ContentAddressing
import ForensicTypes
import ProbeGeneration
import Testing

@Suite("Probe generation")
struct ProbeGeneratorTests {
    let library: ProbeLibrary

    init() throws { library = try ProbeLibrary.shipped() }

    /// One digest over a family's first instances: what must not change while revision and generator version stay.
    private func fingerprint(_ family: String, seed: UInt64, count: Int = 100) throws -> String {
        let candidates = try ProbeGenerator(library: library, seed: seed).candidates(count: count, families: [family])
        return SHA256Digest.of(text: candidates.map(\.id.hex).joined(separator: "\n")).abbreviated
    }

    @Test("There are at least 12 families, each documented, with known comparators")
    func families() {
        #expect(library.families.count >= 12)
        for family in library.families {
            #expect(!family.title.isEmpty && !family.asks.isEmpty && !family.reads.isEmpty && !family.parser.isEmpty)
            #expect(!family.stealthNote.isEmpty && !family.comparators.isEmpty)
        }
    }

    @Test("Each family gives 100 distinct instances with their own digests", arguments: GoldenProbes.all.map(\.family))
    func distinct(family: String) throws {
        let candidates = try ProbeGenerator(library: library, seed: 3).candidates(count: 100, families: [family])
        #expect(Set(candidates.map(\.id)).count == 100)
        #expect(Set(candidates.map(\.probe.prompt)).count == 100)
        for candidate in candidates {
            #expect(ProbeIdentity.isGenuine(candidate.identified))
            #expect(candidate.family == family)
            #expect(candidate.queries == candidate.probe.draws)
            #expect(candidate.tokens > 0)
        }
    }

    @Test("A seed gives the same bytes everywhere", arguments: GoldenProbes.all)
    func golden(_ golden: GoldenProbes) throws {
        let found = try fingerprint(golden.family, seed: 20_261_123)
        #expect(found == golden.digest, "\(golden.family) \(found)")
    }

    @Test("The golden values cover all families")
    func goldenCovers() {
        #expect(GoldenProbes.all.map(\.family) == library.families.map(\.id))
    }

    @Test("Asking for more does not change the first ones")
    func prefix() throws {
        let generator = ProbeGenerator(library: library, seed: 5)
        for family in library.families {
            let few = try generator.candidates(of: family, count: 11)
            let many = try generator.candidates(of: family, count: 40)
            #expect(few == Array(many.prefix(11)), "\(family.id)")
        }
    }

    @Test("Seed, epoch and secret each change the instances")
    func inputs() throws {
        let secret = try ProbeSecret(bytes: Array(repeating: 7, count: 16))
        let other = try ProbeSecret(bytes: Array(repeating: 8, count: 16))
        let generators = [
            ProbeGenerator(library: library, seed: 1), ProbeGenerator(library: library, seed: 2),
            ProbeGenerator(library: library, seed: 1, secret: secret),
            ProbeGenerator(library: library, seed: 1, secret: other),
            ProbeGenerator(library: library, seed: 1, secret: secret, epoch: "2026-12"),
        ]
        let lists = try generators.map {
            try $0.candidates(count: 20, families: ["continuation"]).map(\.id)
        }
        #expect(Set(lists).count == lists.count)
    }

    @Test("Continuation prefixes begin at 200 or more different sentences")
    func starts() throws {
        let corpora = library.corpora.filter { ["prose-en", "notes-en", "classics-en"].contains($0.name) }
        #expect(corpora.flatMap(\.passages).joined().count >= 200)
        let candidates = try ProbeGenerator(library: library, seed: 1).candidates(
            count: 600, families: ["continuation"])
        let starts = candidates.compactMap { candidate -> String? in
            guard case .raw(let text) = candidate.probe.prompt else { return nil }
            let words = text.split(separator: " ")
            #expect((12...28).contains(words.count))
            return words.prefix(6).joined(separator: " ")
        }
        #expect(starts.count == 600)
        #expect(Set(starts).count >= 180)
    }

    @Test("Twins differ in one word and share a number")
    func twins() throws {
        let candidates = try ProbeGenerator(library: library, seed: 1)
            .candidates(count: 60, families: ["perturbation-pairs"])
        for (number, pair) in Dictionary(grouping: candidates, by: \.pair) {
            #expect(number != nil && pair.count == 2)
            let words = pair.map { candidate -> [Substring] in
                guard case .raw(let text) = candidate.probe.prompt else { return [] }
                return text.split(separator: " ")
            }
            #expect(words[0].count == words[1].count)
            #expect(zip(words[0], words[1]).count { $0 != $1 } == 1)
            #expect(words[0].last == words[1].last)
            #expect(pair.map(\.probe.kin?.form) == [0, 1])
            #expect(Set(pair.map(\.probe.kin?.group)).count == 1)
        }
        #expect(Set(candidates.map(\.probe.kin?.group)).count == 30)
        #expect(candidates.allSatisfy { $0.probe.kin?.relation == .twin })
    }

    @Test("A decision region comes in all rotations, and nothing else changes in them")
    func rotations() throws {
        let candidates = try ProbeGenerator(library: library, seed: 1)
            .candidates(count: 80, families: ["decision-regions"])
        let groups = Dictionary(grouping: candidates) { $0.probe.kin?.group }
        #expect(groups.count == 20 && groups[nil] == nil)
        for group in groups.values {
            #expect(group.map(\.probe.kin?.form) == [0, 1, 2, 3])
            #expect(group.allSatisfy { $0.probe.kin?.relation == .rotation })
            #expect(Set(group.map(\.probe.reading)).count == 1 && Set(group.map(\.pair)).count == 1)
            let lines = group.map { candidate -> [Substring] in
                guard case .chat(let messages) = candidate.probe.prompt else { return [] }
                return messages[0].content.split(separator: "\n")
            }
            let options = lines.map { $0.filter { $0.dropFirst().hasPrefix(") ") } }
            for (form, shown) in options.enumerated() {
                let first = options[0].map { $0.dropFirst(3) }
                #expect(shown.map { $0.dropFirst(3) } == Array(first[form...] + first[..<form]))
                #expect(shown.map(\.first) == ["A", "B", "C", "D"])
            }
            #expect(Set(lines.map { $0.filter { !$0.dropFirst().hasPrefix(") ") } }).count == 1)
        }
    }

    @Test("The name of a group cannot be computed without the secret")
    func kinIsKeyed() throws {
        let groups = try (0..<2).map { byte in
            let secret = try ProbeSecret(bytes: Array(repeating: UInt8(byte), count: 16))
            return try ProbeGenerator(library: library, seed: 1, secret: secret)
                .candidates(count: 192, families: ["decision-regions"])
        }
        // Every question in every template: the same probes but for the names of their groups.
        let bare = groups.map { Set($0.map(\.probe.prompt)) }
        #expect(bare[0] == bare[1])
        let names = groups.map { Set($0.compactMap(\.probe.kin?.group)) }
        #expect(names[0].count == 48 && names[0].isDisjoint(with: names[1]))
        for candidate in groups[0] where candidate.probe.kin?.form == 0 {
            let probe = candidate.probe
            let open = try ProbeIdentity.identify(
                Probe(
                    family: probe.family, prompt: probe.prompt, sampling: probe.sampling, draws: probe.draws,
                    reading: probe.reading))
            #expect(open.id != probe.kin?.group)
        }
    }

    @Test("Sums carry their right answers")
    func gold() throws {
        let candidates = try ProbeGenerator(library: library, seed: 9).candidates(count: 80, families: ["own-mistakes"])
        for candidate in candidates {
            guard case .chat(let messages) = candidate.probe.prompt, let text = messages.last?.content else {
                Issue.record("a sum is a chat prompt")
                continue
            }
            let numbers = text.split { !$0.isNumber }.compactMap { Int($0) }
            let expected = text.contains("minus") ? numbers[0] - numbers[1] : numbers[0] * numbers[1]
            #expect(candidate.probe.gold == String(expected))
        }
    }

    @Test("Rotated questions keep their options and their gold")
    func rotation() throws {
        let candidates = try ProbeGenerator(library: library, seed: 9)
            .candidates(count: 100, families: ["graded-questions"])
        for candidate in candidates {
            guard case .choice(let options) = candidate.probe.reading, let gold = candidate.probe.gold else {
                Issue.record("a graded question has options and a gold answer")
                continue
            }
            #expect(options == options.sorted() && options.contains(gold))
        }
    }

    @Test("No rendered prompt keeps a slot")
    func noSlots() throws {
        for candidate in try ProbeGenerator(library: library, seed: 4).candidates(count: 60) {
            if case .chat(let messages) = candidate.probe.prompt {
                for message in messages {
                    #expect(!message.content.contains("{"), "\(candidate.family)")
                    #expect(!message.content.contains("  "), "\(candidate.family)")
                }
            }
        }
    }

    @Test("A family that has too few instances says so")
    func exhausted() throws {
        let family = try TestFamilies.family(templates: ["one {x}", "two {x}"], slots: #"{"x": ["a", "b"]}"#)
        let small = try ProbeLibrary(families: [family], corpora: [])
        let generator = ProbeGenerator(library: small, seed: 1)
        #expect(try generator.candidates(count: 4).count == 4)
        #expect(throws: ProbeGenerationError(.exhausted, "")) { try generator.candidates(count: 5) }
    }

    @Test("Unknown families, counts of zero and short secrets are refused by name")
    func refusals() throws {
        let generator = ProbeGenerator(library: library, seed: 1)
        #expect(throws: ProbeGenerationError(.unknownName, "")) {
            try generator.candidates(count: 1, families: ["no-such-family"])
        }
        #expect(throws: ProbeGenerationError(.budget, "")) { try generator.candidates(count: 0) }
        #expect(throws: ProbeGenerationError(.weakSecret, "")) {
            try ProbeSecret(bytes: Array(repeating: 1, count: 15))
        }
        let error = #expect(throws: ProbeGenerationError.self) {
            try generator.candidates(count: 1, families: ["no-such-family"])
        }
        #expect(error?.message.contains("forced-small-choice") == true)
    }

    @Test("A secret prints nothing of itself")
    func secretIsSilent() throws {
        let secret = try ProbeSecret(bytes: Array("correct horse battery staple".utf8))
        #expect("\(secret) \(String(reflecting: secret))" == "ProbeSecret ProbeSecret")
        let generator = ProbeGenerator(library: library, seed: 1, secret: secret)
        #expect(!String(reflecting: generator).contains("staple"))
    }
}
