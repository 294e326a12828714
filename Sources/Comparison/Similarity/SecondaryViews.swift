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
        let (own, theirs) = (geometry.arrangement(of: 0), geometry.arrangement(of: 1))
        let pair = Openings(answers, 0, 1)
        let values = ConcurrentValues.map(members.count) { index in
            MemberValues(
                first: Openings(answers, 0, members[index]), second: Openings(answers, 1, members[index]),
                arrangement: own == nil || theirs == nil ? nil : geometry.arrangement(of: members[index]), own: own,
                theirs: theirs)
        }
        let ofMember = Dictionary(zip(members, values), uniquingKeysWith: { first, _ in first })
        func z(_ value: Double, _ first: (MemberValues) -> Double?, _ second: (MemberValues) -> Double?) -> Double? {
            Self.z(value, groups, { ofMember[$0].flatMap(first) }, { ofMember[$0].flatMap(second) })
        }
        if let pair {
            details["mean_log_common_prefix_words"] = pair.prefix
            details["equal_positions_of_first_100"] = pair.equalPositions(answers, 0, 1)
            details["exact_match_share"] = pair.exact
            details["mean_log_length_gap"] = pair.gap
            details["z_common_prefix"] = z(pair.prefix, { $0.first?.prefix }, { $0.second?.prefix })
            details["z_length_gap"] = z(-pair.gap, { $0.first.map { -$0.gap } }, { $0.second.map { -$0.gap } })
        }
        guard let own, let theirs else { return }
        if let value = own.alignment(with: theirs) {
            details["cka"] = value
            details["z_cka"] = z(value, { $0.alignments.0 }, { $0.alignments.1 })
        }
        if let value = own.rankCorrelation(with: theirs) {
            details["rsa"] = value
            details["z_rsa"] = z(value, { $0.correlations.0 }, { $0.correlations.1 })
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

/// What the pair's measures are between one of the two models and a member of the cohort.
private struct MemberValues: Sendable {
    let first: Openings?
    let second: Openings?
    let alignments: (Double?, Double?)
    let correlations: (Double?, Double?)

    init(
        first: Openings?, second: Openings?, arrangement: ProbeArrangement?, own: ProbeArrangement?,
        theirs: ProbeArrangement?
    ) {
        self.first = first
        self.second = second
        guard let arrangement, let own, let theirs else {
            (alignments, correlations) = ((nil, nil), (nil, nil))
            return
        }
        alignments = (own.alignment(with: arrangement), theirs.alignment(with: arrangement))
        correlations = (own.rankCorrelation(with: arrangement), theirs.rankCorrelation(with: arrangement))
    }
}

/// How the texts of two models begin and how long they are: means over the probes that both answered.
private struct Openings: Sendable {
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
