internal import Features
internal import ForensicTypes

/// Further measures of a pair's texts, reported beside ``PanelNormalisedSimilarity`` and never part of its value.
///
/// - `common_prefix`: the mean of `ln(1 + words)` shared from the start. Speaks of equal decoding; any prefix destroys it.
/// - `length_gap`: minus the mean difference of the logarithms of the lengths. How much of a resemblance may be one of length alone.
/// - `cka`, `rsa`: whether both models arrange the probes alike (``ProbeArrangement``). Their null is the panel: shuffling the probes
///   would test whether the two read the questions at all.
///
/// Each is given as it is, and as the plain symmetric normalisation `z = ½ · ((s − μ_S)/σ_S + (s − μ_T)/σ_T)` by the cohort, one
/// weight per lineage. A large z speaks for a resemblance in all four.
struct SecondaryViews {
    /// The measures by name.
    private(set) var details: [String: Double] = [:]

    /// Measures a pair.
    ///
    /// - Parameters:
    ///   - answers: For each probe, the answer of the protected model, the suspect, and each member of the cohort; nil where it is missing.
    ///   - geometry: The same models' answers as points.
    ///   - groups: The members of each lineage of the cohort, as indices into the answers.
    init(answers: [[[UInt8]?]], geometry: ResponseGeometry, groups: [[Int]]) {
        let members = groups.joined().sorted()
        var first = [Int: Openings]()
        var second = [Int: Openings]()
        let pair = Openings(answers, 0, 1)
        for member in members {
            first[member] = Openings(answers, 0, member)
            second[member] = Openings(answers, 1, member)
        }
        if let pair {
            details["mean_log_common_prefix_words"] = pair.prefix
            details["equal_positions_of_first_100"] = pair.equalPositions(answers, 0, 1)
            details["exact_match_share"] = pair.exact
            details["mean_log_length_gap"] = pair.gap
            details["z_common_prefix"] = Self.z(pair.prefix, groups, { first[$0]?.prefix }, { second[$0]?.prefix })
            details["z_length_gap"] = Self.z(
                -pair.gap, groups, { first[$0].map { -$0.gap } }, { second[$0].map { -$0.gap } })
        }
        addArrangements(geometry, members: members, groups: groups)
    }

    private mutating func addArrangements(_ geometry: ResponseGeometry, members: [Int], groups: [[Int]]) {
        guard let own = geometry.arrangement(of: 0), let theirs = geometry.arrangement(of: 1) else { return }
        var alignments = [Int: (Double?, Double?)]()
        var correlations = [Int: (Double?, Double?)]()
        for member in members {
            guard let other = geometry.arrangement(of: member) else { continue }
            alignments[member] = (own.alignment(with: other), theirs.alignment(with: other))
            correlations[member] = (own.rankCorrelation(with: other), theirs.rankCorrelation(with: other))
        }
        if let value = own.alignment(with: theirs) {
            details["cka"] = value
            details["z_cka"] = Self.z(value, groups, { alignments[$0]?.0 }, { alignments[$0]?.1 })
        }
        if let value = own.rankCorrelation(with: theirs) {
            details["rsa"] = value
            details["z_rsa"] = Self.z(value, groups, { correlations[$0]?.0 }, { correlations[$0]?.1 })
        }
    }

    /// The plain symmetric normalisation; nil with fewer than three lineages at one end, or without spread.
    private static func z(
        _ value: Double, _ groups: [[Int]], _ first: (Int) -> Double?, _ second: (Int) -> Double?
    ) -> Double? {
        guard let left = level(groups, first), let right = level(groups, second) else { return nil }
        return ((value - left.mean) / left.deviation + (value - right.mean) / right.deviation) / 2
    }

    private static func level(_ groups: [[Int]], _ value: (Int) -> Double?) -> (mean: Double, deviation: Double)? {
        var means: [Double] = []
        var squares: [Double] = []
        for group in groups {
            let values = group.compactMap(value)
            guard !values.isEmpty else { continue }
            means.append(values.reduce(0, +) / Double(values.count))
            squares.append(values.reduce(0) { $0 + $1 * $1 } / Double(values.count))
        }
        guard means.count >= SymmetricNormalisation.fewestLineages else { return nil }
        let count = Double(means.count)
        let mean = means.reduce(0, +) / count
        let variance = max(0, squares.reduce(0, +) / count - mean * mean) * count / (count - 1)
        return variance > 1e-24 ? (mean, variance.squareRoot()) : nil
    }
}

/// How the texts of two models begin and how long they are: means over the probes that both answered.
private struct Openings {
    /// How many bytes of an answer are read.
    private static let limit = 4096

    let prefix: Double
    let gap: Double
    let exact: Double

    init?(_ answers: [[[UInt8]?]], _ first: Int, _ second: Int) {
        var (prefix, gap, exact, probes) = (0.0, 0.0, 0.0, 0.0)
        for texts in answers {
            guard let left = texts[first], let right = texts[second] else { continue }
            prefix += LogTable.onePlus(TextPrefix.commonWords(left, right, limit: Self.limit))
            gap += abs(LogTable.onePlus(left.count) - LogTable.onePlus(right.count))
            exact += left == right ? 1 : 0
            probes += 1
        }
        guard probes > 0 else { return nil }
        self.prefix = prefix / probes
        self.gap = gap / probes
        self.exact = exact / probes
    }

    func equalPositions(_ answers: [[[UInt8]?]], _ first: Int, _ second: Int) -> Double {
        var (equal, probes) = (0.0, 0.0)
        for texts in answers {
            guard let left = texts[first], let right = texts[second] else { continue }
            equal += Double(TextPrefix.equalPositions(left, right, count: 100)) / 100
            probes += 1
        }
        return equal / max(1, probes)
    }
}
