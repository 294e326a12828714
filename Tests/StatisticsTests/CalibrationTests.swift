import Foundation
import LinearAlgebra
import Statistics
import TestSupport
import Testing

struct CalibrationTests {
    struct Case: Decodable, Sendable, CustomTestStringConvertible {
        let features: [Double]
        let width: Int
        let is_target: [Bool]
        let weights: [Double]
        let ridge: Double
        let coefficients: [Double]
        let intercept: Double
        let cllr: Double
        let cllr_min: Double
        let posteriors: [Double?]
        let auc: Double
        let tpr_at_01: Double
        let tpr_at_001: Double

        var testDescription: String { "\(is_target.count) pairs, \(width) features, ridge \(ridge)" }
        var scores: [Double] { stride(from: 0, to: features.count, by: width).map { features[$0] } }

        static func all() throws -> [Case] { try ReferenceVectors<[Case]>.load("calibration", from: .module) }
    }

    @Test(arguments: try Case.all())
    func logistic(_ reference: Case) throws {
        let features = try Matrix(
            rows: reference.is_target.count, columns: reference.width, elements: reference.features)
        let fit = try LogisticCalibration.fit(
            features: features, isTarget: reference.is_target, weights: reference.weights, ridge: reference.ridge)
        #expect(areClose(fit.coefficients, reference.coefficients, relative: 1e-6, absolute: 1e-8))
        #expect(isClose(fit.intercept, reference.intercept, relative: 1e-6, absolute: 1e-8))
        if reference.width == 1 {
            let affine = try LogisticCalibration.fit(
                scores: reference.scores, isTarget: reference.is_target, weights: reference.weights)
            #expect(affine == fit)
        }
    }

