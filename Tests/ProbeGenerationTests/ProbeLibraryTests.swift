import ContentAddressing
import ForensicTypes
import ProbeGeneration
import Testing

@Suite("Probe families and corpora")
struct ProbeLibraryTests {
    private func refuse(_ json: String, _ code: ProbeGenerationError.Code, containing part: String) {
        let error = #expect(throws: ProbeGenerationError.self) { try ProbeFamily(bytes: Array(json.utf8)) }
        #expect(error?.code == code)
        #expect(error?.message.contains(part) == true, "\(error?.message ?? "no error")")
    }

    @Test("Families that contradict themselves are refused with the place")
    func badFamilies() {
        refuse("{", .invalidFamily, containing: "not readable")
        refuse(TestFamilies.json(templates: ["x"], version: 2), .invalidFamily, containing: "version 2")
        refuse(TestFamilies.json(id: "Big Name", templates: ["x"]), .invalidFamily, containing: "lower-case")
        refuse(TestFamilies.json(templates: []), .invalidFamily, containing: "template")
        refuse(TestFamilies.json(templates: ["say {word}"]), .invalidFamily, containing: "{word}")
        refuse(TestFamilies.json(templates: ["say {options}"]), .invalidFamily, containing: "{options}")
        refuse(TestFamilies.json(templates: ["x"], draws: 0), .invalidFamily, containing: "draws")
        refuse(
            TestFamilies.json(templates: ["{n}"], slots: #"{"n": {"from": 3, "to": 1}}"#), .invalidFamily,
            containing: "range")
        refuse(
            TestFamilies.json(templates: ["x"]).replacing(#""templates", "variants""#, with: #""poems", "variants""#),
            .invalidFamily, containing: "source")
    }

    @Test("Names occur once and needed corpora are there")
    func names() throws {
        let family = try TestFamilies.family(templates: ["x"])
        #expect(throws: ProbeGenerationError(.duplicateName, "")) {
            try ProbeLibrary(families: [family, family], corpora: [])
        }
        let continuation = try ProbeLibrary.shipped().families(named: ["continuation"])
        #expect(throws: ProbeGenerationError(.unknownName, "")) {
            try ProbeLibrary(families: continuation, corpora: [])
        }
    }

    @Test("Empty, short and broken corpora are refused")
    func badCorpora() throws {
        for bytes in [Array("\n \n".utf8), [], [0x61, 0xff, 0x62]] {
            #expect(throws: ProbeGenerationError(.unusableCorpus, "")) {
                try Corpus(name: "x", language: "en", bytes: bytes)
            }
        }
        let names = ["classics-en", "notes-en", "prose-en"]
        let short = try names.map { try Corpus(name: $0, language: "en", bytes: Array("Too short.\n".utf8)) }
        let library = try ProbeLibrary(
            families: try ProbeLibrary.shipped().families(named: ["continuation"]), corpora: short)
        #expect(throws: ProbeGenerationError(.unusableCorpus, "")) {
            try ProbeGenerator(library: library, seed: 1).candidates(count: 1)
        }
    }

    @Test("Passages are split at empty lines and sentences at line ends")
    func corpus() throws {
        let corpus = try Corpus(name: "x", language: "en", bytes: Array("\nA b.\nC d.\n\n\nE f.\n".utf8))
        #expect(corpus.passages == [["A b.", "C d."], ["E f."]])
    }

    @Test("The natural part leaves out what a filter would notice")
    func stealth() throws {
        let library = try ProbeLibrary.shipped()
        let ordinary = library.families(upTo: .ordinary).map(\.id)
        #expect(ordinary.contains("continuation") && !ordinary.contains("tokenizer-strings"))
        #expect(library.families(upTo: .unusual).count < library.families.count)
        #expect(library.families(upTo: .conspicuous).count == library.families.count)
    }
}
