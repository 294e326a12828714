import ForensicTypes
import ProbeGeneration
import Testing

@Suite("Probe selection")
struct ProbeSelectionTests {
    let library: ProbeLibrary
    let candidates: [CandidateProbe]
    let generous = ProbeBudget(queries: 10_000, tokens: 1_000_000)

    init() throws {
        library = try .shipped()
        candidates = try ProbeGenerator(library: library, seed: 21)
            .candidates(count: 12, families: ["forced-small-choice", "knowledge-boundary", "tokenizer-strings"])
    }

    private func model(_ name: String, _ role: ModelRole, _ lineage: String?) -> ModelIdentity {
        ModelIdentity(name: name, role: role, lineage: lineage.map { Lineage($0) })
    }

    /// Answers every probe by a rule that sees the candidate and the draw; nil leaves it out.
    private func answers(
        _ model: ModelIdentity, to candidates: [CandidateProbe], rule: (CandidateProbe, Int) -> String?
    ) -> ResponseSet {
        let completions = candidates.flatMap { candidate in
            (0..<candidate.probe.draws).compactMap { draw -> Completion? in
                guard let text = rule(candidate, draw) else { return nil }
                return Completion(
                    probe: candidate.id, draw: draw, text: Array(text.utf8), finishReason: .stop,
                    usage: TokenUsage(prompt: text.utf8.count, completion: 1))
            }
        }
        return ResponseSet(model: model, completions: completions)
    }

    private func numbers() throws -> [CandidateProbe] { candidates.filter { $0.family == "knowledge-boundary" } }

    @Test("Without answers the budget is filled in turns, in the order of generation")
    func unasked() throws {
        let budget = ProbeBudget(queries: 30, tokens: 3_000)
        let outcome = try ProbeSelection.select(candidates, budget: budget, quotas: ["tokenizer-strings": 3])
        #expect(outcome.record.rule == "order" && outcome.record.lineages.isEmpty)
        #expect(outcome.chosen.reduce(0) { $0 + $1.queries } <= 30)
        #expect(outcome.chosen.reduce(0) { $0 + $1.tokens } <= 3_000)
        let counts = Dictionary(grouping: outcome.chosen, by: \.family).mapValues(\.count)
        #expect(counts["tokenizer-strings"] == 3)
        #expect(counts["forced-small-choice"] == 3)
        #expect(counts["knowledge-boundary"] == 3)
        #expect(outcome.chosen.filter { $0.family == "tokenizer-strings" }.allSatisfy { $0.index < 3 })
        #expect(outcome.record.candidates.count == candidates.count)
        #expect(outcome.record.counts[.kept] == outcome.chosen.count)
    }

    @Test("The probe that tells lineages apart comes before the one on which all agree")
    func discrimination() throws {
        let probes = try numbers()
        // On even instances the protected model has numbers of its own; on odd ones everybody says 7.
        func rule(_ salt: Int) -> (CandidateProbe, Int) -> String? {
            { candidate, _ in candidate.index.isMultiple(of: 2) ? "It was \(100 * salt + candidate.index)." : "7" }
        }
        let protected = model("own", .protected, "own")
        let set = try SelectionAnswers(
            protected: [answers(protected, to: probes, rule: rule(1)), answers(protected, to: probes, rule: rule(1))],
            redeployments: [answers(model("own-q8", .redeployment, "own"), to: probes, rule: rule(1))],
            panel: [
                answers(model("a", .panel, "a"), to: probes, rule: rule(2)),
                answers(model("b", .panel, "b"), to: probes, rule: rule(3)),
            ])
        #expect(set.lineages.map(\.name) == ["a", "b", "own"])
        let outcome = try ProbeSelection.select(probes, answers: set, budget: generous)
        #expect(Set(outcome.chosen.map(\.index)) == [0, 2, 4, 6, 8, 10])
        for scores in outcome.record.candidates {
            let index = try #require(probes.first { $0.id == scores.probe }).index
            #expect(scores.fate == (index.isMultiple(of: 2) ? .kept : .undiscriminating))
            #expect(scores.stability == 1 && scores.parseRate == 1 && scores.robustness == 1)
            // (1 + Σ agreement) / (n + 2) over two lineages.
            #expect(scores.panelMatch == (index.isMultiple(of: 2) ? 0.25 : 0.75))
        }
        // f = 1 against p₀ = 1/4: ln 4 nats.
        #expect(outcome.record.candidates.first { $0.fate == .kept }?.information == 1.38629)
        #expect(outcome.record.rule == "conditional_discrimination")
    }

