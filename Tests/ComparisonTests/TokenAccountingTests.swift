import Comparison
import ForensicTypes
import Testing

@Suite struct TokenAccountingTests {
    /// A model whose server adds `template` tokens, and whose tokenizer differs from the others on every `odd`-th probe.
    private static func model(
        _ role: ModelRole, _ probes: [IdentifiedProbe], template: Int, odd: Int = 0, lineage: String? = nil
    ) -> ResponseSet {
        ResponseSet(
            model: ModelIdentity(name: "\(role)\(template)", role: role, lineage: lineage.map { Lineage($0) }),
            completions: probes.enumerated().map { index, probe in
                let own = 3 + index * 7 % 23 + (odd > 0 && index % odd == 0 ? 1 : 0)
                return Completion(
                    probe: probe.id, draw: 0, text: [], usage: TokenUsage(prompt: own + template, completion: 1))
            })
    }

    private func probes(_ count: Int) throws -> [IdentifiedProbe] {
        try (0..<count).map { try EvidenceBuilder.probe($0, .promptTokens) }
    }

    @Test func theTemplateOffsetIsTakenOff() throws {
        let probes = try probes(30)
        let score = TokenAccounting().score(
            EvidenceBuilder.evidence(
                probes, Self.model(.protected, probes, template: 4), Self.model(.suspect, probes, template: 19)))
        #expect(score.value == 1)
        #expect(score.standardError == 0)
        #expect(score.validity == .valid)
        #expect(score.usableProbes == 30)
    }

    @Test func anotherTokenizerShowsAndThePanelSaysHowCommonItIs() throws {
        let probes = try probes(30)
        let panel = [
            Self.model(.panel, probes, template: 1, lineage: "same"),
            Self.model(.panel, probes, template: 2, odd: 2, lineage: "other"),
        ]
        let score = TokenAccounting().score(
            EvidenceBuilder.evidence(
                probes, Self.model(.protected, probes, template: 4), Self.model(.suspect, probes, template: 4, odd: 5),
                panel: panel))
        #expect(score.value == 23.0 / 29)
        #expect(score.details["differing_probes"] == 6)
        #expect(score.details["panel_models"] == 2)
        #expect(score.details["panel_models_with_equal_counts"] == 1)
    }

    @Test func shapesHaveTheirOwnOffsets() throws {
        let chat = try (0..<12).map { try EvidenceBuilder.probe($0, .promptTokens) }
        let raw = try (12..<24).map { try EvidenceBuilder.probe($0, .promptTokens, prompt: .raw("\($0)")) }
        let rawIDs = Set(raw.map(\.id))
        let protected = Self.model(.protected, chat + raw, template: 9)
        let suspect = ResponseSet(
            model: ModelIdentity(name: "s", role: .suspect),
            completions: (chat + raw).enumerated().map { index, probe in
                let template = rawIDs.contains(probe.id) ? 1 : 30
                return Completion(
                    probe: probe.id, draw: 0, text: [],
                    usage: TokenUsage(prompt: 3 + index * 7 % 23 + template, completion: 1))
            })
        let score = TokenAccounting().score(EvidenceBuilder.evidence(chat + raw, protected, suspect))
        #expect(score.value == 1)
        #expect(score.details["prompt_shapes"] == 2)
    }

    @Test func withoutCountsItSaysWhatItNeeds() throws {
        let probes = try probes(30)
        let silent = EvidenceBuilder.model("s", .suspect, probes: probes) { _ in ["text"] }
        let score = TokenAccounting().score(
            EvidenceBuilder.evidence(probes, Self.model(.protected, probes, template: 4), silent))
        #expect(score.validity == .notComputable)
        #expect(score.value == nil)
        #expect(score.reasons.first?.numbers["found"] == 0)
    }
}
