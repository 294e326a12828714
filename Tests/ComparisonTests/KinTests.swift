import Comparison
import ForensicTypes
import Statistics
import TestSupport
import Testing

/// Comparators that read the forms of one probe against each other.
@Suite("Twins and rotations")
struct KinTests {
    private static func probe(
        _ number: Int, _ reading: Reading, _ relation: Kin.Relation, form: Int, prompt: Prompt = .raw("x")
    ) throws -> IdentifiedProbe {
        let group = try #require(Digest(bytes: [UInt8](repeating: 9, count: 31) + [UInt8(number)]))
        let id = try #require(Digest(bytes: [UInt8](repeating: 8, count: 30) + [UInt8(number), UInt8(form)]))
        return IdentifiedProbe(
            id: id,
            probe: Probe(
                family: "kin", prompt: prompt, sampling: SamplingParameters(), draws: 1, reading: reading,
                kin: Kin(group: group, relation: relation, form: form)))
    }

    // MARK: - Perturbation response

    /// Twins, and a model whose law after form 1 is that after form 0 plus `response`, at a temperature, with a bias on each token.
    private static func twins(_ count: Int) throws -> [IdentifiedProbe] {
        try (0..<count).flatMap { number in
            try (0..<2).map { try probe(number, .text, .twin, form: $0) }
        }
    }

    private static func law(
        _ name: String, _ role: ModelRole, _ probes: [IdentifiedProbe], response: UInt64, mix: Double = 0,
        temperature: Double = 1, bias: Double = 0, lineage: String? = nil
    ) -> ResponseSet {
        let tokens = (0..<10).map { [UInt8(97 + $0)] }
        var completions: [Completion] = []
        for (index, probe) in probes.enumerated() {
            let number = UInt64(index / 2)
            var base = SeededGenerator(seed: 1000 &+ number)
            var change = SeededGenerator(seed: response &* 5000 &+ number)
            var other = SeededGenerator(seed: 77_777 &+ response &* 31 &+ number)
            let logits = tokens.indices.map { token -> Double in
                let level = base.normal() + bias * Double(token % 3)
                let moved = (1 - mix) * change.normal() + mix * other.normal()
                return (level + (probe.probe.kin?.form == 1 ? moved : 0)) / temperature
            }
            let total = Logarithm.natural(logits.reduce(0) { $0 + Logarithm.exponential($1) })
            let listed = zip(tokens, logits).map { TokenLogprob(bytes: $0, logprob: $1 - total) }
                .sorted { $0.logprob > $1.logprob }
            completions.append(
                Completion(
                    probe: probe.id, draw: 0, text: listed[0].bytes,
                    positions: [TokenPosition(chosen: listed[0], top: listed)]))
        }
        return ResponseSet(
            model: ModelIdentity(name: name, role: role, lineage: lineage.map { Lineage($0) }), completions: completions
        )
    }

    @Test("The response is free of temperature and of a bias on tokens, and a stranger's is another")
    func response() throws {
        let probes = try Self.twins(12)
        let protected = Self.law("owner", .protected, probes, response: 1, lineage: "owner")
        let panel = (0..<4).map {
            Self.law("p\($0)", .panel, probes, response: UInt64(20 + $0), lineage: "l\($0)")
        }
        func details(_ suspect: ResponseSet) -> [String: Double] {
            TopLogprobDivergence().score(EvidenceBuilder.evidence(probes, protected, suspect, panel: panel)).details
        }
        let copy = details(Self.law("s", .suspect, probes, response: 1, temperature: 1.7, bias: 2))
        #expect(isClose(try #require(copy["response_cosine"]), 1, absolute: 1e-9))
        #expect(copy["response_pairs"] == 12 && copy["response_tokens"] == 10)
        let tuned = details(Self.law("s", .suspect, probes, response: 1, mix: 0.3))
        let stranger = details(Self.law("s", .suspect, probes, response: 3))
        #expect(try #require(tuned["response_cosine"]) > 0.6)
        #expect(abs(try #require(stranger["response_cosine"])) < 0.4)
        #expect(abs(try #require(stranger["response_panel_mean"])) < 0.4)
        #expect(stranger["response_panel_models"] == 4)
        #expect(try #require(tuned["response_standard_error"]) > 0)
    }

    @Test("The cosine is that of the definition, and an unlisted token stands at its bound")
    func knownAnswer() throws {
        let probes = try Self.twins(3)
        func model(_ role: ModelRole, plain: [Double], altered: [Double]) -> ResponseSet {
            ResponseSet(
                model: ModelIdentity(name: "\(role)", role: role),
                completions: probes.map { probe in
                    let values = probe.probe.kin?.form == 0 ? plain : altered
                    let top = values.enumerated().compactMap { token, value in
                        value.isNaN ? nil : TokenLogprob(bytes: [UInt8(97 + token)], logprob: value)
                    }
                    return Completion(
                        probe: probe.id, draw: 0, text: [97], positions: [TokenPosition(chosen: top[0], top: top)])
                })
        }
        let protected = model(.protected, plain: [-1, -2, -3, -4], altered: [-2, -1, -3, -4])
        let suspect = model(.suspect, plain: [-1, -2, -3, .nan], altered: [-1, -2, -4, -2.5])
        let details = TopLogprobDivergence().score(EvidenceBuilder.evidence(probes, protected, suspect)).details
        // Own changes: -1, 1, 0, 0. The suspect's: 0, 0, -1, and from the bound -3 to -2.5: 0.5; centred by -0.125.
        let expected = (-1 * 0.125 + 1 * 0.125) / (2.0.squareRoot() * 1)
        #expect(isClose(try #require(details["response_cosine"]), expected, absolute: 1e-12))
        let other = model(.suspect, plain: [-1, -2, -3, .nan], altered: [-3, -2, -4, -2.5])
        let second = TopLogprobDivergence().score(EvidenceBuilder.evidence(probes, protected, other)).details
        // -2, 0, -1, 0.5 centred by -0.625: -1.375, 0.625, -0.375, 1.125; own: -1, 1, 0, 0.
        let square = 1.375 * 1.375 + 0.625 * 0.625 + 0.375 * 0.375 + 1.125 * 1.125
        #expect(isClose(try #require(second["response_cosine"]), 2 / (2 * square).squareRoot(), relative: 1e-12))
        let few = TopLogprobDivergence().score(
            EvidenceBuilder.evidence(Array(probes.prefix(4)), protected, suspect)
        ).details
        #expect(few["response_cosine"] == nil)
    }

