internal import ForensicTypes

/// Symmetric normalisation of a similarity by a cohort of unrelated models.
///
/// For one view, `z(S, T) = max(e_S / σ_S, e_T / σ_T)` with `e_S = (s − μ) − a·(μ_S − μ) − b·(μ_T − μ)` and `e_T` likewise.
/// `s` is the similarity of S and T, `μ_M` and `σ_M` the mean and the standard deviation of model M's similarities to the cohort, and `μ` the
/// mean similarity within the cohort, across lineages; one weight per lineage.
///
/// Raw similarity is mostly a level of each model by itself: some models resemble everybody (they answer at a common length,
/// in a common style), and a threshold on raw similarity accuses those. The plain S-norm is `a = 1, b = 0`: it takes one end's level off and
/// leaves the other's in. An additive model of the levels would be `a = b = 1`, but the levels are estimates from a
/// handful of lineages, so that the two lexical views take half of the other end's (`a = 1, b = ½`). The residual view has had the mean
/// answer taken off already and takes no level off again (`a = b = 0`), only the scale. ``SimilarityView/levelWeights`` holds these; they were chosen once,
/// on public answers of 123 models of known lineage, and are not fitted to a case.
///
/// The S-norm averages the two ends. Here the end with the larger z decides: a model that chance or a relative in the
/// cohort gives a wide spread would hide its own derivatives, and the other end still shows them. A cohort of strangers
/// makes the larger of two z larger as well, so that thresholds for the mean do not carry over.
///
/// Source: symmetric score normalisation of speaker verification (Shum et al., Odyssey 2010; Kenny, Odyssey 2010).
///
/// What it does not say: the cohort's means and deviations are estimates from a handful of lineages, z is not normally
/// distributed, and no tail probability may be read off it.
public enum SymmetricNormalisation {
    /// The fewest cohort lineages with which a deviation is estimated at all.
    public static let fewestLineages = 3

    /// The models that a pair is normalised by.
    public struct Cohort: Sendable {
        /// The members' indices, grouped by lineage, in the order of the lineages' names.
        let groups: [[Int]]
        /// The mean similarity within the cohort, across lineages, of each view; nil where it
        /// cannot be known.
        let levels: [Double?]

        /// Chooses the cohort for a pair: the given models without the pair, and without the pair's own lineages.
        ///
        /// - Parameters:
        ///   - models: Indices of models that may serve; the ones without a lineage are left out.
        ///   - views: The similarities that name the models.
        ///   - pair: The two models that are to be compared.
        public init(models: [Int], of views: SimilarityViews, excluding pair: (Int, Int)) {
            let excluded = [views.models[pair.0].lineage, views.models[pair.1].lineage]
            var groups: [Lineage: [Int]] = [:]
            for model in models where model != pair.0 && model != pair.1 {
                guard let lineage = views.models[model].lineage, !excluded.contains(lineage) else { continue }
                groups[lineage, default: []].append(model)
            }
            let ordered = groups.keys.sorted().map { (groups[$0] ?? []).sorted() }
            self.groups = ordered
            self.levels = SimilarityView.allCases.map { view in
                ordered == views.cohort ? views.cohortLevel(view) : Self.level(view, of: ordered, in: views)
            }
        }

        /// The mean over lineages of the mean similarity of their members that have rows to the other lineages.
        private static func level(_ view: SimilarityView, of groups: [[Int]], in views: SimilarityViews) -> Double? {
            var levels: [Double] = []
            for (index, group) in groups.enumerated() {
                var sum = 0.0
                var weight = 0.0
                for member in group where views.hasRow(member) {
                    for (other, others) in groups.enumerated() where other != index {
                        for partner in others {
                            guard let value = views.similarity(view, member, partner) else { continue }
                            sum += value / Double(others.count)
                            weight += 1 / Double(others.count)
                        }
                    }
                }
                if weight > 0 { levels.append(sum / weight) }
            }
            return levels.isEmpty ? nil : levels.reduce(0, +) / Double(levels.count)
        }

        /// How many lineages the cohort has.
        public var lineages: Int { groups.count }
    }

    /// A normalised similarity.
    public struct Result: Sendable, Equatable {
        /// The mean of the z of the views that could be normalised.
        public let value: Double
        /// The standard error of `value` over probes, by a delete-one-fold jackknife; nil with fewer than two folds.
        public let standardError: Double?
        /// The z of each view that could be normalised.
        public let normalised: [SimilarityView: Double]
        /// The similarity of each view before normalisation.
        public let raw: [SimilarityView: Double]
        /// The views that could not be normalised, in their order, and why.
        public let failures: [Failure]
        /// How many probes both models answered.
        public let usableProbes: Int
        /// How many lineages the cohort has.
        public let lineages: Int
    }

