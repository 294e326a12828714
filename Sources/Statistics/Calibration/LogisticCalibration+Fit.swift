#if canImport(Glibc)
    internal import Glibc
#endif
public import LinearAlgebra

extension LogisticCalibration {
    /// Fits the map of one score without a penalty.
    /// - Throws: as `fit(features:isTarget:weights:ridge:)`.
    public static func fit(
        scores: [Double], isTarget: [Bool], weights: [Double]? = nil, ridge: Double = 0
    ) throws(StatisticsError) -> LogisticCalibration {
        guard let features = try? Matrix(rows: scores.count, columns: 1, elements: scores) else {
            throw StatisticsError(.empty, "a fit needs scores")
        }
        return try fit(features: features, isTarget: isTarget, weights: weights, ridge: ridge)
    }

    /// Fits the map by Newton's method.
    ///
    /// It minimises `Σ w_i log(1 + exp(−y_i η_i)) / Σ w_i + ridge/2 · Σ β_j² s_j²`, where η is the linear predictor,
    /// y = ±1, the weights of each class are scaled to one half, and s_j is the weighted standard deviation of feature j:
    /// the penalty is on coefficients of standardised features, and not on the intercept. A feature that does not vary gets
    /// the coefficient 0.
    /// - Parameters:
    ///   - features: one row per pair, one column per score; finite.
    ///   - isTarget: whether the hypothesis of the numerator is true of each pair.
    ///   - weights: 0 or more; 1 each if nil. Those of a class count relative to each other.
    ///   - ridge: 0 or more. Above 0 it makes the optimum exist for classes that do not overlap.
    /// - Throws: `lengthMismatch`, `invalidNumber`, `empty` if a class weighs nothing, or `notConverged` if the classes do
    ///   not overlap and `ridge` is 0.
    public static func fit(
        features: Matrix<Double>, isTarget: [Bool], weights: [Double]? = nil, ridge: Double
    ) throws(StatisticsError) -> LogisticCalibration {
        let problem = try LogisticProblem(features: features, isTarget: isTarget, weights: weights, ridge: ridge)
        var parameters = [Double](repeating: 0, count: features.columns + 1)
        var value = problem.value(parameters)
        for _ in 0..<200 {
            let (gradient, hessian) = problem.derivatives(parameters)
            guard let factor = Cholesky(hessian) else { break }
            let step = factor.solve(gradient)
            let decrement = zip(step, gradient).reduce(0) { $0 + $1.0 * $1.1 }
            // So near to the optimum a full step is safe and rounding hides whether it descends.
            var scale = 1.0
            var candidate = zip(parameters, step).map { $0 - $1 }
            while decrement > 1e-13, problem.value(candidate) > value - 1e-4 * scale * decrement, scale > 1e-10 {
                scale /= 2
                candidate = zip(parameters, step).map { $0 - scale * $1 }
            }
            parameters = candidate
            value = problem.value(parameters)
            if decrement < 1e-20 {
                // Without a penalty, classes that do not overlap send the value to 0 and the parameters to infinity.
                guard value > 1e-9 || ridge > 0 else { break }
                return problem.calibration(parameters)
            }
        }
        throw StatisticsError(
            .notConverged,
            "the logistic fit of \(features.rows) pairs has no finite optimum: the classes do not overlap; give a ridge "
                + "above 0")
    }
}

/// The function that a logistic fit minimises, on standardised features.
private struct LogisticProblem {
    private let standardised: Matrix<Double>
    private let signs: [Double]
    private let weights: [Double]
    private let means: [Double]
    private let deviations: [Double]
    private let ridge: Double