    @Test("A panel of many models of one lineage weighs as one")
    func lineagesAreReplicates() throws {
        let probes = try numbers()
        let protected = model("own", .protected, "own")
        let own = answers(protected, to: probes) { candidate, _ in "\(candidate.index)" }
        let same = (1...5).map { number in
            answers(model("copycat-\(number)", .panel, "copycats"), to: probes) { candidate, _ in "\(candidate.index)" }
        }
        let other = answers(model("other", .panel, "other"), to: probes) { _, _ in "999" }
        let set = try SelectionAnswers(protected: [own, own], panel: same + [other])
        let record = try ProbeSelection.select(probes, answers: set, budget: generous).record
        #expect(record.candidates.allSatisfy { $0.panelMatch == 0.5 })
    }

    @Test("Unstable and unreadable probes are dropped and say why")
    func fates() throws {
        let probes = try numbers()
        let protected = model("own", .protected, "own")
        func run(_ number: Int) -> ResponseSet {
            answers(protected, to: probes) { candidate, _ in
                switch candidate.index % 4 {
                case 0: "I cannot say."
                case 1: "\(1_000 * number + candidate.index)"
                case 2: nil
                default: "\(candidate.index)"
                }
            }
        }
        let panel = answers(model("a", .panel, "a"), to: probes) { _, _ in "5555" }
        let set = try SelectionAnswers(protected: [run(1), run(2)], panel: [panel])
        let record = try ProbeSelection.select(probes, answers: set, budget: generous).record
        for scores in record.candidates {
            let index = try #require(probes.first { $0.id == scores.probe }).index
            let expected: [CandidateScores.Fate] = [.unreadable, .unstable, .unanswered, .kept]
            #expect(scores.fate == expected[index % 4], "instance \(index)")
        }
    }

    @Test("Choices are compared as distributions over draws")
    func choices() throws {
        let probes = candidates.filter { $0.family == "forced-small-choice" }
        func option(_ candidate: CandidateProbe, _ number: Int) -> String {
            guard case .choice(let options) = candidate.probe.reading else { return "" }
            return options[number % options.count]
        }
        let protected = model("own", .protected, "own")
        let own = answers(protected, to: probes) { candidate, draw in "The answer: \(option(candidate, draw % 2))!" }
        // Half of the draws agree: the overlap is 1/2.
        let other = answers(model("a", .panel, "a"), to: probes) { candidate, draw in
            draw % 2 == 0 ? option(candidate, 0) : nil
        }
        let set = try SelectionAnswers(protected: [own, own], panel: [other])
        let record = try ProbeSelection.select(probes, answers: set, budget: generous).record
        #expect(record.candidates.allSatisfy { $0.panelMatch == 0.5 && $0.stability == 1 })
    }

    @Test("Next-token laws agree fully with themselves and partly with others")
    func laws() throws {
        let probes = try ProbeGenerator(library: library, seed: 4).candidates(count: 3, families: ["continuation"])
        func position(_ law: [(String, Double)]) -> TokenPosition {
            let top = law.map { TokenLogprob(bytes: Array($0.0.utf8), logprob: $0.1) }
            return TokenPosition(chosen: top[0], top: top)
        }
        func set(_ model: ModelIdentity, _ law: [(String, Double)]) -> ResponseSet {
            ResponseSet(
                model: model,
                completions: probes.map {
                    Completion(probe: $0.id, draw: 0, text: Array("a".utf8), positions: [position(law)])
                })
        }
        // ln 0.5 and ln 0.25: three quarters of the mass are shown.
        let own = set(model("own", .protected, "own"), [("a", -0.6931471805599453), ("b", -1.3862943611198906)])
        let other = set(model("o", .panel, "o"), [("c", -0.6931471805599453), ("b", -1.3862943611198906)])
        let record = try ProbeSelection.select(
            probes, answers: SelectionAnswers(protected: [own, own], panel: [other]), budget: generous
        ).record
        // They share 1/4 of 3/4: agreement 1/3, and (1 + 1/3) / 3 as the panel match of one lineage.
        #expect(record.candidates.allSatisfy { $0.stability == 1 && $0.panelMatch == 0.444444 })
    }

    @Test("Twins enter together")
    func twins() throws {
        let pairs = try ProbeGenerator(library: library, seed: 2).candidates(
            count: 20, families: ["perturbation-pairs"])
        let outcome = try ProbeSelection.select(
            pairs, budget: ProbeBudget(queries: 7, tokens: 10_000))
        #expect(outcome.chosen.count == 6)
        #expect(Dictionary(grouping: outcome.chosen, by: \.pair).values.allSatisfy { $0.count == 2 })
    }

