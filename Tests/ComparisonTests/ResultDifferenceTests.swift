import Comparison
import ContentAddressing
import ForensicTypes
import LinearAlgebra
import Testing

@Suite("Difference of results")
struct ResultDifferenceTests {
    private func result(value: Double = 1.5, probes: Int = 40, text: String = "One sentence.") throws -> CaseResult {
        let suspect = ScoredModel(
            model: ModelIdentity(name: "suspect", role: .suspect),
            scores: [
                Score(
                    comparator: .panelNormalisedSimilarity, value: value, standardError: 0.25, usableProbes: probes)
            ])
        let owner = ModelIdentity(name: "protected", role: .protected)
        let coverage = Coverage(of: ResponseSet(model: owner, completions: []), probes: [])
        return CaseResult(
            scored: ScoredCase(
                protected: owner, protectedCoverage: coverage, suspect: suspect, suspectCoverage: coverage, panel: []),
            verdict: Verdict(
                protected: "protected", suspect: "suspect", outcome: .inconclusive, hypotheses: [.copy],
                likelihoodRatios: [], gates: [], sentences: [text], whatWouldStrengthen: []),
            arithmetic: .current)
    }

    private func difference(_ repeated: CaseResult) throws -> ResultDifference {
        try ResultDifference(of: repeated, from: CanonicalJSON.encode(result()))
    }

    @Test("The same result does not differ, with a line feed at the end or without")
    func same() throws {
        let difference = try difference(result())
        #expect(difference.places.isEmpty)
        #expect(difference.exact > 5 && difference.close == 2 && difference.largest == 0)
        let ended = try ResultDifference(of: result(), from: CanonicalJSON.encode(result()) + [10])
        #expect(ended == difference)
    }

    @Test("A decimal may differ by the tolerance and no more")
    func decimals() throws {
        let near = try difference(result(value: 1.50001))
        #expect(near.places.isEmpty)
        #expect(near.largest > 5e-6 && near.largest < 1e-5)
        let far = try difference(result(value: 1.501))
        #expect(far.places.count == 1)
        #expect(far.places[0].contains("/suspect/scores/0/value"))
    }

    @Test("A whole number and a text have to be equal")
    func exactly() throws {
        #expect(try difference(result(probes: 41)).places.count == 1)
        #expect(try difference(result(text: "Another sentence.")).places.count == 1)
    }

    @Test("A member that only one result has is a difference")
    func members() throws {
        var text = String(decoding: try CanonicalJSON.encode(result()), as: UTF8.self)
        text.replace(#","standard_error":"0.25""#, with: "")
        let difference = try ResultDifference(of: result(), from: Array(text.utf8))
        #expect(difference.places.count == 1)
        #expect(difference.places.first?.contains("one result only") == true)
    }

    @Test("The arithmetic of the two runs is not compared")
    func arithmetic() throws {
        var text = String(decoding: try CanonicalJSON.encode(result()), as: UTF8.self)
        text.replace("\"threads\":1", with: "\"threads\":2")
        #expect(try ResultDifference(of: result(), from: Array(text.utf8)).places.isEmpty)
    }
}
