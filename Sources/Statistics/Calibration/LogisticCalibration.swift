/// An affine map from one or more scores to the natural logarithm of a likelihood ratio, fitted by logistic regression
/// with each class carrying half of the weight (Brümmer and du Preez, 2006; Morrison, 2013).
///
/// Because the classes weigh the same, the prior odds are 1 and the linear predictor is the log likelihood ratio itself.
/// The ratio is between the two populations that the pairs were drawn from and no others. Fit it leaving out every pair
/// that touches the lineage it will be used on; the pairs of one lineage are not independent.
public struct LogisticCalibration: Sendable, Hashable, Codable {
    /// The constant.
    public let intercept: Double
    /// One coefficient per feature, in the units of the features.
    public let coefficients: [Double]
    /// The ridge penalty it was fitted with.
    public let ridge: Double

    /// Takes coefficients that were fitted before.
    public init(intercept: Double, coefficients: [Double], ridge: Double = 0) {
        self.intercept = intercept
        self.coefficients = coefficients
        self.ridge = ridge
    }

    /// The natural logarithm of the likelihood ratio of a pair. There must be one feature per coefficient.
    public func logLikelihoodRatio(_ features: some Collection<Double>) -> Double {
        precondition(
            features.count == coefficients.count, "\(features.count) features for \(coefficients.count) coefficients")
        return zip(features, coefficients).reduce(intercept) { $0 + $1.0 * $1.1 }
    }

    /// The same for a map of one score.
    public func logLikelihoodRatio(_ score: Double) -> Double { logLikelihoodRatio(CollectionOfOne(score)) }
}
