import ForensicTypes
import ProbeGeneration
import Statistics

/// What choosing probes buys on a handful of live models, too few for rates of false positives.
///
/// Every arrangement takes one model for the protected one, another of its lineage as the relative that selection never sees, one
/// lineage as the panel that helps to choose, and another as strangers that selection never sees. A number of probes suffices
/// where the relative agrees with the protected model more than every stranger does. The share of draws in which it does is
/// averaged over the models of an arrangement of lineages first: lineages are the replicates.
///
/// With few lineages this is no power in the sense of a population, and there is no interval: the least and the greatest value
/// over the arrangements stand in for it.
struct ArrangementCurve {
    /// The outcome at one number of probes.
    struct Row: Encodable {
        let probes: Int
        /// The share of draws in which the chosen probes put the relative before every stranger.
        let chosen: Double
        let chosenRange: [Double]
        /// The same for random probes.
        let random: Double
        let randomRange: [Double]

        private enum CodingKeys: String, CodingKey {
            case probes, chosen, random
            case chosenRange = "chosen_range"
            case randomRange = "random_range"
        }
    }

    struct Report: Encodable {
        let models: Int
        let lineages: [Lineage]
        let candidates: Int
        /// Arrangements of lineages: protected, choosing, stranger.
        let arrangements: Int
        let draws: Int
        let rule: String
        let curve: [Row]
    }

    let candidates: [CandidateProbe]
    let answers: [ResponseSet]
    var sizes = [1, 2, 3, 5, 10, 20]
    /// Draws of half of the candidates, out of which probes are chosen.
    var draws = 200
    var seed: UInt64 = 1
    var rule = SelectionRule.conditionalDiscrimination

    /// Measures.
    ///
    /// - Throws: `CommandError` where no arrangement can be made; what selection throws.
    func measure() throws -> Report {
        let byLineage = Dictionary(grouping: answers) { $0.model.lineage }
        let lineages = byLineage.keys.compactMap(\.self).sorted()
        let sizes = self.sizes.filter { 2 * $0 <= candidates.count }
        var chosen: [[Double]] = []
        var random: [[Double]] = []
        for own in lineages {
            for choosing in lineages where choosing != own {
                for strange in lineages where strange != own && strange != choosing {
                    let kin = byLineage[own] ?? []
                    var rates: [(chosen: [Double], random: [Double])] = []
                    for protected in kin.indices {
                        for relative in kin.indices where relative != protected {
                            rates.append(
                                try rate(
                                    kin, protected: protected, relative: relative, panel: byLineage[choosing] ?? [],
                                    strangers: byLineage[strange] ?? [], sizes: sizes))
                        }
                    }
                    guard !rates.isEmpty else { continue }
                    chosen.append(Self.mean(rates.map(\.chosen)))
                    random.append(Self.mean(rates.map(\.random)))
                }
            }
        }
        guard !chosen.isEmpty else {
            throw CommandError(
                .badInput,
                "a curve needs three lineages, one of them with two models; there are \(lineages.map(\.name).joined(separator: ", "))"
            )
        }
        func range(_ rows: [[Double]], _ place: Int) -> [Double] {
            let values = rows.map { $0[place] }
            return [values.min() ?? 0, values.max() ?? 0]
        }
        let means = (chosen: Self.mean(chosen), random: Self.mean(random))
        return Report(
            models: answers.count, lineages: lineages, candidates: candidates.count, arrangements: chosen.count,
            draws: draws, rule: rule.name,
            curve: sizes.enumerated().map { place, size in
                Row(
                    probes: size, chosen: means.chosen[place], chosenRange: range(chosen, place),
                    random: means.random[place], randomRange: range(random, place))
            })
    }

    /// The shares of draws, by size, for one choice of models.
    private func rate(
        _ kin: [ResponseSet], protected: Int, relative: Int, panel: [ResponseSet], strangers: [ResponseSet],
        sizes: [Int]
    ) throws -> (chosen: [Double], random: [Double]) {
        let budget = ProbeBudget(queries: .max / 4, tokens: .max / 4)
        let others = kin.indices.filter { $0 != protected && $0 != relative }.map { kin[$0] }
        let choice = try ProbeSelection.select(
            candidates,
            answers: SelectionAnswers(protected: [kin[protected]], redeployments: others, panel: panel),
            budget: budget, rule: rule
        ).record.candidates
        // The agreement with each model of the test, by selection's own measure, every model as a lineage of its own.
        let test = try ProbeSelection.select(
            candidates,
            answers: SelectionAnswers(
                protected: [kin[protected]],
                panel: [Self.renamed(kin[relative], "relative")]
                    + strangers.enumerated().map { Self.renamed($1, "stranger \($0)") }),
            budget: budget, rule: rule
        ).record.candidates
        let matches = Dictionary(uniqueKeysWithValues: test.map { ($0.probe, $0.lineageMatches) })
        let ranked = choice.sorted {
            ($1.discrimination ?? -.infinity, $0.probe) < ($0.discrimination ?? -.infinity, $1.probe)
        }.map { matches[$0.probe] ?? [:] }
        var generator = SeededGenerator(seed: seed)
        var chosen = [Double](repeating: 0, count: sizes.count)
        var random = chosen
        for _ in 0..<draws {
            var pool = Array(ranked.indices)
            generator.shuffle(&pool)
            pool = Array(pool.prefix(ranked.count / 2))
            let best = pool.sorted()
            for (place, size) in sizes.enumerated() {
                if Self.isFound(best.prefix(size).map { ranked[$0] }) { chosen[place] += 1 / Double(draws) }
                if Self.isFound(pool.prefix(size).map { ranked[$0] }) { random[place] += 1 / Double(draws) }
            }
        }
        return (chosen, random)
    }

    /// Whether the relative agrees more than every stranger; probes that one of them did not answer say nothing.
    private static func isFound(_ matches: [[String: Double]]) -> Bool {
        let names = Set(matches.flatMap(\.keys)).subtracting(["relative"])
        return !names.isEmpty
            && names.allSatisfy { name in
                let both = matches.compactMap { match -> Double? in
                    guard let own = match["relative"], let other = match[name] else { return nil }
                    return own - other
                }
                return both.reduce(0, +) > 0
            }
    }

    private static func renamed(_ set: ResponseSet, _ lineage: String) -> ResponseSet {
        ResponseSet(
            model: ModelIdentity(name: set.model.name, role: .panel, lineage: Lineage(lineage)),
            completions: set.completions.values.flatMap(\.self))
    }

    private static func mean(_ rows: [[Double]]) -> [Double] {
        (rows.first ?? []).indices.map { place in rows.reduce(0) { $0 + $1[place] } / Double(rows.count) }
    }
}