    @Test("Diversity spreads the choice where d′ alone repeats itself")
    func diversity() throws {
        let probes = try ProbeGenerator(library: library, seed: 3).candidates(
            count: 30, families: ["knowledge-boundary"])
        let protected = model("own", .protected, "own")
        let own = answers(protected, to: probes) { candidate, _ in "\(candidate.index)" }
        // Lineage a agrees on instances 0..<10, lineage b on 10..<13, and c on the rest.
        func partial(_ name: String, _ range: Range<Int>, _ other: Int) -> ResponseSet {
            answers(model(name, .panel, name), to: probes) { candidate, _ in
                range.contains(candidate.index) ? "\(candidate.index)" : "\(other)"
            }
        }
        let set = try SelectionAnswers(
            protected: [own, own],
            panel: [partial("a", 0..<10, 900), partial("b", 10..<13, 901), partial("c", 13..<30, 902)])
        let budget = ProbeBudget(queries: 6, tokens: 10_000)
        let plain = try ProbeSelection.select(probes, answers: set, budget: budget).chosen
        let spread = try ProbeSelection.select(probes, answers: set, budget: budget, rule: .diverse(weight: 1)).chosen
        func kinds(_ chosen: [CandidateProbe]) -> Int {
            Set(chosen.map { $0.index < 10 ? 0 : $0.index < 13 ? 1 : 2 }).count
        }
        #expect(plain.count == 6 && spread.count == 6)
        #expect(kinds(spread) == 3)
    }

    @Test("The outcome does not depend on the order of candidates")
    func order() throws {
        let probes = try numbers()
        let protected = model("own", .protected, "own")
        let own = answers(protected, to: probes) { candidate, _ in "\(candidate.index)" }
        let other = answers(model("a", .panel, "a"), to: probes) { candidate, _ in "\(candidate.index % 5)" }
        let set = try SelectionAnswers(protected: [own], panel: [other])
        let budget = ProbeBudget(queries: 4, tokens: 10_000)
        let first = try ProbeSelection.select(probes, answers: set, budget: budget)
        let second = try ProbeSelection.select(probes.reversed(), answers: set, budget: budget)
        #expect(first.record == second.record && first.chosen == second.chosen)
    }

    @Test("Budgets, quotas, duplicates and refusing models are refused with names and numbers")
    func refusals() throws {
        func code(_ work: () throws -> Void) -> ProbeGenerationError.Code? {
            do {
                try work()
                return nil
            } catch {
                return (error as? ProbeGenerationError)?.code
            }
        }
        let small = ProbeBudget(queries: 9, tokens: 10_000)
        #expect(code { _ = try ProbeSelection.select(candidates, budget: small) } == .budget)
        let tokens = ProbeBudget(queries: 100, tokens: 20)
        #expect(code { _ = try ProbeSelection.select(candidates, budget: tokens) } == .budget)
        #expect(code { _ = try ProbeSelection.select([], budget: generous) } == .budget)
        #expect(
            code { _ = try ProbeSelection.select(candidates + [candidates[0]], budget: generous) } == .duplicateProbe)
        #expect(
            code { _ = try ProbeSelection.select(candidates, budget: generous, quotas: ["poems": 1]) } == .unknownName)
        #expect(
            code {
                _ = try ProbeSelection.select(candidates, budget: generous, quotas: ["tokenizer-strings": 0])
            } == .budget)
        let own = model("own", .protected, "own")
        let probes = try numbers()
        let refusing = answers(own, to: probes) { _, _ in "I am sorry, but I cannot help with that." }
        let panel = answers(model("a", .panel, "a"), to: probes) { _, _ in "7" }
        #expect(
            code {
                _ = try ProbeSelection.select(
                    probes, answers: SelectionAnswers(protected: [refusing], panel: [panel]), budget: generous)
            } == .unusableAnswers)
        let sibling = answers(model("b", .panel, "own"), to: probes) { _, _ in "7" }
        #expect(code { _ = try SelectionAnswers(protected: [refusing], panel: [sibling]) } == .unusableAnswers)
        let stray = answers(model("c", .panel, nil), to: probes) { _, _ in "7" }
        #expect(code { _ = try SelectionAnswers(protected: [refusing], panel: [stray]) } == .unusableAnswers)
        #expect(code { _ = try SelectionAnswers(protected: []) } == .unusableAnswers)
    }

    @Test("A budget is read from text", arguments: ["queries=200,tokens=20000", "tokens=20000,queries=200"])
    func budgetText(text: String) throws {
        #expect(try ProbeBudget(parsing: text) == ProbeBudget(queries: 200, tokens: 20_000))
    }

    @Test(
        "Other texts are no budget",
        arguments: ["", "queries=200", "queries=0,tokens=5", "queries=1,queries=2", "queries=1,tokens=x", "a=1,b=2"])
    func badBudgetText(text: String) {
        #expect(throws: ProbeGenerationError(.budget, "")) { try ProbeBudget(parsing: text) }
    }
}
