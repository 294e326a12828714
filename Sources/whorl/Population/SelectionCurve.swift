import Comparison
import Dispatch
import ForensicTypes
import ProbeGeneration
import Statistics
import Synchronization

/// What choosing prompts buys: the power of a comparison against the number of prompts, for chosen and for random ones.
///
/// The lineages of a population are divided at random, again and again. One half chooses the prompts, by the code that chooses
/// probes; the other half tests them, by the code that scores pairs, and neither sees an answer of the other half. Intervals
/// resample the lineages of the testing halves, with one draw of lineages for all divisions and all rules at once, so that
/// differences between rules have intervals too.
struct SelectionCurve {
    struct Settings {
        var sizes = [5, 10, 20, 25, 40, 50, 80, 100, 200]
        var divisions = 40
        /// Random choices of prompts for each division and size.
        var randomChoices = 10
        /// Draws of lineages for the intervals.
        var draws = 500
        var seed: UInt64 = 1
        /// Each half has at least so many related pairs, of at least ``fewestLineages`` lineages.
        var fewestPairs = 8
        var fewestLineages = 3
        var rules: [SelectionRule] = [
            .conditionalDiscrimination, .moderatedDiscrimination, .discrimination, .informationPerToken,
            .diverse(weight: 0.3), .diverseInformation(weight: 0.3),
        ]
        /// How many divisions rank the prompts at once: what is kept of the prompts for one is some megabytes.
        var divisionsAtOnce = 10
    }

    /// The answers, by model and prompt.
    typealias Texts = [String: [String: [UInt8]]]

    private struct Division {
        let choosing: [String]
        let testing: [String]
    }

    /// One choice of prompts as it was tested: its power, and that in each draw of lineages, nan where it is not defined.
    private struct Test {
        let power: Double
        let replicates: [Double]
    }

    let settings: Settings
    private let models: [String]
    private let lineages: [Lineage]
    private let lineageOfModel: [String: Int]
    private let prompts: [String]
    /// How often each lineage is drawn, by draw.
    private let multiplicities: [[Int]]

    /// Measures.
    ///
    /// - Throws: `CommandError` where the population has too few related pairs to divide.
    static func measure(
        _ population: Population, texts: Texts, settings: Settings, progress: (String, Int, Int) -> Void
    ) throws -> SelectionCurveReport {
        let curve = SelectionCurve(population, settings: settings)
        let divisions = curve.divide(population)
        guard divisions.count == settings.divisions else {
            throw CommandError(
                .badInput,
                "only \(divisions.count) of \(settings.divisions) divisions leave \(settings.fewestPairs) related pairs of "
                    + "\(settings.fewestLineages) lineages in each half; the population is too small to show what selection buys"
            )
        }
        let orders = curve.choose(divisions, population: population, texts: texts, progress: progress)
        var tests: [String: [[Test?]]] = [:]
        for (number, division) in divisions.enumerated() {
            let found = curve.test(division, number: number, population: population, orders: orders)
            for (key, choices) in found { tests[key, default: []].append(choices) }
            progress("test", number + 1, divisions.count)
        }
        return curve.report(tests, divisions: divisions.count)
    }

    private init(_ population: Population, settings: Settings) {
        let prompts = population.sharedPrompts
        let lineages = population.lineages
        var chosen = settings
        chosen.sizes = Set(settings.sizes).filter { $0 <= prompts.count }.sorted()
        var numbers: [String: Int] = [:]
        for model in population.models {
            numbers[model] = population.lineage(of: model).flatMap { lineages.firstIndex(of: $0) } ?? 0
        }
        var drawn: [[Int]] = []
        let bootstrap = try? LineageBootstrap(
            lineages: max(1, lineages.count), draws: max(1, settings.draws), seed: settings.seed)
        _ = bootstrap?.replicates { multiplicities in
            drawn.append(multiplicities)
            return nil
        }
        self.settings = chosen
        self.prompts = prompts
        self.lineages = lineages
        models = population.models
        lineageOfModel = numbers
        multiplicities = drawn
    }

    /// Divides the lineages so that both halves have related pairs to learn from and to test on.
    private func divide(_ population: Population) -> [Division] {
        var generator = SeededGenerator(seed: settings.seed)
        let related = pairs {
            population.record.kind($0, $1) == .sameModel || population.record.kind($0, $1) == .derivative
        }
        func isUsable(_ half: Set<Int>) -> Bool {
            let inside = related.filter {
                half.contains(lineageOfModel[models[$0.0]] ?? 0) && half.contains(lineageOfModel[models[$0.1]] ?? 0)
            }
            let seen = Set(inside.flatMap { [lineageOfModel[models[$0.0]] ?? 0, lineageOfModel[models[$0.1]] ?? 0] })
            return inside.count >= settings.fewestPairs && seen.count >= settings.fewestLineages
        }
        var divisions: [Division] = []
        for _ in 0..<settings.divisions * 50 where divisions.count < settings.divisions {
            var order = Array(lineages.indices)
            generator.shuffle(&order)
            let first = Set(order.prefix(order.count / 2))
            guard isUsable(first), isUsable(Set(order).subtracting(first)) else { continue }
            divisions.append(
                Division(
                    choosing: models.filter { first.contains(lineageOfModel[$0] ?? 0) },
                    testing: models.filter { !first.contains(lineageOfModel[$0] ?? 0) }))
        }
        return divisions
    }

    private func pairs(_ wanted: (String, String) -> Bool) -> [(Int, Int)] {
        models.indices.flatMap { left in
            models.indices.filter { $0 > left && wanted(models[left], models[$0]) }.map { (left, $0) }
        }
    }

