import Comparison
import ForensicTypes
import Testing

@Suite("Population")
struct PopulationTests {
    private func error(_ body: () throws -> Void) -> ComparisonError? {
        do {
            try body()
            return nil
        } catch {
            return error as? ComparisonError
        }
    }

    @Test("An AlpacaEval file is read, and its generator is not trusted")
    func alpacaEval() throws {
        let json =
            #"[{"instruction": "a", "output": "x", "generator": "other", "dataset": "d"}, {"instruction": "b", "output": ""}]"#
        let file = try AnswerFile(alpacaEval: Array(json.utf8), model: "m", file: "m/model_outputs.json")
        #expect(file.model == "m")
        #expect(
            file.answers == [AnswerFile.Answer(prompt: "a", output: "x"), AnswerFile.Answer(prompt: "b", output: "")])
    }

    @Test(
        "A broken file is named with its entry",
        arguments: [
            (#"[{"instruction": "a", "output": "x"}, {"instruction": "b"}]"#, "entry 1 has no 'output'"),
            (#"{"instruction": "a"}"#, "not a list"), ("[", "no JSON"), ("[]", "no answers"),
            (#"[{"instruction": "a", "output": "x"}, {"instruction": "a", "output": "y"}]"#, "entries 0 and 1"),
        ])
    func brokenFile(json: String, part: String) throws {
        let error = try #require(
            error { _ = try AnswerFile(alpacaEval: Array(json.utf8), model: "m", file: "m/model_outputs.json") })
        #expect(error.message.contains("m/model_outputs.json"), "\(error.message)")
        #expect(error.message.contains(part), "\(error.message)")
    }

    @Test("JSON lines hold several models; a broken line is named")
    func jsonLines() throws {
        let lines = """
            {"model": "b", "prompt": "p", "output": "1"}

            {"model": "a", "prompt": "p", "output": "2"}
            {"model": "b", "prompt": "q", "output": "3"}
            """
        let files = try AnswerFile.jsonLines(Array(lines.utf8), file: "answers.jsonl")
        #expect(files.map(\.model) == ["a", "b"])
        #expect(files.map(\.answers.count) == [1, 2])
        let broken = lines + "\n{\"model\": \"b\", \"prompt\": \"r\"}\n"
        let error = try #require(error { _ = try AnswerFile.jsonLines(Array(broken.utf8), file: "answers.jsonl") })
        #expect(error == ComparisonError(.malformedPopulation, ""))
        #expect(error.message.contains("answers.jsonl: line 5"), "\(error.message)")
    }

    @Test(
        "A lineage file with a fault is refused by name",
        arguments: [
            (
                #"{"entries": {"a": {"fam": "f"}}, "pairs": [{"a": "a", "b": "z", "relation": "same-base", "confidence": 1}]}"#,
                ComparisonError.Code.unknownModel, "'z'"
            ),
            (
                #"{"entries": {"a": {"fam": "f", "parent": "b"}, "b": {"fam": "f", "parent": "a"}}, "pairs": []}"#,
                .cyclicAncestry, "a < b < a"
            ),
            (#"{"entries": {"a": {"fam": "f", "parent": "q"}}, "pairs": []}"#, .unknownModel, "'q'"),
            (#"{"entries": {"a": {"base": "f"}}, "pairs": []}"#, .malformedPopulation, "'fam' at entries.a"),
            (
                #"{"entries": {"a": {"fam": "f"}, "b": {"fam": "f"}}, "pairs": [{"a": "a", "b": "b", "relation": "cousin", "confidence": 1}]}"#,
                .malformedPopulation, "'cousin'"
            ),
            (
                #"{"entries": {"a": {"fam": "f"}, "b": {"fam": "f"}}, "pairs": [{"a": "a", "b": "b", "relation": "distilled", "confidence": 7}]}"#,
                .malformedPopulation, "confidence 7"
            ),
            (
                #"{"entries": {"a": {"fam": "f"}}, "pairs": [{"a": "a", "b": "a", "relation": "distilled", "confidence": 1}]}"#,
                .malformedPopulation, "itself"
            ),
        ])
    func brokenLineage(json: String, code: ComparisonError.Code, part: String) throws {
        let error = try #require(error { _ = try LineageRecord(json: Array(json.utf8), file: "lineage.json") })
        #expect(error.code == code)
        #expect(error.message.contains("lineage.json"), "\(error.message)")
        #expect(error.message.contains(part), "\(error.message)")
    }

    @Test("What a pair counts as follows the documentation")
    func kinds() throws {
        let json = """
            {"entries": {
              "teacher": {"fam": "t", "vendor": "V", "base": "own:t"}, "older": {"fam": "t", "vendor": "V", "base": "own:o"},
              "student": {"fam": "s", "vendor": "S", "base": "b1", "teachers": ["teacher"]},
              "tuned": {"fam": "s", "vendor": "S~", "base": "b1"}, "same-base": {"fam": "u", "vendor": "U", "base": "b1"},
              "far": {"fam": "w", "vendor": "W", "base": "b2"}, "hidden": {"fam": "h", "vendor": "H", "base": "b3"},
              "hidden2": {"fam": "h", "vendor": "H", "base": "b3"}},
             "pairs": [
              {"a": "teacher", "b": "student", "relation": "distilled", "confidence": 0.9, "flags": []},
              {"a": "student", "b": "tuned", "relation": "derivative", "confidence": 0.7},
              {"a": "hidden", "b": "hidden2", "relation": "same-model", "confidence": 1, "flags": ["both-unknown-data"]}]}
            """
        let record = try LineageRecord(json: Array(json.utf8), file: "lineage.json")
        #expect(record.kind("student", "teacher") == .student)
        #expect(record.kind("older", "student") == .sameData)
        #expect(record.kind("student", "tuned") == .unclear)
        #expect(record.kind("student", "tuned", confidence: 0.5) == .derivative)
        #expect(record.kind("same-base", "student") == .sameBase)
        #expect(record.kind("older", "teacher") == .unclear)
        #expect(record.kind("far", "teacher") == .independent)
        #expect(record.kind("far", "hidden") == .undocumented)
        #expect(record.kind("hidden2", "hidden") == .sameModel)
        #expect(PairKind.allCases.filter(\.isUnrelated) == [.sameData, .undocumented, .independent])
    }

    @Test("Strangers, doubles, gaps, other prompts and small panels are refused by name")
    func faults() throws {
        let record = try SyntheticPopulation.record(lineages: 9)
        var population = Population(record: record)
        let files = try SyntheticPopulation.files(lineages: 9, probes: 8)
        #expect(throws: ComparisonError(.unknownModel, "")) {
            try population.add(AnswerFile(model: "stranger", answers: files[0].answers, file: "f"), file: "f")
        }
        for file in files.dropLast() { try population.add(file, file: "f") }
        #expect(error { try population.add(files[0], file: "f") }?.message.contains("'l0-m0'") == true)
        #expect(error { try population.validate() }?.message.contains("'l8-m1'") == true)
        let foreign = files[17].answers.map { AnswerFile.Answer(prompt: "other \($0.prompt)", output: $0.output) }
        var mixed = population
        try mixed.add(AnswerFile(model: "l8-m1", answers: foreign, file: "f"), file: "f")
        #expect(error { try mixed.validate() } == ComparisonError(.foreignProbes, ""))
        #expect(error { try mixed.validate() }?.message.contains("'l8-m1'") == true)
        try population.add(files[17], file: "f")
        try population.validate()
        #expect(population.lineages.count == 9)

        var small = Population(record: try SyntheticPopulation.record(lineages: 3))
        for file in try SyntheticPopulation.files(lineages: 3, probes: 8) { try small.add(file, file: "f") }
        #expect(error { try small.validate() } == ComparisonError(.panelBelowFloor, ""))
    }

    @Test("The digest of a population follows its answers and not the order of adding")
    func digest() throws {
        let files = try SyntheticPopulation.files(lineages: 8, probes: 4)
        func digest(_ files: [AnswerFile]) throws -> Digest {
            var population = Population(record: try SyntheticPopulation.record(lineages: 8))
            for file in files { try population.add(file, file: "f") }
            return population.digest
        }
        #expect(try digest(files) == digest(files.reversed()))
        let last = try #require(files.last)
        let changed = try AnswerFile(
            model: last.model, answers: last.answers.dropLast() + [AnswerFile.Answer(prompt: "p", output: "changed")],
            file: "f")
        #expect(try digest(files) != digest(files.dropLast() + [changed]))
    }
}
