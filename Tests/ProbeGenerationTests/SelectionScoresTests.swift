import ForensicTypes
import ProbeGeneration
import Testing

/// What is scored of a candidate beside its agreement with the panel.
@Suite("Selection scores")
struct SelectionScoresTests {
    let generator: ProbeGenerator
    let generous = ProbeBudget(queries: 10_000, tokens: 1_000_000)

    init() throws { generator = ProbeGenerator(library: try .shipped(), seed: 31) }

    private func set(
        _ name: String, _ role: ModelRole, _ lineage: String, _ completions: [Completion]
    ) -> ResponseSet {
        ResponseSet(model: ModelIdentity(name: name, role: role, lineage: Lineage(lineage)), completions: completions)
    }

    private func texts(_ candidates: [CandidateProbe], _ text: (CandidateProbe) -> String?) -> [Completion] {
        candidates.compactMap { candidate in
            text(candidate).map { Completion(probe: candidate.id, draw: 0, text: Array($0.utf8), finishReason: .stop) }
        }
    }

    @Test("An answer that hangs on the wording ranks behind one that does not")
    func paraphrase() throws {
        let candidates = try generator.candidates(count: 8, families: ["knowledge-boundary"], paraphrased: true)
        let numbers = texts(candidates) { "\($0.index)" }
        // Asked in other words, the odd instances get another answer.
        let reworded = try candidates.map { candidate in
            Completion(
                probe: try #require(candidate.paraphrase).id, draw: 0,
                text: Array("\(candidate.index + (candidate.index.isMultiple(of: 2) ? 0 : 500))".utf8))
        }
        let answers = try SelectionAnswers(
            protected: [set("own", .protected, "own", numbers), set("own.repeat", .redeployment, "own", numbers)],
            paraphrases: set("own", .protected, "own", reworded),
            panel: [set("a", .panel, "a", texts(candidates) { _ in "999" })])
        let outcome = try ProbeSelection.select(
            candidates, answers: answers, budget: ProbeBudget(queries: 4, tokens: 10_000))
        #expect(Set(outcome.chosen.map(\.index)) == [0, 2, 4, 6])
        for scores in outcome.record.candidates {
            let index = try #require(candidates.first { $0.id == scores.probe }).index
            #expect(scores.paraphrase == (index.isMultiple(of: 2) ? 1 : 0))
            #expect(scores.stability == 1)
        }
    }

    @Test("Every lineage of the panel is recorded by name, and the leading answer's margin")
    func matchesAndMargin() throws {
        let candidates = try generator.candidates(count: 3, families: ["forced-small-choice"])
        func draws(_ first: Int) -> [Completion] {
            candidates.flatMap { candidate -> [Completion] in
                guard case .choice(let options) = candidate.probe.reading else { return [] }
                return (0..<8).map { draw in
                    Completion(
                        probe: candidate.id, draw: draw, text: Array(options[draw < first ? 0 : 1].utf8),
                        finishReason: .stop)
                }
            }
        }
        let answers = try SelectionAnswers(
            protected: [set("own", .protected, "own", draws(6))],
            panel: [set("a", .panel, "A model 2.5 (é)", draws(6)), set("b", .panel, "b", draws(0))])
        let record = try ProbeSelection.select(candidates, answers: answers, budget: generous).record
        for scores in record.candidates {
            // Six draws of eight against two.
            #expect(scores.margin == 0.5)
            #expect(scores.lineageMatches == ["A model 2.5 (é)": 1, "b": 0.25])
        }
        let bytes = try SealedProbeSet.seal(
            name: "n", probes: candidates.map(\.identified), generator: generator, selection: record
        ).encode()
        #expect(try SealedProbeSet.decode(bytes).selection == record)
    }