    /// The prompts in the order of each rule, by division.
    private func choose(
        _ divisions: [Division], population: Population, texts: Texts, progress: (String, Int, Int) -> Void
    ) -> [[String: [Int]]] {
        let record = population.record
        var orders: [[String: [Int]]] = []
        for start in stride(from: 0, to: divisions.count, by: settings.divisionsAtOnce) {
            let block = divisions[start..<min(start + settings.divisionsAtOnce, divisions.count)]
            var ranking = PromptRanking(
                divisions: block.map { division in
                    let half = Set(division.choosing)
                    func within(_ kinds: (PairKind) -> Bool) -> [(Int, Int)] {
                        pairs { half.contains($0) && half.contains($1) && kinds(record.kind($0, $1)) }
                    }
                    return PairRelations(
                        lineages: models.map { model in
                            half.contains(model) ? lineages[lineageOfModel[model] ?? 0] : nil
                        },
                        related: within { $0 == .sameModel || $0 == .derivative }, unrelated: within(\.isUnrelated))
                })
            for (number, prompt) in prompts.enumerated() {
                ranking.add(models.map { texts[$0]?[prompt] })
                progress("choose", start * prompts.count + (number + 1) * block.count, divisions.count * prompts.count)
            }
            let whole = ranking
            let found = Mutex<[[String: [Int]]?]>(Array(repeating: nil, count: block.count))
            DispatchQueue.concurrentPerform(iterations: block.count) { division in
                let order = Dictionary(
                    uniqueKeysWithValues: settings.rules.map { ($0.name, whole.order(division: division, rule: $0)) })
                found.withLock { $0[division] = order }
            }
            orders += found.withLock { $0.compactMap(\.self) }
        }
        return orders
    }

    /// The tests of all rules and sizes on one division, by `rule size`; random choices have several.
    private func test(
        _ division: Division, number: Int, population: Population, orders: [[String: [Int]]]
    ) -> [String: [Test?]] {
        let subsets = PromptSubsets(population, models: Set(division.testing), prompts: prompts)
        let numbers = subsets.lineages.map { lineages.firstIndex(of: $0) ?? 0 }
        var generator = SeededGenerator(seed: settings.seed &+ 1_000_003 &* UInt64(number + 1))
        var jobs: [(key: String, prompts: [Int])] = []
        for size in settings.sizes {
            for rule in settings.rules {
                let order = orders[number][rule.name] ?? []
                jobs.append((Self.key(rule.name, size), Array(order.prefix(size))))
            }
            for _ in 0..<settings.randomChoices {
                var order = Array(prompts.indices)
                generator.shuffle(&order)
                jobs.append((Self.key(SelectionCurveReport.random, size), Array(order.prefix(size))))
            }
        }
        let results = Mutex<[Test?]>(Array(repeating: nil, count: jobs.count))
        let work = jobs
        DispatchQueue.concurrentPerform(iterations: work.count) { index in
            let scores = subsets.scores(on: work[index].prompts)
            let test = power(subsets.pairs, scores: scores, numbers: numbers)
            results.withLock { $0[index] = test }
        }
        let tests = results.withLock { $0 }
        return Dictionary(zip(jobs.map(\.key), tests.map { [$0] }), uniquingKeysWith: +)
    }

    private func power(_ pairs: [PromptSubsets.Pair], scores: [Double], numbers: [Int]) -> Test? {
        let defined = pairs.indices.filter { !scores[$0].isNaN }
        guard
            let scored = try? ScoredPairs(
                scores: defined.map { scores[$0] }, isTarget: defined.map { pairs[$0].isRelated })
        else { return nil }
        let curve = ReceiverOperatingCurve(scored)
        guard let point = curve.operatingPoint(atFalsePositiveRate: 0.01) else { return nil }
        let lineages = defined.map { (numbers[pairs[$0].first], numbers[pairs[$0].second]) }
        let replicates = multiplicities.map { drawn in
            let weights = lineages.map { Double(LineageBootstrap.pairWeight($0.0, $0.1, multiplicities: drawn)) }
            return curve.operatingPoint(atFalsePositiveRate: 0.01, weights: weights)?.truePositiveRate ?? .nan
        }
        return Test(power: point.truePositiveRate, replicates: replicates)
    }

    static func key(_ rule: String, _ size: Int) -> String { "\(rule) \(size)" }

    /// Means over divisions, with intervals from draws of lineages.
    private func report(_ tests: [String: [[Test?]]], divisions: Int) -> SelectionCurveReport {
        func mean(_ key: String, _ value: (Test) -> Double) -> Double {
            Self.mean(
                (tests[key] ?? []).map { choices in Self.mean(choices.compactMap { $0.map(value) }) })
        }
        var powers: [String: Double] = [:]
        var replicates: [String: [Double]] = [:]
        for key in tests.keys.sorted() {
            powers[key] = mean(key, \.power)
            replicates[key] = multiplicities.indices.map { draw in mean(key) { $0.replicates[draw] } }
        }
        return SelectionCurveReport(
            models: models.count, lineages: lineages.count, prompts: prompts.count, divisions: divisions,
            settings: settings, powers: powers, replicates: replicates)
    }

    /// The mean of what is a number; nan where nothing is.
    private static func mean(_ values: [Double]) -> Double {
        let known = values.filter { !$0.isNaN }
        return known.isEmpty ? .nan : known.reduce(0, +) / Double(known.count)
    }
}
