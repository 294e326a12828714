import ForensicTypes
import Foundation
import ProbeGeneration
import Statistics
import Testing

/// Known answers: `Tools/reference/partial_agreement.py`.
@Suite("What candidates add to partial correlations")
struct PartialAgreementTests {
    private struct Vectors: Decodable {
        let lineages: [Int]
        let mean: [Double]
        let agreements: [[Double?]]
        let added: [[Double?]]
    }

    private static func pairs(_ lineages: [Int], _ wanted: (Int, Int) -> Bool) -> [(Int, Int)] {
        lineages.indices.flatMap { left in
            lineages.indices.filter { $0 > left && wanted(lineages[left], lineages[$0]) }.map { (left, $0) }
        }
    }

    /// The models of the vectors behind two that take no part.
    @Test("One inverse serves all pairs, and an answer that is missing is missing in its own pairs only")
    func knownAnswers() throws {
        let file = try #require(Bundle.module.url(forResource: "Fixtures/partial_agreement", withExtension: "json"))
        let vectors = try JSONDecoder().decode(Vectors.self, from: Data(contentsOf: file))
        let count = vectors.lineages.count
        let shifted = { (pairs: [(Int, Int)]) in pairs.map { ($0.0 + 2, $0.1 + 2) } }
        let relations = PairRelations(
            lineages: [nil, nil] + vectors.lineages.map { Lineage("l\($0)") },
            related: shifted(Self.pairs(vectors.lineages) { $0 == $1 }),
            unrelated: shifted(Self.pairs(vectors.lineages) { $0 != $1 }))
        let partial = try #require(PartialAgreement(mean: vectors.mean, relations: relations))
        for (agreement, expected) in zip(vectors.agreements, vectors.added) {
            let added = partial.added(by: agreement.map { $0.map { Float($0) } ?? .nan })
            var next = 0
            for left in 0..<count {
                for right in left + 1..<count {
                    let own = added[(left + 2) * (count + 2) + right + 2]
                    if let known = expected[next] {
                        #expect(abs(own - known) < 1e-6, "\(left) \(right)")
                    } else {
                        #expect(own.isNaN)
                    }
                    #expect(own.isNaN || own == added[(right + 2) * (count + 2) + left + 2])
                    next += 1
                }
            }
            #expect(added[1].isNaN && added[2 * (count + 2) + 1].isNaN)
        }
    }

    /// Relatives share words of their own on a third of the prompts. On the others they share more, but in the words of a fashion
    /// that other lineages follow as well, each on prompts of its own.
    @Test("What relatives share with the fashion ranks behind what nobody else has", arguments: 1...3)
    func fashion(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let lineages = (0..<24).map { $0 / 2 }
        func isTelling(_ prompt: Int) -> Bool { prompt % 3 == 0 }
        // Half of the lineages follow the fashion.
        func follows(_ lineage: Int) -> Bool { lineage % 2 == 0 }
        func words(_ count: Int, _ word: () -> String) -> [String] { (0..<count).map { _ in word() } }
        var ranking = PromptRanking(divisions: [
            PairRelations(
                lineages: lineages.map { Lineage("l\($0)") }, related: Self.pairs(lineages) { $0 == $1 },
                unrelated: Self.pairs(lineages) { $0 != $1 })
        ])
        for prompt in 0..<60 {
            let fashionable = (0..<40).map { "f\(prompt)x\($0)" }
            let texts = lineages.map { lineage -> [UInt8] in
                var text = words(40) { "n\(generator.index(below: 1 << 30))" }
                let own = isTelling(prompt) ? 14 : 2
                for place in 0..<own { text[place] = "l\(lineage)p\(prompt)w\(place)" }
                if !isTelling(prompt), follows(lineage) {
                    for place in 0..<24 { text[place + 14] = fashionable[place] }
                }
                return Array(text.joined(separator: " ").utf8)
            }
            ranking.add(texts)
        }
        let best = ranking.order(division: 0, rule: .conditionalDiscrimination).prefix(20)
        #expect(best.count { isTelling($0) } >= 19)
    }
}
