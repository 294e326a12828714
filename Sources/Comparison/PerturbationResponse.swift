internal import Features
internal import ForensicTypes

/// How two models answer to the change of one word: the cosine of their next-token responses.
///
/// **Formula.** For twins q and q′ let `Δ_M(t) = ln p_M(t | q′) − ln p_M(t | q)` at the first generated position, over the tokens t that both models
/// list after q or after q′, centred over these tokens. A token that a model lists in one form only stands at the other form's left-censoring bound: its
/// response is at least as large. The vectors of all pairs of twins are laid end to end, and the value is their cosine.
///
/// Whatever adds the same to a token in both forms falls out of Δ: a bias on tokens, a preference for letters, the level of the law. The softmax constant falls
/// out by centring, one temperature for all probes by the cosine. What is left is how the model reads the word, which honest re-serving leaves
/// alone more than it leaves the law alone.
///
/// **Null hypothesis.** None is tested; the panel's mean and deviation are given beside it. The formula is Whorl's own, in the manner of
/// perturbation responses (BReF, arXiv 2609.06330).
enum PerturbationResponse {
    /// The fewest tokens of a pair of twins that is compared.
    static let fewestTokens = 4
    /// The fewest pairs of twins.
    static let fewestPairs = 3

    /// The cosine of a pair of models, its standard error over twins, and the panel's, by name; empty without enough twins.
    static func details(_ evidence: PairEvidence) -> [String: Double] {
        let twins = twins(evidence.probes)
        let parts = parts(evidence.protected, evidence.suspect, twins: twins)
        guard let cosine = cosine(parts) else { return [:] }
        var details = [
            "response_cosine": cosine, "response_pairs": Double(parts.count),
            "response_tokens": parts.reduce(0) { $0 + $1.tokens } / Double(parts.count),
        ]
        let without = parts.indices.compactMap { left in
            self.cosine(parts.enumerated().filter { $0.offset != left }.map(\.element))
        }
        if without.count == parts.count {
            details["response_standard_error"] = Jackknife.standardError(of: without)
        }
        let panel = evidence.cohort.compactMap { self.cosine(self.parts(evidence.protected, $0, twins: twins)) }
        if panel.count >= 2 {
            let mean = panel.reduce(0, +) / Double(panel.count)
            let square = panel.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
            details["response_panel_models"] = Double(panel.count)
            details["response_panel_mean"] = mean
            details["response_panel_deviation"] = (square / Double(panel.count - 1)).squareRoot()
        }
        return details
    }

    /// The pairs of twins among some probes, in the order of their first members.
    private static func twins(_ probes: [IdentifiedProbe]) -> [(plain: Digest, altered: Digest)] {
        var groups: [Digest: [Int: Digest]] = [:]
        var order: [Digest] = []
        for probe in probes {
            guard let kin = probe.probe.kin, kin.relation == .twin else { continue }
            if groups[kin.group] == nil { order.append(kin.group) }
            groups[kin.group, default: [:]][kin.form] = probe.id
        }
        return order.compactMap { group in
            guard let plain = groups[group]?[0], let altered = groups[group]?[1] else { return nil }
            return (plain, altered)
        }
    }

    /// The second moments of two models' responses to one pair of twins.
    private struct Part {
        var own = 0.0
        var theirs = 0.0
        var both = 0.0
        var tokens = 0.0
    }

    private static func cosine(_ parts: [Part]) -> Double? {
        guard parts.count >= fewestPairs else { return nil }
        let sum = parts.reduce(into: Part()) { sum, part in
            sum.own += part.own
            sum.theirs += part.theirs
            sum.both += part.both
        }
        guard sum.own > 1e-12, sum.theirs > 1e-12 else { return nil }
        return sum.both / (sum.own * sum.theirs).squareRoot()
    }

    private static func parts(
        _ first: ResponseSet, _ second: ResponseSet, twins: [(plain: Digest, altered: Digest)]
    ) -> [Part] {
        twins.compactMap { twin in
            guard let own = Response(first, twin), let theirs = Response(second, twin) else { return nil }
            let tokens = own.tokens.intersection(theirs.tokens).sorted { $0.lexicographicallyPrecedes($1) }
            guard tokens.count >= fewestTokens else { return nil }
            var part = Part(tokens: Double(tokens.count))
            for (x, y) in zip(own.centred(over: tokens), theirs.centred(over: tokens)) {
                part.own += x * x
                part.theirs += y * y
                part.both += x * y
            }
            return part
        }
    }

    /// One model's laws after the two forms.
    private struct Response {
        private let plain: CensoredLogprobs
        private let altered: CensoredLogprobs

        init?(_ responses: ResponseSet, _ twin: (plain: Digest, altered: Digest)) {
            func law(_ probe: Digest) -> CensoredLogprobs? {
                responses.completions[probe]?.lazy.compactMap(\.positions.first).first.flatMap(CensoredLogprobs.init)
            }
            guard let plain = law(twin.plain), let altered = law(twin.altered) else { return nil }
            self.plain = plain
            self.altered = altered
        }

        var tokens: Set<[UInt8]> { Set(plain.values.keys).union(altered.values.keys) }

        func centred(over tokens: [[UInt8]]) -> [Double] {
            let changes = tokens.map {
                (altered.values[$0] ?? altered.censoringBound) - (plain.values[$0] ?? plain.censoringBound)
            }
            let mean = changes.reduce(0, +) / Double(changes.count)
            return changes.map { $0 - mean }
        }
    }
}
