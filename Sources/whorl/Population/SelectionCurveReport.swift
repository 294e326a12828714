import Comparison
import ProbeGeneration
import Statistics

/// The curve of a ``SelectionCurve``: rows by rule and number of prompts, and what each rule saves against random prompts.
struct SelectionCurveReport: Encodable {
    /// The name of the random choice.
    static let random = "random"
    /// Chosen prompts shall do the work of so many times as many random ones.
    static let factor = 4

    /// The power of one rule at one number of prompts.
    struct Row: Encodable {
        let prompts: Int
        let rule: String
        /// The true positive rate at a false positive rate of 1 %, the mean over divisions.
        let power: Double
        /// 95 %, by resampling lineages.
        let interval: EvaluationReport.Interval?
    }

    /// Chosen prompts beside four times as many random ones.
    struct Saving: Encodable {
        let rule: String
        let chosen: Int
        let random: Int
        /// The power of the chosen less that of the random prompts.
        let difference: Double
        let interval: EvaluationReport.Interval?
        /// How many random prompts have the power of the chosen.
        let equivalent: EquivalentPrompts

        private enum CodingKeys: String, CodingKey {
            case rule, chosen, random, difference, interval
            case equivalent = "random_for_same_power"
        }
    }

    let models: Int
    let lineages: Int
    let prompts: Int
    let divisions: Int
    let draws: Int
    let seed: UInt64
    let curve: [Row]
    let savings: [Saving]

    init(
        models: Int, lineages: Int, prompts: Int, divisions: Int, settings: SelectionCurve.Settings,
        powers: [String: Double], replicates: [String: [Double]]
    ) {
        self.models = models
        self.lineages = lineages
        self.prompts = prompts
        self.divisions = divisions
        draws = settings.draws
        seed = settings.seed
        let names = [Self.random] + settings.rules.map(\.name)
        func key(_ rule: String, _ size: Int) -> String { SelectionCurve.key(rule, size) }
        func power(_ rule: String, _ size: Int) -> Double { powers[key(rule, size)] ?? .nan }
        func values(_ rule: String, _ size: Int) -> [Double] { replicates[key(rule, size)] ?? [] }
        curve = settings.sizes.flatMap { size in
            names.map { rule in
                Row(
                    prompts: size, rule: rule, power: power(rule, size).roundedToSixDigits,
                    interval: EvaluationReport.Interval(values(rule, size).filter { !$0.isNaN }))
            }
        }
        savings = settings.rules.map(\.name).flatMap { rule in
            settings.sizes.filter { settings.sizes.contains($0 * Self.factor) }.map { size in
                let many = size * Self.factor
                let differences = zip(values(rule, size), values(Self.random, many)).map { $0 - $1 }
                return Saving(
                    rule: rule, chosen: size, random: many,
                    difference: (power(rule, size) - power(Self.random, many)).roundedToSixDigits,
                    interval: EvaluationReport.Interval(differences.filter { !$0.isNaN }),
                    equivalent: EquivalentPrompts(
                        power: power(rule, size),
                        random: settings.sizes.map { (prompts: $0, power: power(Self.random, $0)) },
                        replicates: values(rule, size).indices.map { draw in
                            (
                                power: values(rule, size)[draw],
                                random: settings.sizes.map { values(Self.random, $0)[draw] }
                            )
                        }))
            }
        }
    }
}
