import Comparison
import Foundation
import Testing

/// Known answers: `Tools/reference/pair_scores.py`.
@Suite("Pair scores")
struct EvaluationScoresTests {
    private struct Vectors: Decodable {
        let lineages: [Int]
        let kernel: [Double]
        let partial: [Double]
        let competition: [Double]
    }

    private static func vectors() throws -> Vectors {
        let file = try #require(Bundle.module.url(forResource: "Fixtures/pair_scores", withExtension: "json"))
        return try JSONDecoder().decode(Vectors.self, from: Data(contentsOf: file))
    }

    private static func members(_ lineages: [Int]) -> [[Int]] {
        (0...(lineages.max() ?? 0)).map { lineage in lineages.indices.filter { lineages[$0] == lineage } }
    }

    @Test("The block of one inverse is the partial correlation of every pair")
    func partialCorrelation() throws {
        let vectors = try Self.vectors()
        let partial = ConditionalSimilarity.matrix(kernel: vectors.kernel, members: Self.members(vectors.lineages))
        for (own, expected) in zip(partial, vectors.partial) { #expect(abs(own - expected) < 1e-9) }
    }

    @Test("A pair is measured against its nearest competitors")
    func competition() throws {
        let vectors = try Self.vectors()
        let count = vectors.lineages.count
        let scores = CompetitiveNormalisation(
            similarity: vectors.partial, lineageOfModel: vectors.lineages, members: Self.members(vectors.lineages))
        for first in 0..<count {
            for second in 0..<count where first != second {
                let own = try #require(scores.score(first, second))
                #expect(abs(own - vectors.competition[first * count + second]) < 1e-9)
            }
        }
    }

    @Test("Fewer than three competing lineages give no score")
    func tooFewCompetitors() {
        let identity = (0..<16).map { $0 % 5 == 0 ? 1.0 : 0.1 * Double($0) }
        let scores = CompetitiveNormalisation(
            similarity: identity, lineageOfModel: [0, 1, 2, 3], members: [[0], [1], [2], [3]])
        #expect(scores.score(0, 1) == nil)
    }

    @Test("An inverse times its matrix is the identity; an indefinite matrix has none")
    func inverse() throws {
        let matrix = [4, 1, 0.5, 1, 3, 0.2, 0.5, 0.2, 2]
        let inverse = try #require(ConditionalSimilarity.inverse(matrix, order: 3))
        for row in 0..<3 {
            for column in 0..<3 {
                let product = (0..<3).reduce(0.0) { $0 + matrix[row * 3 + $1] * inverse[$1 * 3 + column] }
                #expect(abs(product - (row == column ? 1 : 0)) < 1e-12)
            }
        }
        #expect(ConditionalSimilarity.inverse([1, 2, 2, 1], order: 2) == nil)
    }
}