    @Test(arguments: try Case.all())
    func costs(_ reference: Case) throws {
        let pairs = try ScoredPairs(scores: reference.scores, isTarget: reference.is_target)
        let cost = try #require(CostOfLogLR(pairs, weights: reference.weights))
        #expect(isClose(cost.value, reference.cllr))
        #expect(isClose(cost.minimum, reference.cllr_min, relative: 1e-10))
        #expect(cost.calibrationLoss >= 0)
        let curve = ReceiverOperatingCurve(pairs)
        #expect(isClose(try #require(curve.area(weights: reference.weights)), reference.auc))
        for (limit, expected) in [(0.1, reference.tpr_at_01), (0.01, reference.tpr_at_001)] {
            let point = try #require(
                curve.operatingPoint(atFalsePositiveRate: limit, weights: reference.weights))
            #expect(isClose(point.truePositiveRate, expected))
            #expect(point.falsePositiveRate <= limit)
        }
    }

    @Test(arguments: try Case.all())
    func isotonic(_ reference: Case) throws {
        let pairs = try ScoredPairs(scores: reference.scores, isTarget: reference.is_target)
        let fit = try #require(IsotonicCalibration(pairs, weights: reference.weights))
        for (index, posterior) in reference.posteriors.enumerated() where reference.weights[index] > 0 {
            guard let posterior else { continue }
            let mine = 1 / (1 + exp(-fit.logLikelihoodRatio(reference.scores[index])))
            #expect(isClose(mine, posterior, relative: 1e-9, absolute: 1e-12))
        }
    }

    @Test func perfectAndWorthlessSystems() throws {
        let perfect = try ScoredPairs(targets: [5, 6], nonTargets: [-5, -6])
        #expect(try #require(CostOfLogLR(perfect)).minimum == 0)
        #expect(ReceiverOperatingCurve(perfect).area() == 1)
        let silent = try ScoredPairs(targets: [0, 0, 0], nonTargets: [0])
        let cost = try #require(CostOfLogLR(silent))
        #expect(isClose(cost.value, 1))
        #expect(isClose(cost.minimum, 1))
        #expect(ReceiverOperatingCurve(silent).area() == 0.5)
        #expect(ReceiverOperatingCurve(silent).operatingPoint(atFalsePositiveRate: 0.5)?.truePositiveRate == 0)
        let wrong = try ScoredPairs(targets: [-.infinity, 1], nonTargets: [-1])
        #expect(try #require(CostOfLogLR(wrong)).value == .infinity)
        #expect(try #require(CostOfLogLR(wrong)).minimum.isFinite)
        let certain = try ScoredPairs(targets: [.infinity], nonTargets: [-.infinity])
        #expect(try #require(CostOfLogLR(certain)).value == 0)
    }

    @Test func aBootstrapDrawWithoutAClassIsUndefined() throws {
        let pairs = try ScoredPairs(targets: [1], nonTargets: [0, 2])
        #expect(CostOfLogLR(pairs, weights: [0, 1, 1]) == nil)
        #expect(ReceiverOperatingCurve(pairs).area(weights: [1, 0, 0]) == nil)
        #expect(ReceiverOperatingCurve(pairs).area(weights: [1, 1, 0]) == 1)
    }

    @Test func thresholdIsConservativeWithTies() throws {
        let pairs = try ScoredPairs(targets: [3, 2, 2, 1], nonTargets: [2, 0, 0, 0])
        let curve = ReceiverOperatingCurve(pairs)
        let strict = try #require(curve.operatingPoint(atFalsePositiveRate: 0.2))
        #expect(strict == .init(threshold: 3, falsePositiveRate: 0, truePositiveRate: 0.25))
        let loose = try #require(curve.operatingPoint(atFalsePositiveRate: 0.25))
        #expect(loose == .init(threshold: 1, falsePositiveRate: 0.25, truePositiveRate: 1))
    }

    @Test func tippettCurvesCountMisleadingEvidence() throws {
        let pairs = try ScoredPairs(targets: [log(10), log(100), -1, 0], nonTargets: [-2, -1, 0.5, 0])
        let curves = TippettCurves(pairs)
        #expect(curves.misleadingTargets == 0.25)
        #expect(curves.misleadingNonTargets == 0.25)
        #expect(isClose(try #require(curves.points.first).log10LR, 2))
        #expect(curves.points.last?.targets == 1)
        #expect(curves.points.last?.nonTargets == 1)
    }

    @Test func ratiosAreBoundByTheirLineages() {
        let bound = LikelihoodRatioBound(numeratorLineages: 10, denominatorLineages: 100)
        #expect(bound.bound(log10LR: 7) == .init(log10LR: 2, isBounded: true))
        #expect(bound.bound(log10LR: -3) == .init(log10LR: -1, isBounded: true))
        #expect(bound.bound(log10LR: 0.5) == .init(log10LR: 0.5, isBounded: false))
        #expect(bound.bound(log10LR: .infinity).log10LR == 2)
        #expect(bound.bound(log10LR: .nan) == .init(log10LR: 0, isBounded: true))
        let none = LikelihoodRatioBound(numeratorLineages: 0, denominatorLineages: 0)
        #expect(none.bound(log10LR: 5).log10LR == 0)
    }

    @Test func separatedClassesNeedARidge() throws {
        let scores = [-2.0, -1, 1, 2]
        let labels = [false, false, true, true]
        #expect(code { try LogisticCalibration.fit(scores: scores, isTarget: labels) } == .notConverged)
        let fit = try LogisticCalibration.fit(scores: scores, isTarget: labels, ridge: 0.01)
        #expect(fit.coefficients[0] > 0)
        #expect(isClose(fit.intercept, 0, absolute: 1e-9))
    }

    @Test func constantFeaturesAreIgnored() throws {
        let scores = [0.1, 0.4, 0.35, 0.8, 0.7]
        let labels = [false, true, false, true, false]
        let rows = scores.map { [7.3, $0] }
        let both = try LogisticCalibration.fit(features: try Matrix(rows: rows), isTarget: labels, ridge: 0)
        let one = try LogisticCalibration.fit(scores: scores, isTarget: labels)
        #expect(both.coefficients[0] == 0)
        #expect(isClose(both.coefficients[1], one.coefficients[0], relative: 1e-9))
    }

    @Test func refusesBadInput() throws {
        #expect(code { try ScoredPairs(scores: [1, 2], isTarget: [true]) } == .lengthMismatch)
        #expect(code { try ScoredPairs(scores: [1, .nan], isTarget: [true, false]) } == .invalidNumber)
        #expect(code { try ScoredPairs(targets: [], nonTargets: [1]) } == .empty)
        #expect(code { try LogisticCalibration.fit(scores: [], isTarget: []) } == .empty)
        #expect(code { try LogisticCalibration.fit(scores: [1, 2], isTarget: [true, true]) } == .empty)
        #expect(code { try LogisticCalibration.fit(scores: [1, .nan], isTarget: [true, false]) } == .invalidNumber)
        #expect(code { try LogisticCalibration.fit(scores: [1], isTarget: [true, false]) } == .lengthMismatch)
        #expect(
            code { try LogisticCalibration.fit(scores: [1, 2], isTarget: [true, false], weights: [1, -1]) }
                == .invalidNumber)
    }
}
