import Comparison
import ForensicTypes
import Statistics
import TestSupport
import Testing

@Suite struct AnswerChannelTests {
    private static let options = ["iron", "copper", "silver", "gold"]

    /// Questions with a right answer. Each model is right with its accuracy; when wrong it takes the common wrong answer
    /// with some probability, else one of its own lineage's or, with `inherits`, of another model's.
    private struct Quiz {
        let probes: [IdentifiedProbe]

        init(_ count: Int) throws {
            self.probes = try (0..<count).map {
                try EvidenceBuilder.probe(
                    $0, .choice(options: AnswerChannelTests.options), gold: AnswerChannelTests.options[$0 % 4])
            }
        }

        func model(
            _ name: String, _ role: ModelRole, lineage: String?, accuracy: Double = 0.5, habit: UInt64,
            own: UInt64, inherits: Double = 0, missing: Double = 0
        ) -> ResponseSet {
            var luck = SeededGenerator(seed: own)
            return EvidenceBuilder.model(name, role, lineage: lineage, probes: probes) { index in
                var inherited = SeededGenerator(seed: habit &* 1000 &+ UInt64(index))
                let common = luck.uniform() < inherits
                let right = common ? inherited.uniform() < accuracy : luck.uniform() < accuracy
                let slip = 1 + (common ? inherited.index(below: 3) : luck.index(below: 3))
                if luck.uniform() < missing { return ["I would rather not say"] }
                return [AnswerChannelTests.options[(index % 4 + (right ? 0 : slip)) % 4]]
            }
        }

        func panel(_ count: Int) -> [ResponseSet] {
            (0..<count).map {
                model(
                    "p\($0)", .panel, lineage: "l\($0)", accuracy: 0.35 + 0.03 * Double($0), habit: 0,
                    own: UInt64(100 + $0))
            }
        }
    }

    @Test func inheritedMistakesStandOutAndStrangersDoNot() throws {
        let quiz = try Quiz(240)
        let protected = quiz.model("owner", .protected, lineage: "owner", habit: 7, own: 1, inherits: 1)
        let child = quiz.model("child", .suspect, lineage: nil, habit: 7, own: 2, inherits: 0.8)
        let stranger = quiz.model("stranger", .suspect, lineage: nil, habit: 0, own: 3)
        let panel = quiz.panel(10)
        for comparator in [DecisionAgreement(), ErrorConsistency()] as [any Comparator] {
            let near = comparator.score(EvidenceBuilder.evidence(quiz.probes, protected, child, panel: panel))
            let far = comparator.score(EvidenceBuilder.evidence(quiz.probes, protected, stranger, panel: panel))
            #expect(near.validity == .valid)
            #expect(far.validity == .valid)
            let gap = try #require(near.value) - (try #require(far.value))
            let error = max(try #require(near.standardError), try #require(far.standardError))
            #expect(gap > 4 * error)
        }
    }

    @Test func missingAnswersAreNotMismatches() throws {
        let quiz = try Quiz(240)
        let protected = quiz.model("owner", .protected, lineage: "owner", habit: 7, own: 1, inherits: 1)
        let panel = quiz.panel(10)
        let child = quiz.model("child", .suspect, lineage: nil, habit: 7, own: 2, inherits: 1)
        let shy = quiz.model("shy", .suspect, lineage: nil, habit: 7, own: 2, inherits: 1, missing: 0.5)
        let full = DecisionAgreement().score(EvidenceBuilder.evidence(quiz.probes, protected, child, panel: panel))
        let half = DecisionAgreement().score(EvidenceBuilder.evidence(quiz.probes, protected, shy, panel: panel))
        #expect(full.details["weighted_agreement"] == 1)
        #expect(half.details["weighted_agreement"] == 1)
        #expect(half.usableProbes < full.usableProbes)
        #expect(try #require(half.details["suspect_readable_share"]) < 0.6)
    }

    @Test func withoutALineagesPanelItSaysHowManyItNeeds() throws {
        let quiz = try Quiz(240)
        let protected = quiz.model("owner", .protected, lineage: "owner", habit: 7, own: 1)
        let child = quiz.model("child", .suspect, lineage: nil, habit: 7, own: 2)
        let panel = Array(quiz.panel(2))
        for comparator in [DecisionAgreement(), ErrorConsistency()] as [any Comparator] {
            let score = comparator.score(EvidenceBuilder.evidence(quiz.probes, protected, child, panel: panel))
            #expect(score.validity == .notComputable)
            #expect(score.reasons.first?.code == "too-few-lineages")
            #expect(score.reasons.first?.numbers == ["found": 2, "wanted": 3])
        }
    }

    /// Several models that quote their answers. A reader that stops at the escaped quotation mark reads one and the same
    /// wrong answer from all of them, which accuses the stranger of every shared "mistake".
    @Test func quotedAnswersDoNotAccuseAStranger() throws {
        let probes = try (0..<150).map { try EvidenceBuilder.probe($0, .text, gold: "word\($0)") }
        func model(_ name: String, _ role: ModelRole, lineage: String?, seed: UInt64, quotes: Bool) -> ResponseSet {
            var generator = SeededGenerator(seed: seed)
            return EvidenceBuilder.model(name, role, lineage: lineage, probes: probes) { index in
                let answer = generator.uniform() < 0.4 ? "word\(index)" : "slip\(generator.index(below: 400))"
                return [quotes ? #"{"answer": "\"\#(answer)\""}"# : #"{"answer": "\#(answer)"}"#]
            }
        }
        let panel = (0..<8).map { model("p\($0)", .panel, lineage: "l\($0)", seed: UInt64(20 + $0), quotes: false) }
        let evidence = EvidenceBuilder.evidence(
            probes, model("owner", .protected, lineage: "owner", seed: 1, quotes: true),
            model("stranger", .suspect, lineage: nil, seed: 2, quotes: true), panel: panel)
        let consistency = ErrorConsistency().score(evidence)
        #expect(abs(try #require(consistency.value)) < 0.05)
        #expect(try #require(consistency.details["agreement_where_both_wrong"]) < 0.05)
        #expect(try #require(consistency.details["suspect_accuracy"]) > 0.25)
    }

    @Test func chanceAdjustedAgreementHasItsKnownValues() throws {
        let quiz = try Quiz(200)
        let owner = quiz.model("owner", .protected, lineage: "owner", habit: 7, own: 1, inherits: 1)
        let same = quiz.model("same", .suspect, lineage: nil, habit: 7, own: 9, inherits: 1)
        let score = ErrorConsistency().score(
            EvidenceBuilder.evidence(quiz.probes, owner, same, panel: quiz.panel(7)))
        #expect(score.details["kappa"] == 1)
        #expect(score.details["agreement_where_both_wrong"] == 1)
    }
}
