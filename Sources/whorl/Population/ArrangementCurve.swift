import Comparison
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
/// With few lineages this is no power in the sense of a population, and there is no interval over lineages: the least and the
/// greatest value over the arrangements stand in for it. The intervals are over candidates, drawn with replacement: what other
/// candidates of these families would give with these same models.
struct ArrangementCurve {
    /// The outcome at one number of probes.
    struct Row: Encodable {
        let probes: Int
        /// The share of draws in which the chosen probes put the relative before every stranger.
        let chosen: Double
        let chosenRange: [Double]
        let chosenInterval: EvaluationReport.Interval?
        /// The same for random probes.
        let random: Double
        let randomRange: [Double]
        let randomInterval: EvaluationReport.Interval?
        /// The interval of the share of the chosen less that of the random probes.
        let differenceInterval: EvaluationReport.Interval?

        private enum CodingKeys: String, CodingKey {
            case probes, chosen, random
            case chosenRange = "chosen_range"
            case randomRange = "random_range"
            case chosenInterval = "chosen_interval"
            case randomInterval = "random_interval"
            case differenceInterval = "difference_interval"
        }
    }

    struct Report: Encodable {
        let models: Int
        let lineages: [Lineage]
        let candidates: Int
        /// Arrangements of lineages: protected, choosing, stranger.
        let arrangements: Int
        let draws: Int
        /// Draws of candidates for the intervals.
        let resamplings: Int
        let rule: String
        let curve: [Row]
    }

    /// One choice of models: the candidates, best first, each with how much more than each stranger the relative agrees; nan where
    /// one of both did not answer.
    private struct Trial {
        let leads: [[Double]]
    }

    /// Shares by number of probes.
    private struct Shares {
        var chosen: [Double]
        var random: [Double]

        static func mean(_ all: [Shares]) -> Shares {
            Shares(chosen: mean(all.map(\.chosen)), random: mean(all.map(\.random)))
        }

        private static func mean(_ rows: [[Double]]) -> [Double] {
            (rows.first ?? []).indices.map { place in rows.reduce(0) { $0 + $1[place] } / Double(rows.count) }
        }
    }

    let candidates: [CandidateProbe]
    let answers: [ResponseSet]
    var sizes = [1, 2, 3, 5, 10, 20]
    /// Draws of half of the candidates, out of which probes are chosen.
    var draws = 200
    /// Draws of candidates for the intervals, each with a quarter of the draws of halves.
    var resamplings = 200
    var seed: UInt64 = 1
    var rule = SelectionRule.conditionalDiscrimination

    /// Measures.
    ///
    /// - Throws: `CommandError` where no arrangement can be made; what selection throws.
    func measure() throws -> Report {
        let lineages = Set(answers.compactMap(\.model.lineage)).sorted()
        // At most half of what a draw offers: with all of it there is no choice.
        let sizes = self.sizes.filter { 4 * $0 <= candidates.count }
        let arrangements = try arrange(lineages)
        guard !arrangements.isEmpty else {
            throw CommandError(
                .badInput,
                "a curve needs three lineages, one of them with two models; there are \(lineages.map(\.name).joined(separator: ", "))"
            )
        }
        var generator = SeededGenerator(seed: seed)
        let all = Array(candidates.indices)
        let shares = arrangements.map { trials in
            Shares.mean(trials.map { self.shares($0, of: all, sizes: sizes, draws: draws, using: &generator) })
        }
        var resampled: [Shares] = []
        for _ in 0..<resamplings {
            // One draw of candidates for all arrangements, since they share them; in order, so that the best come first.
            let drawn = all.map { _ in generator.index(below: candidates.count) }
            resampled.append(
                Shares.mean(
                    arrangements.map { trials in
                        Shares.mean(
                            trials.map {
                                self.shares($0, of: drawn, sizes: sizes, draws: max(1, draws / 4), using: &generator)
                            })
                    }))
        }
        let mean = Shares.mean(shares)
        func range(_ values: [Double]) -> [Double] { [values.min() ?? 0, values.max() ?? 0] }
        return Report(
            models: answers.count, lineages: lineages, candidates: candidates.count, arrangements: arrangements.count,
            draws: draws, resamplings: resamplings, rule: rule.name,
            curve: sizes.enumerated().map { place, size in
                Row(
                    probes: size, chosen: mean.chosen[place], chosenRange: range(shares.map { $0.chosen[place] }),
                    chosenInterval: EvaluationReport.Interval(resampled.map { $0.chosen[place] }),
                    random: mean.random[place], randomRange: range(shares.map { $0.random[place] }),
                    randomInterval: EvaluationReport.Interval(resampled.map { $0.random[place] }),
                    differenceInterval: EvaluationReport.Interval(resampled.map { $0.chosen[place] - $0.random[place] })
                )
            })
    }