    @Test("A constant difference of token counts is the template's and tells nothing; another tokenizer does")
    func tokenOffsets() throws {
        let candidates = try generator.candidates(count: 20, families: ["tokenizer-strings"])
        func counts(_ count: (Int) -> Int) -> [Completion] {
            candidates.map { candidate in
                Completion(
                    probe: candidate.id, draw: 0, text: [], finishReason: .length,
                    usage: TokenUsage(prompt: count(candidate.index), completion: 1))
            }
        }
        let own = set("own", .protected, "own", counts { 10 + $0 })
        // The first has the same tokenizer behind one begin mark; the second cuts every fourth string otherwise.
        let answers = try SelectionAnswers(
            protected: [own, own],
            panel: [
                set("same", .panel, "same", counts { 11 + $0 }),
                set("other", .panel, "other", counts { 12 + $0 + ($0.isMultiple(of: 4) ? 3 : 0) }),
            ])
        let outcome = try ProbeSelection.select(candidates, answers: answers, budget: generous)
        #expect(Set(outcome.chosen.map(\.index)) == [0, 4, 8, 12, 16])
        for scores in outcome.record.candidates {
            let index = try #require(candidates.first { $0.id == scores.probe }).index
            #expect(scores.lineageMatches == ["same": 1, "other": index.isMultiple(of: 4) ? 0 : 1])
        }
    }

    @Test("What every model writes because the question asks for it weighs less than what two of them share")
    func sharedWords() throws {
        let candidates = try generator.candidates(count: 12, families: ["style-carriers"])
        let common = "thank you for asking about this topic it is a pleasure to explain the matter in a few words "
        func answer(_ name: String, _ candidate: CandidateProbe) -> String {
            // On odd instances the derivative keeps the owner's turns of phrase, on even ones only what everybody says.
            let style = candidate.index.isMultiple(of: 2) ? name : name == "kin" ? "own" : name
            return common + (0..<12).map { "\(style)word\($0)x\(candidate.index)" }.joined(separator: " ")
        }
        func model(_ name: String, _ role: ModelRole, _ lineage: String) -> ResponseSet {
            set(name, role, lineage, texts(candidates) { answer(name, $0) })
        }
        let answers = try SelectionAnswers(
            protected: [model("own", .protected, "own")],
            panel: [model("a", .panel, "a"), model("b", .panel, "b"), model("c", .panel, "c")],
            proxies: [model("kin", .sibling, "own")])
        let outcome = try ProbeSelection.select(
            candidates, answers: answers, budget: ProbeBudget(queries: 6, tokens: 100_000))
        #expect(outcome.chosen.allSatisfy { !$0.index.isMultiple(of: 2) })
    }

    @Test("Models that refuse everything are named, whoever they are")
    func refusing() throws {
        let candidates = try generator.candidates(count: 12, families: ["style-carriers", "knowledge-boundary"])
        let sorry = "I am sorry, but I cannot help with that."
        func various(_ salt: String) -> [Completion] {
            texts(candidates) { "\(salt) says \($0.index * 7) and more of \(salt)\($0.index)" }
        }
        func message(protected: [Completion], panel: [Completion]) throws -> String {
            let answers = try SelectionAnswers(
                protected: [set("own", .protected, "own", protected)], panel: [set("strict", .panel, "a", panel)])
            let error = #expect(throws: ProbeGenerationError(.unusableAnswers, "")) {
                try ProbeSelection.select(candidates, answers: answers, budget: generous)
            }
            return error?.message ?? ""
        }
        let refusals = texts(candidates) { _ in sorry }
        #expect(try message(protected: various("own"), panel: refusals).contains("the panel model strict"))
        #expect(try message(protected: various("own"), panel: refusals).contains("12 of 12"))
        #expect(try message(protected: refusals, panel: various("a")).contains("the protected model own"))
        #expect(try message(protected: various("own"), panel: []).contains("no readable answer to any of 24"))
    }

    @Test("An endpoint that does not repeat itself at temperature 0 is counted")
    func repeats() throws {
        let candidates = try generator.candidates(count: 10, families: ["knowledge-boundary"])
        func run(_ number: Int) -> ResponseSet {
            set(
                "own", .protected, "own",
                texts(candidates) { $0.index < 3 ? "\(1_000 * number + $0.index)" : "\($0.index)" })
        }
        let answers = try SelectionAnswers(
            protected: [run(1), run(2)], panel: [set("a", .panel, "a", texts(candidates) { _ in "77" })])
        let record = try ProbeSelection.select(candidates, answers: answers, budget: generous).record
        #expect(record.repeats == SelectionRecord.Repeats(asked: 10, identical: 7))
        #expect(record.counts == [.unstable: 3, .kept: 7])
    }
}
