import Foundation
import Statistics
import TestSupport
import Testing

struct NullTests {
    @Test func permutationPValueIsNeverZeroAndCountsTies() {
        #expect(PermutationPValue(observed: 9, permuted: [1, 2, 3]).value == 0.25)
        #expect(PermutationPValue(observed: 3, permuted: [1, 3, 3, 4]).value == 0.8)
        #expect(PermutationPValue(observed: 3, permuted: [Int]()).value == 1)
        #expect(PermutationPValue(exceedances: 0, permutations: 999).floor == 0.001)
    }

    @Test func permutationStaysInItsStratum() throws {
        let strata = (0..<60).map { StratifiedPermutation.Stratum(probe: $0 % 5, timeBlock: $0 / 30) }
        let permutation = StratifiedPermutation(strata: strata)
        #expect(permutation.groups.count == 10)
        var generator = SeededGenerator(seed: 1)
        var labels = Array(0..<60)
        try permutation.shuffle(&labels, using: &generator)
        #expect(labels != Array(0..<60))
        #expect(labels.sorted() == Array(0..<60))
        for (position, label) in labels.enumerated() { #expect(strata[position] == strata[label]) }
        var short = [1, 2]
        #expect(code { try permutation.shuffle(&short, using: &generator) } == .lengthMismatch)
    }

    @Test func conformalPValueHasItsFloor() throws {
        let panel = (1...19).map(Double.init)
        let best = try ConformalPValue(score: 100, panel: panel)
        #expect(best.value == 0.05)
        #expect(best.value == best.floor)
        #expect(try ConformalPValue(score: 19, panel: panel).value == 0.1)
        #expect(try ConformalPValue(score: 0, panel: []).value == 1)
        #expect(code { try ConformalPValue(score: .nan, panel: panel) } == .invalidNumber)
        let strata = try ConformalPValue.mondrian(score: 5, panel: ["sibling": [9], "unrelated": [1, 2, 3]])
        #expect(strata["sibling"]?.value == 1)
        #expect(strata["unrelated"]?.value == 0.25)
    }

    @Test func conformalPValueIsValidUnderExchangeability() throws {
        var generator = SeededGenerator(seed: 2)
        var rejections = 0
        for _ in 0..<4000 {
            let scores = (0..<20).map { _ in generator.normal() }
            if try ConformalPValue(score: scores[0], panel: Array(scores.dropFirst())).value <= 0.05 { rejections += 1 }
        }
        // 200 expected, standard deviation 13.8.
        #expect((150...250).contains(rejections))
    }

    @Test(arguments: [(0.05, 19), (0.01, 99), (0.1, 9), (0.5, 1), (0.03, 33)])
    func gateBelowTheFloorIsRefused(alpha: Double, needed: Int) throws {
        #expect(ConformalGate.lineagesNeeded(alpha: alpha) == needed)
        #expect(code { try ConformalGate(alpha: alpha, lineages: needed - 1) } == .belowFloor)
        let gate = try ConformalGate(alpha: alpha, lineages: needed)
        let panel = [Double](repeating: 0, count: needed)
        #expect(gate.isOpen(to: try ConformalPValue(score: 1, panel: panel)))
        #expect(!gate.isOpen(to: try ConformalPValue(score: 0, panel: panel)))
    }

    @Test func gateNeedsARate() {
        for alpha in [0, 1, -0.1, Double.nan] {
            #expect(code { try ConformalGate(alpha: alpha, lineages: 1000) } == .invalidNumber)
        }
    }

    @Test func lineagesComeAndGoTogether() throws {
        let bootstrap = try LineageBootstrap(lineages: 6, draws: 400, seed: 4)
        let sums = bootstrap.replicates { Double($0.reduce(0, +)) }
        #expect(sums.count == 400)
        #expect(sums.allSatisfy { $0 == 6 })
        let first = bootstrap.replicates { Double($0[0]) }
        #expect(first == bootstrap.replicates { Double($0[0]) })
        // A multiplicity is Bin(6, 1/6): mean 1, variance 5/6, so the mean of 400 has standard error 0.046.
        #expect(abs(first.reduce(0, +) / 400 - 1) < 0.15)
        #expect(bootstrap.replicates { $0[0] == 0 ? nil : 1 }.count < 400)
        #expect(LineageBootstrap.pairWeight(0, 1, multiplicities: [2, 3]) == 6)
        #expect(LineageBootstrap.pairWeight(1, 1, multiplicities: [2, 3]) == 3)
        #expect(code { try LineageBootstrap(lineages: 0, seed: 1) } == .empty)
    }

    @Test func clusterIntervalIsWiderThanThatOverItems() throws {
        // 10 lineages of 50 items that share their lineage's level: the items are no replicates.
        var generator = SeededGenerator(seed: 9)
        let levels = (0..<10).map { _ in generator.normal() }
        let bootstrap = try LineageBootstrap(lineages: 10, seed: 1)
        let means = bootstrap.replicates { multiplicities in
            zip(multiplicities, levels).reduce(0) { $0 + Double($1.0) * $1.1 } / 10
        }
        let interval = try BootstrapInterval(replicates: means)
        let deviation = (levels.reduce(0) { $0 + $1 * $1 } / 10).squareRoot()
        let naive = 2 * 1.96 * deviation / (500.0).squareRoot()
        #expect(interval.upper - interval.lower > 4 * naive)
        #expect(interval.lower < levels.reduce(0, +) / 10 && levels.reduce(0, +) / 10 < interval.upper)
    }

    @Test func percentilesInterpolate() throws {
        let interval = try BootstrapInterval(replicates: [4, 1, 3, 2, 0], confidence: 0.5)
        #expect(interval.lower == 1 && interval.upper == 3)
        let unbounded = try BootstrapInterval(replicates: [.infinity, 1, .infinity])
        #expect(unbounded.upper == .infinity)
        #expect(code { try BootstrapInterval(replicates: []) } == .empty)
        #expect(code { try BootstrapInterval(replicates: [1], confidence: 1) } == .invalidNumber)
    }
}