    init(
        features: Matrix<Double>, isTarget: [Bool], weights: [Double]?, ridge: Double
    ) throws(StatisticsError) {
        guard features.rows == isTarget.count, weights.map({ $0.count == isTarget.count }) ?? true else {
            throw StatisticsError(
                .lengthMismatch,
                "\(features.rows) rows, \(isTarget.count) labels and \(weights?.count ?? isTarget.count) weights")
        }
        guard ridge >= 0, ridge.isFinite, features.isFinite,
            weights?.allSatisfy({ $0 >= 0 && $0.isFinite }) ?? true
        else {
            throw StatisticsError(
                .invalidNumber, "a logistic fit takes finite features, and weights and a ridge of 0 or more")
        }
        var balanced = weights ?? Array(repeating: 1, count: isTarget.count)
        for kind in [true, false] {
            let total = zip(balanced, isTarget).reduce(0) { $1.1 == kind ? $0 + $1.0 : $0 }
            guard total > 0 else {
                throw StatisticsError(.empty, "no \(kind ? "target" : "non-target") pair has any weight")
            }
            for index in balanced.indices where isTarget[index] == kind { balanced[index] /= 2 * total }
        }
        var (means, deviations, standardised) = ([Double](), [Double](), features)
        for column in 0..<features.columns {
            let mean = balanced.indices.reduce(0) { $0 + balanced[$1] * features[$1, column] }
            let variance = balanced.indices.reduce(0) {
                let difference = features[$1, column] - mean
                return $0 + balanced[$1] * difference * difference
            }
            // Rounding leaves a constant feature a deviation of a few units in its last place.
            let deviation = variance.squareRoot()
            let varies = deviation > 1e-14 * max(1e-290, mean.magnitude)
            means.append(mean)
            deviations.append(varies ? deviation : 0)
            for row in balanced.indices {
                standardised[row, column] = varies ? (features[row, column] - mean) / deviation : 0
            }
        }
        (self.means, self.deviations, self.standardised) = (means, deviations, standardised)
        (self.signs, self.weights, self.ridge) = (isTarget.map { $0 ? 1 : -1 }, balanced, ridge)
    }

    /// The intercept is the last parameter.
    private func predictor(_ row: Int, _ parameters: [Double]) -> Double {
        let width = standardised.columns
        var sum = parameters[width]
        for column in 0..<width { sum += parameters[column] * standardised[row, column] }
        return sum
    }

    func value(_ parameters: [Double]) -> Double {
        var sum = 0.0
        for row in signs.indices {
            let margin = signs[row] * predictor(row, parameters)
            sum += weights[row] * (margin > 0 ? log1p(exp(-margin)) : -margin + log1p(exp(margin)))
        }
        return sum + ridge / 2 * parameters.dropLast().reduce(0) { $0 + $1 * $1 }
    }

    func derivatives(_ parameters: [Double]) -> (gradient: [Double], hessian: Matrix<Double>) {
        let width = standardised.columns
        var gradient = [Double](repeating: 0, count: width + 1)
        var hessian = Matrix<Double>(rows: width + 1, columns: width + 1)
        var extended = [Double](repeating: 1, count: width + 1)
        for row in signs.indices where weights[row] > 0 {
            for column in 0..<width { extended[column] = standardised[row, column] }
            let margin = signs[row] * predictor(row, parameters)
            let miss = margin > 0 ? exp(-margin) / (1 + exp(-margin)) : 1 / (1 + exp(margin))
            let slope = -weights[row] * signs[row] * miss
            let curvature = weights[row] * miss * (1 - miss)
            for column in 0...width {
                gradient[column] += slope * extended[column]
                let scaled = curvature * extended[column]
                for inner in 0...column { hessian[column, inner] += scaled * extended[inner] }
            }
        }
        for column in 0..<width {
            gradient[column] += ridge * parameters[column]
            // A constant feature has no curvature; any positive number keeps its coefficient at 0.
            hessian[column, column] += deviations[column] == 0 ? 1 : ridge
        }
        return (gradient, hessian)
    }

    func calibration(_ parameters: [Double]) -> LogisticCalibration {
        let coefficients = deviations.indices.map { deviations[$0] == 0 ? 0 : parameters[$0] / deviations[$0] }
        let shift = zip(coefficients, means).reduce(0) { $0 + $1.0 * $1.1 }
        return LogisticCalibration(
            intercept: parameters[deviations.count] - shift, coefficients: coefficients, ridge: ridge)
    }
}
