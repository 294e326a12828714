/// The two scores of every pair of some models. Neither is fitted to anything: no label enters.
///
/// **Lineage score.** The mean over five kernel views of the competitive normalisation of the conditional similarity.
///
/// **Student score.** The smaller of two channels, each centred at the median and scaled by the upper quantile of the pairs of other
/// lineages: the likeness of format profiles, and the competitive normalisation of shared openings (common first words, equal
/// first positions). A student takes over both how its teacher begins and how it lays out an answer; models that only
/// learnt the fashion of their year agree in one of them.
struct PairScores: Sendable {
    /// The fewest kernel views that make a lineage score.
    static let fewestViews = 3

    /// The number of models.
    let count: Int
    private let lineage: [Double]
    private let student: [Double]

    /// The lineage score of a pair; nil where it is not defined.
    func lineageScore(_ first: Int, _ second: Int) -> Double? { Self.number(lineage[first * count + second]) }

    /// The student score of a pair; nil where it is not defined.
    func studentScore(_ first: Int, _ second: Int) -> Double? { Self.number(student[first * count + second]) }

    /// Scores pairs.
    ///
    /// - Parameters:
    ///   - views: The similarities.
    ///   - only: The one pair that is wanted; nil for all.
    init(_ views: PairViews, only: (Int, Int)? = nil) {
        let count = views.models.count
        let members = views.members
        let lineage = Self.lineageScores(views)
        self.count = count
        self.lineage = Self.mirrored(lineage, count)
        self.student = Self.mirrored(Self.studentScores(views, members: members, only: only), count)
    }

    /// The lineage scores above the diagonal, row by row; nan where they are not defined.
    static func lineageScores(_ views: PairViews) -> [Double] {
        let count = views.models.count
        let members = views.members
        var sums = [Double](repeating: 0, count: count * count)
        var defined = [Int](repeating: 0, count: count * count)
        for view in PairView.kernels {
            let conditional = ConditionalSimilarity.matrix(kernel: views.matrix(view), members: members)
            let competition = CompetitiveNormalisation(
                similarity: conditional, lineageOfModel: views.lineageOfModel, members: members)
            Self.forEachPair(count) { first, second in
                // A view in which all competitors are equally alike has no unit to measure in, and is passed over.
                guard let value = competition.score(first, second) else { return }
                sums[first * count + second] += value
                defined[first * count + second] += 1
            }
        }
        return zip(sums, defined).map { $1 >= Self.fewestViews ? $0 / Double($1) : .nan }
    }

    private static func studentScores(
        _ views: PairViews, members: [[Int]], only: (Int, Int)?
    ) -> [Double] {
        let count = views.models.count
        let format = views.matrix(.format)
        let openings = [PairView.commonPrefix, .alignedOpening].map { view in
            CompetitiveNormalisation(
                similarity: views.matrix(view), lineageOfModel: views.lineageOfModel, members: members)
        }
        var opening = [Double](repeating: .nan, count: count * count)
        forEachPair(count) { first, second in
            guard let prefix = openings[0].score(first, second), let aligned = openings[1].score(first, second) else {
                return
            }
            opening[first * count + second] = (prefix + aligned) / 2
        }
        var result = [Double](repeating: .nan, count: count * count)
        for first in members.indices {
            for second in first..<members.count {
                let pairs = members[first].flatMap { left in
                    members[second].filter { first != second || $0 > left }.map { (min(left, $0), max(left, $0)) }
                }
                let isWanted = only.map { wanted in pairs.contains { $0 == wanted } } ?? !pairs.isEmpty
                guard isWanted else { continue }
                let scales = [format, opening].map { values in
                    RobustScale(values, count: count, lineages: views.lineageOfModel, excluding: (first, second))
                }
                for (left, right) in pairs {
                    guard let look = scales[0]?.scaled(format[left * count + right]),
                        let start = scales[1]?.scaled(opening[left * count + right])
                    else { continue }
                    result[left * count + right] = min(look, start)
                }
            }
        }
        return result
    }

    private static func forEachPair(_ count: Int, _ body: (Int, Int) -> Void) {
        for first in 0..<count { for second in first + 1..<max(count, first + 1) { body(first, second) } }
    }

    private static func mirrored(_ values: [Double], _ count: Int) -> [Double] {
        var result = values
        forEachPair(count) { first, second in result[second * count + first] = values[first * count + second] }
        return result
    }

    private static func number(_ value: Double) -> Double? { value.isNaN ? nil : value }
}

/// A centre and a unit from the pairs of a population that do not touch two lineages.
///
/// The centre is the median of the pairs of different lineages, the unit the distance from it to the 84 % quantile: the upper
/// half decides what is unusually alike, and a few related pairs in it do no harm.
struct RobustScale {
    private let centre: Double
    private let unit: Double

    /// Nil with fewer than ten pairs, or where they have no spread.
    init?(_ values: [Double], count: Int, lineages: [Int], excluding: (Int, Int)) {
        var reference: [Double] = []
        reference.reserveCapacity(values.count / 2)
        let (first, second) = excluding
        for row in 0..<count where lineages[row] != first && lineages[row] != second {
            for column in row + 1..<max(count, row + 1) {
                let lineage = lineages[column]
                guard lineage != first, lineage != second, lineage != lineages[row] else { continue }
                let value = values[row * count + column]
                if !value.isNaN { reference.append(value) }
            }
        }
        // Where half of the pairs look the same there is no unit, and no score.
        guard reference.count >= 10 else { return nil }
        reference.sort()
        centre = reference[reference.count / 2]
        unit = reference[min(reference.count - 1, Int(0.84 * Double(reference.count)))] - centre
        guard unit > 1e-12 else { return nil }
    }

    func scaled(_ value: Double) -> Double? { value.isNaN ? nil : (value - centre) / unit }
}