    /// Why a similarity was not normalised.
    public enum Failure: Error, Sendable, Equatable {
        /// The cohort has fewer lineages than ``fewestLineages``.
        case tooFewLineages(Int)
        /// The pair, or one of it and the cohort, shares no probe in this view.
        case noCommonProbes(SimilarityView)
        /// One model is equally similar to the whole cohort in this view, so that there is no unit to measure in.
        case noSpread(SimilarityView)
    }

    /// Normalises the similarity of two models. A view that cannot be normalised is left out; the call fails if none can be.
    ///
    /// Costs `views × folds × cohort`. Both models must have rows, and so must the cohort, unless the views
    /// were made for it.
    public static func score(
        _ first: Int, _ second: Int, in views: SimilarityViews, cohort: Cohort
    ) throws(Failure) -> Result {
        guard cohort.lineages >= fewestLineages else { throw .tooFewLineages(cohort.lineages) }
        var normalised: [SimilarityView: Double] = [:]
        var raw: [SimilarityView: Double] = [:]
        var failures: [Failure] = []
        for view in SimilarityView.allCases {
            raw[view] = views.similarity(view, first, second)
            do {
                normalised[view] = try z(first, second, view, in: views, cohort: cohort, without: nil)
            } catch {
                failures.append(error)
            }
        }
        let used = SimilarityView.allCases.filter { normalised[$0] != nil }
        guard let value = mean(of: used.compactMap { normalised[$0] }) else {
            throw failures.first ?? .tooFewLineages(cohort.lineages)
        }
        return Result(
            value: value, standardError: jackknife(first, second, used, in: views, cohort: cohort),
            normalised: normalised, raw: raw, failures: failures,
            usableProbes: views.usableProbes(.openingCharacters, first, second), lineages: cohort.lineages)
    }

    private static func mean(of values: [Double]) -> Double? {
        values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
    }

    private static func z(
        _ first: Int, _ second: Int, _ view: SimilarityView, in views: SimilarityViews, cohort: Cohort,
        without fold: Int?
    ) throws(Failure) -> Double {
        guard let similarity = views.similarity(view, first, second, without: fold),
            let left = level(of: first, view, in: views, cohort: cohort, without: fold),
            let right = level(of: second, view, in: views, cohort: cohort, without: fold),
            let common = cohort.levels[view.index]
        else { throw .noCommonProbes(view) }
        guard left.deviation > 1e-12, right.deviation > 1e-12 else { throw .noSpread(view) }
        let weights = view.levelWeights
        let leftLevel = left.mean - common
        let rightLevel = right.mean - common
        let leftExcess = similarity - common - weights.own * leftLevel - weights.other * rightLevel
        let rightExcess = similarity - common - weights.own * rightLevel - weights.other * leftLevel
        return max(leftExcess / left.deviation, rightExcess / right.deviation)
    }

    /// The mean and the standard deviation of a model's similarities to a cohort, one weight per lineage.
    ///
    /// The deviation has the divisor `L − 1` for `L` lineages. A lineage that shares no probe with the model is left out.
    private static func level(
        of model: Int, _ view: SimilarityView, in views: SimilarityViews, cohort: Cohort, without fold: Int?
    ) -> (mean: Double, deviation: Double)? {
        var means: [Double] = []
        var squares: [Double] = []
        for group in cohort.groups {
            var sum = 0.0
            var square = 0.0
            var count = 0.0
            for member in group {
                guard let value = views.similarity(view, model, member, without: fold) else { continue }
                sum += value
                square += value * value
                count += 1
            }
            guard count > 0 else { continue }
            means.append(sum / count)
            squares.append(square / count)
        }
        let lineages = Double(means.count)
        guard means.count >= fewestLineages else { return nil }
        let mean = means.reduce(0, +) / lineages
        let variance = max(0, squares.reduce(0, +) / lineages - mean * mean) * lineages / (lineages - 1)
        return (mean, variance.squareRoot())
    }

    /// The delete-one-fold jackknife: `SE² = (F − 1) / F · Σ (θ_f − θ̄)²` over the folds that hold probes.
    private static func jackknife(
        _ first: Int, _ second: Int, _ used: [SimilarityView], in views: SimilarityViews, cohort: Cohort
    ) -> Double? {
        var values: [Double] = []
        for fold in 0..<min(views.folds, views.probes) {
            let parts = used.compactMap { try? z(first, second, $0, in: views, cohort: cohort, without: fold) }
            guard parts.count == used.count, let value = mean(of: parts) else { return nil }
            values.append(value)
        }
        return Jackknife.standardError(of: values)
    }
}