    // MARK: - Rotations

    private static let options = ["copper", "gold", "iron", "silver"]

    private static func rotations(_ count: Int) throws -> [IdentifiedProbe] {
        try (0..<count).flatMap { number in
            try (0..<4).map { form in
                let shown = Array(options[form...] + options[..<form])
                let lines = zip(["A", "B", "C", "D"], shown).map { "\($0)) \($1)" }.joined(separator: "\n")
                return try probe(
                    number, .choice(options: options), .rotation, form: form,
                    prompt: .chat([Message(role: .user, content: "Question \(number)?\n\(lines)")]))
            }
        }
    }

    private static func answers(
        _ name: String, _ role: ModelRole, _ probes: [IdentifiedProbe], lineage: String? = nil,
        _ answer: (_ question: Int, _ form: Int) -> String?
    ) -> ResponseSet {
        EvidenceBuilder.model(name, role, lineage: lineage, probes: probes) { index in [answer(index / 4, index % 4)] }
    }

    private static func taste(_ name: String, _ probes: [IdentifiedProbe], seed: UInt64) -> ResponseSet {
        answers(name, .panel, probes, lineage: name) { question, form in
            var generator = SeededGenerator(seed: seed &* 100 &+ UInt64(question))
            return options[generator.index(below: 4)]
        }
    }

    @Test("Two models that like the letter A agree on nothing, however their answers are written")
    func lettersDoNotCount() throws {
        let probes = try Self.rotations(40)
        let panel = (0..<9).map { Self.taste("p\($0)", probes, seed: UInt64($0)) }
        for isBare in [true, false] {
            func first(_ name: String, _ role: ModelRole, lineage: String? = nil) -> ResponseSet {
                Self.answers(name, role, probes, lineage: lineage) { _, form in isBare ? "A" : Self.options[form] }
            }
            let score = DecisionAgreement().score(
                EvidenceBuilder.evidence(
                    probes, first("owner", .protected, lineage: "owner"), first("s", .suspect), panel: panel))
            #expect(score.validity == .notComputable && score.usableProbes == 0)
            #expect(score.details["rotated_questions"] == 40)
            #expect(score.details["protected_held_under_rotation"] == 0)
            #expect(score.details["protected_same_place_share"] == 1)
            #expect(score.details["suspect_same_place_share"] == 1)
            #expect(score.details["agreement_where_unstable"] == 1)
        }
    }

    @Test("What a source holds to in all orders is inherited by content, and the shuffled source is the zero")
    func heldDecisionsCount() throws {
        let probes = try Self.rotations(60)
        let panel = (0..<9).map { Self.taste("p\($0)", probes, seed: UInt64($0)) }
        func owner(_ name: String, _ role: ModelRole, lineage: String? = nil, share: Double) -> ResponseSet {
            var luck = SeededGenerator(seed: 5)
            return Self.answers(name, role, probes, lineage: lineage) { question, form in
                var generator = SeededGenerator(seed: 999_000 &+ UInt64(question))
                // Every third question has no held answer: the place decides.
                if question % 3 == 0 { return Self.options[form] }
                let own = Self.options[generator.index(below: 4)]
                return luck.uniform() < share ? own : Self.options[luck.index(below: 4)]
            }
        }
        let protected = owner("owner", .protected, lineage: "owner", share: 1)
        let child = DecisionAgreement().score(
            EvidenceBuilder.evidence(probes, protected, owner("c", .suspect, share: 0.8), panel: panel))
        let stranger = DecisionAgreement().score(
            EvidenceBuilder.evidence(probes, protected, Self.taste("x", probes, seed: 400), panel: panel))
        #expect(child.usableProbes == 40 && child.validity == .valid)
        #expect(isClose(try #require(child.details["protected_held_under_rotation"]), 40.0 / 60))
        let control = try #require(child.details["shuffled_source_agreement"])
        #expect(try #require(child.details["weighted_agreement"]) > control + 0.3)
        #expect(control < 0.45)
        #expect(try #require(child.value) > 4)
        #expect(abs(try #require(stranger.value)) < 3)
    }

    @Test("A form that cannot be read is missing; fewer than three of four decide nothing")
    func missingForms() throws {
        let probes = try Self.rotations(40)
        let panel = (0..<9).map { Self.taste("p\($0)", probes, seed: UInt64($0)) }
        func owner(missing: Int) -> Score {
            let protected = Self.answers("owner", .protected, probes, lineage: "owner") { question, form in
                form < missing ? "I would rather not say" : Self.options[question % 4]
            }
            let suspect = Self.answers("s", .suspect, probes) { question, _ in Self.options[question % 4] }
            return DecisionAgreement().score(EvidenceBuilder.evidence(probes, protected, suspect, panel: panel))
        }
        #expect(owner(missing: 1).usableProbes == 40)
        #expect(owner(missing: 1).details["weighted_agreement"] == 1)
        #expect(owner(missing: 2).usableProbes == 0)
    }
}