    /// The trials of each arrangement of lineages that has one.
    private func arrange(_ lineages: [Lineage]) throws -> [[Trial]] {
        let byLineage = Dictionary(grouping: answers) { $0.model.lineage }
        var arrangements: [[Trial]] = []
        for own in lineages {
            for choosing in lineages where choosing != own {
                for strange in lineages where strange != own && strange != choosing {
                    let kin = byLineage[own] ?? []
                    var trials: [Trial] = []
                    for protected in kin.indices {
                        for relative in kin.indices where relative != protected {
                            trials.append(
                                try trial(
                                    kin, protected: protected, relative: relative, panel: byLineage[choosing] ?? [],
                                    strangers: byLineage[strange] ?? []))
                        }
                    }
                    if !trials.isEmpty { arrangements.append(trials) }
                }
            }
        }
        return arrangements
    }

    private func trial(
        _ kin: [ResponseSet], protected: Int, relative: Int, panel: [ResponseSet], strangers: [ResponseSet]
    ) throws -> Trial {
        let budget = ProbeBudget(queries: .max / 4, tokens: .max / 4)
        let others = kin.indices.filter { $0 != protected && $0 != relative }.map { kin[$0] }
        let choice = try ProbeSelection.select(
            candidates,
            answers: SelectionAnswers(protected: [kin[protected]], redeployments: others, panel: panel),
            budget: budget, rule: rule
        ).record.candidates
        // The agreement with each model of the test, by selection's own measure, every model as a lineage of its own.
        let names = strangers.indices.map { "stranger \($0)" }
        let test = try ProbeSelection.select(
            candidates,
            answers: SelectionAnswers(
                protected: [kin[protected]],
                panel: [Self.renamed(kin[relative], "relative")] + zip(strangers, names).map(Self.renamed)),
            budget: budget, rule: rule
        ).record.candidates
        let matches = Dictionary(uniqueKeysWithValues: test.map { ($0.probe, $0.lineageMatches) })
        let ranked = choice.sorted {
            ($1.discrimination ?? -.infinity, $0.probe) < ($0.discrimination ?? -.infinity, $1.probe)
        }
        return Trial(
            leads: ranked.map { scores in
                let match = matches[scores.probe] ?? [:]
                return names.map { name in
                    guard let own = match["relative"], let other = match[name] else { return .nan }
                    return own - other
                }
            })
    }

    /// The shares of draws in which the relative comes before every stranger.
    ///
    /// - Parameter drawn: The candidates by rank, each as often as it was drawn.
    private func shares(
        _ trial: Trial, of drawn: [Int], sizes: [Int], draws: Int, using generator: inout SeededGenerator
    ) -> Shares {
        var shares = Shares(
            chosen: Array(repeating: 0, count: sizes.count), random: Array(repeating: 0, count: sizes.count))
        for _ in 0..<draws {
            var pool = drawn
            generator.shuffle(&pool)
            pool = Array(pool.prefix(drawn.count / 2))
            let best = pool.sorted()
            for (place, size) in sizes.enumerated() {
                if Self.isFound(best.prefix(size), in: trial) { shares.chosen[place] += 1 / Double(draws) }
                if Self.isFound(pool.prefix(size), in: trial) { shares.random[place] += 1 / Double(draws) }
            }
        }
        return shares
    }

    /// Whether the relative agrees more than every stranger; probes that one of them did not answer say nothing.
    private static func isFound(_ probes: ArraySlice<Int>, in trial: Trial) -> Bool {
        let strangers = trial.leads.first?.count ?? 0
        return strangers > 0
            && (0..<strangers).allSatisfy { stranger in
                probes.reduce(0) { sum, probe in
                    let lead = trial.leads[probe][stranger]
                    return lead.isNaN ? sum : sum + lead
                } > 0
            }
    }

    private static func renamed(_ set: ResponseSet, _ lineage: String) -> ResponseSet {
        ResponseSet(
            model: ModelIdentity(name: set.model.name, role: .panel, lineage: Lineage(lineage)),
            completions: set.completions.values.flatMap(\.self))
    }
}
