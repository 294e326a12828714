public import ForensicTypes
public import Statistics

/// Did an endpoint change while it was asked? Border inputs in the order of time.
///
/// **Formula.** For a moment t and a probe with n draws before and m after it, `Q = nm/(n+m) · Σ (p_before − p_after)²` over the first tokens; the
/// statistic is the largest sum of Q over the probes, over moments with an eighth of the draws or more on either side. Tokens are permuted over the
/// moments of their own probe. Where the p-value is at most ``level`` the draws are cut at that moment, and both parts are looked at again.
///
/// **Null hypothesis.** Of each probe, all draws come from one law, whatever their time. It concerns one endpoint and itself only; no
/// other model takes part, and nothing follows from it about any.
///
/// **What it does not say.** That no change was found is no proof of stability: few draws see large changes only, and a change that leaves border
/// inputs alone is not seen. A change may be of weights, of quantisation, of the serving stack, or of the route to another server.
///
/// **Source.** Border inputs as B3IT (arXiv 2602.11083, ICML 2026); binary segmentation with a permutation null is textbook.
public struct TimeSegmentation: Sendable, Equatable {
    /// A moment at which an endpoint changed.
    public struct Change: Sendable, Equatable {
        /// The first draw after the change, in nanoseconds since 1970.
        public let at: Int64
        /// The permutation p-value of the cut.
        public let pValue: PermutationPValue
    }

    /// The p-value at or below which a cut is made. It makes a collection uninformative, so it is small.
    public static let level = 0.001
    /// How many labellings are drawn for a cut.
    public static let permutations = 1999
    /// The fewest draws of a part that is looked at.
    public static let fewestDraws = 24
    /// The fewest probes with two draws or more.
    public static let fewestProbes = 5

    /// The changes in order of time.
    public let changes: [Change]
    /// The p-value of the best cut of all draws.
    public let first: PermutationPValue
    /// How many draws were looked at.
    public let draws: Int
    /// How many probes they are of.
    public let probes: Int
    /// The first draw, in nanoseconds since 1970.
    public let startedAt: Int64
    /// The time from the first draw to the last, in seconds.
    public let seconds: Double

    /// Looks at the timed draws of an endpoint; nil where they are too few.
    public init?(of responses: ResponseSet, probes: [IdentifiedProbe], seed: UInt64) {
        var draws: [TimedDraw] = []
        var used = 0
        for probe in probes where probe.probe.reading == .nextToken {
            let timed = (responses.completions[probe.id] ?? []).compactMap { completion -> (Int64, [UInt8])? in
                let token = completion.positions.first?.chosen.bytes ?? completion.text
                guard let time = completion.times?.startedAt, !token.isEmpty else { return nil }
                return (time, token)
            }
            guard timed.count >= 2 else { continue }
            var numbers: [[UInt8]: Int] = [:]
            for (time, token) in timed {
                let number = numbers[token, default: numbers.count]
                numbers[token] = number
                draws.append(TimedDraw(time: time, probe: used, token: number))
            }
            used += 1
        }
        guard used >= Self.fewestProbes, draws.count >= Self.fewestDraws else { return nil }
        draws.sort { ($0.time, $0.probe, $0.token) < ($1.time, $1.probe, $1.token) }
        var generator = SeededGenerator(seed: seed)
        guard let cut = Self.cut(draws, generator: &generator) else { return nil }
        var changes: [Change] = []
        Self.segment(draws, cut: cut, generator: &generator, changes: &changes)
        self.changes = changes.sorted { $0.at < $1.at }
        self.first = cut.pValue
        self.draws = draws.count
        self.probes = used
        self.startedAt = draws.first?.time ?? 0
        self.seconds = Double((draws.last?.time ?? 0) - startedAt) / 1e9
    }

    private struct TimedDraw {
        let time: Int64
        let probe: Int
        var token: Int
    }

    private struct Cut {
        let place: Int
        let pValue: PermutationPValue
    }

    private static func segment(
        _ draws: [TimedDraw], cut: Cut?, generator: inout SeededGenerator, changes: inout [Change]
    ) {
        guard let cut, cut.pValue.value <= level else { return }
        changes.append(Change(at: draws[cut.place].time, pValue: cut.pValue))
        for part in [Array(draws[..<cut.place]), Array(draws[cut.place...])] where part.count >= fewestDraws {
            let next = self.cut(part, generator: &generator)
            segment(part, cut: next, generator: &generator, changes: &changes)
        }
    }

    /// The best place to cut draws that are in order of time; nil if all were drawn at one moment.
    private static func cut(_ draws: [TimedDraw], generator: inout SeededGenerator) -> Cut? {
        let margin = max(4, draws.count / 8)
        guard draws.count >= 2 * margin else { return nil }
        let places = (margin...(draws.count - margin)).filter { draws[$0].time > draws[$0 - 1].time }
        guard !places.isEmpty else { return nil }
        let isPlace = Set(places)
        let observed = largest(draws, isPlace)
        var positions: [[Int]] = Array(repeating: [], count: 1 + (draws.map(\.probe).max() ?? 0))
        for (position, draw) in draws.enumerated() { positions[draw.probe].append(position) }
        var shuffled = draws
        var exceedances = 0
        for _ in 0..<permutations {
            for own in positions {
                var tokens = own.map { draws[$0].token }
                generator.shuffle(&tokens)
                for (position, token) in zip(own, tokens) { shuffled[position].token = token }
            }
            // Equal labellings differ in the last bits only.
            if largest(shuffled, isPlace).value >= observed.value - 1e-9 { exceedances += 1 }
        }
        return Cut(
            place: observed.place,
            pValue: PermutationPValue(exceedances: exceedances, permutations: permutations))
    }

    /// The largest sum of Q over the places, and the first place that has it.
    private static func largest(_ draws: [TimedDraw], _ places: Set<Int>) -> (value: Double, place: Int) {
        let probes = 1 + (draws.map(\.probe).max() ?? 0)
        let tokens = 1 + (draws.map(\.token).max() ?? 0)
        var before = [Double](repeating: 0, count: probes * tokens)
        var after = before
        var sizes = [(before: Double, after: Double)](repeating: (0, 0), count: probes)
        for draw in draws {
            after[draw.probe * tokens + draw.token] += 1
            sizes[draw.probe].after += 1
        }
        var parts = [Double](repeating: 0, count: probes)
        var best = (value: -1.0, place: 0)
        for (position, draw) in draws.enumerated() {
            if places.contains(position) {
                let sum = parts.reduce(0, +)
                if sum > best.value { best = (sum, position) }
            }
            let base = draw.probe * tokens
            before[base + draw.token] += 1
            after[base + draw.token] -= 1
            sizes[draw.probe].before += 1
            sizes[draw.probe].after -= 1
            let (left, right) = sizes[draw.probe]
            guard right > 0 else {
                parts[draw.probe] = 0
                continue
            }
            var square = 0.0
            for token in 0..<tokens {
                let difference = before[base + token] / left - after[base + token] / right
                square += difference * difference
            }
            parts[draw.probe] = left * right / (left + right) * square
        }
        return best
    }
}
