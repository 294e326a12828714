public import ForensicTypes
internal import Statistics

/// Signs that an endpoint did not serve one model throughout a collection, read from its answers alone.
///
/// An honest provider can show every one of them: it updates a model, routes between two instances, or caches. None says
/// anything about where a model comes from. What they say is whether the answers can be taken as those of one model.
public struct ServingScreens: Sendable, Equatable {
    /// A test of whether answers to one probe are more alike within groups of exchanges than across them.
    ///
    /// Null hypothesis: inside each probe the groups are exchangeable, so it does not matter when, over which connection or
    /// by which instance an answer came. Permuted inside probes, so a probe that is easy or hard moves nothing. A large
    /// p-value does not say that there was one model: two that answer alike are not told apart, and the power grows with the
    /// draws per probe.
    public struct GroupTest: Sendable, Equatable {
        /// The p-value, in [1/(B+1), 1].
        public let pValue: Double
        /// Draws that were compared.
        public let draws: Int
        /// Groups among them.
        public let groups: Int
    }

    /// Names under which the server presented the model.
    public let modelNames: Int
    /// Fingerprints of its configuration that the server showed.
    public let fingerprints: Int
    /// First half of the collection against second half; nil without times or repeated draws.
    public let time: GroupTest?
    /// Connections against each other; nil where all or none differ.
    public let connections: GroupTest?
    /// Fingerprints against each other; nil with fewer than two.
    public let instances: GroupTest?
    /// Sampled draws, at a temperature of 0.7 or more, whose text an earlier draw of the same probe had.
    public let repeatedDraws: Int
    /// The median time of those, as a share of the median time of the others; nil below five of either.
    public let repeatedTimeShare: Double?

    /// The level at which a group test makes a collection invalid: one in a thousand honest collections fails each test.
    public static let level = 0.001
    static let permutations = 999
    private static let maximumDraws = 16

    /// Screens the answers of a model.
    public init(of responses: ResponseSet, probes: [IdentifiedProbe]) {
        let answered = probes.map { probe in
            (responses.completions[probe.id] ?? []).sorted { $0.draw < $1.draw }
        }
        let all = answered.flatMap(\.self)
        modelNames = Set(all.compactMap(\.claimedModel)).count
        fingerprints = Set(all.compactMap(\.systemFingerprint)).count
        let sampled = zip(probes, answered).filter { $0.0.probe.sampling.temperature > 0 }.map {
            Array($0.1.prefix(Self.maximumDraws))
        }.filter { $0.count >= 2 }
        let starts = sampled.flatMap(\.self).compactMap { $0.times?.startedAt }.sorted()
        let middle = starts.isEmpty ? 0 : starts[starts.count / 2]
        time = Self.test(sampled) { $0.times.map { $0.startedAt < middle ? "first" : "second" } }
        connections = Self.test(sampled) { $0.times?.connection.map(String.init) }
        instances = Self.test(sampled, by: \.systemFingerprint)
        let warm = zip(probes, answered).filter { $0.0.probe.sampling.temperature >= 0.7 }.map(\.1)
        var repeated: [Int64?] = []
        var fresh: [Int64] = []
        for draws in warm {
            var seen: Set<[UInt8]> = []
            // In the order in which they were asked, which is not that of their numbers: the first answer is the fresh one.
            let asked = draws.sorted {
                let (left, right) = ($0.times?.startedAt ?? 0, $1.times?.startedAt ?? 0)
                return left != right ? left < right : $0.draw < $1.draw
            }
            for draw in asked {
                if !seen.insert(draw.text).inserted {
                    repeated.append(draw.times?.elapsed)
                } else if let elapsed = draw.times?.elapsed {
                    fresh.append(elapsed)
                }
            }
        }
        repeatedDraws = repeated.count
        let times = repeated.compactMap(\.self).sorted()
        fresh.sort()
        repeatedTimeShare =
            times.count >= 5 && fresh.count >= 5
            ? Double(times[times.count / 2]) / Double(max(1, fresh[fresh.count / 2])) : nil
    }

    private static func test(
        _ probes: [[Completion]], by group: (Completion) -> String?
    ) -> GroupTest? {
        var labels: [Int] = []
        var numbers: [String: Int] = [:]
        var strata: [StratifiedPermutation.Stratum] = []
        var likeness: [(first: Int, second: Int, value: Int)] = []
        for (probe, draws) in probes.enumerated() {
            let start = labels.count
            var words: [[ArraySlice<UInt8>]] = []
            for draw in draws {
                guard let name = group(draw) else { continue }
                labels.append(numbers[name] ?? numbers.count)
                numbers[name] = labels[labels.count - 1]
                strata.append(.init(probe: probe))
                words.append(Self.words(draw.text))
            }
            for second in words.indices {
                for first in 0..<second {
                    likeness.append((start + first, start + second, Self.likeness(words[first], words[second])))
                }
            }
        }
        guard numbers.count >= 2, likeness.contains(where: { labels[$0.first] == labels[$0.second] }) else {
            return nil
        }
        func statistic() -> Int {
            var sum = 0
            for pair in likeness where labels[pair.first] == labels[pair.second] { sum += pair.value }
            return sum
        }
        let observed = statistic()
        let permutation = StratifiedPermutation(strata: strata)
        var generator = SeededGenerator(seed: 1)
        var exceedances = 0
        for _ in 0..<permutations {
            guard (try? permutation.shuffle(&labels, using: &generator)) != nil else { return nil }
            if statistic() >= observed { exceedances += 1 }
        }
        let p = PermutationPValue(exceedances: exceedances, permutations: permutations)
        return GroupTest(pValue: p.value, draws: labels.count, groups: numbers.count)
    }

    private static func words(_ text: [UInt8]) -> [ArraySlice<UInt8>] {
        Set(text.split { $0 <= UInt8(ascii: " ") }.prefix(400)).sorted { $0.lexicographicallyPrecedes($1) }
    }

    /// Shared words as thousandths of all: a whole number, so that ties stay ties.
    private static func likeness(_ left: [ArraySlice<UInt8>], _ right: [ArraySlice<UInt8>]) -> Int {
        if left == right { return 1_000 }
        let shared = Set(left).intersection(right).count
        return 2_000 * shared / max(1, left.count + right.count)
    }
}
