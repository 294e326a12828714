import Comparison
import ForensicTypes
import Foundation
import Statistics
import TestSupport
import Testing

@Suite struct SimilarityTests {
    /// A population with its similarities as `Tools/reference/similarity.py` computes them.
    private struct Reference: Decodable {
        struct View: Decodable {
            let view: SimilarityView
            let similarities: [[Double]]
            let near: Double
            let far: Double

            enum CodingKeys: String, CodingKey {
                case view, similarities
                case near = "z_0_1"
                case far = "z_0_4"
            }
        }

        let lineages: [String?]
        let probes: [[String?]]
        struct Secondary: Decodable {
            let value: Double
            let z: Double
        }

        let views: [View]
        let secondary: [String: Secondary]

        static func load() throws -> Reference { try ReferenceVectors<Self>.load("similarity", from: .module) }

        var models: [ModelIdentity] {
            lineages.enumerated().map { index, lineage in
                ModelIdentity(name: "m\(index)", role: .panel, lineage: lineage.map { Lineage($0) })
            }
        }

        func texts(_ probe: Int) -> [[UInt8]?] { probes[probe].map { text in text.map { Array($0.utf8) } } }
    }

    @Test func viewsAndNormalisationFollowTheReference() throws {
        let reference = try Reference.load()
        var views = SimilarityViews(models: reference.models)
        for probe in reference.probes.indices { views.add(reference.texts(probe)) }
        let near = try SymmetricNormalisation.score(
            0, 1, in: views,
            cohort: SymmetricNormalisation.Cohort(models: Array(2..<9), of: views, excluding: (0, 1)))
        let far = try SymmetricNormalisation.score(
            0, 4, in: views,
            cohort: SymmetricNormalisation.Cohort(models: Array(2..<9), of: views, excluding: (0, 4)))
        for view in reference.views {
            for first in 0..<9 {
                for second in 0..<9 {
                    let found = try #require(views.similarity(view.view, first, second))
                    let expected = view.similarities[first][second]
                    #expect(
                        isClose(found, expected, relative: 1e-9, absolute: 1e-12), "\(view.view) \(first) \(second)")
                }
            }
            #expect(isClose(try #require(near.normalised[view.view]), view.near, relative: 1e-8))
            #expect(isClose(try #require(far.normalised[view.view]), view.far, relative: 1e-8))
        }
        let swapped = try SymmetricNormalisation.score(
            4, 0, in: views,
            cohort: SymmetricNormalisation.Cohort(models: Array(2..<9), of: views, excluding: (4, 0)))
        #expect(Self.agree(swapped.value, far.value))
        #expect(near.usableProbes == 10)
        #expect(far.lineages == 4)
        #expect(near.failures.isEmpty)
    }

    @Test func secondaryViewsFollowTheReference() throws {
        let reference = try Reference.load()
        let probes = try reference.probes.indices.map { try EvidenceBuilder.probe($0, .text) }
        let sets = reference.models.enumerated().map { index, model in
            ResponseSet(
                model: ModelIdentity(
                    name: model.name, role: index == 0 ? .protected : index == 1 ? .suspect : .panel,
                    lineage: model.lineage),
                completions: probes.indices.compactMap { probe in
                    reference.texts(probe)[index].map { Completion(probe: probes[probe].id, draw: 0, text: $0) }
                })
        }
        let score = PanelNormalisedSimilarity().score(
            EvidenceBuilder.evidence(probes, sets[0], sets[1], panel: Array(sets.dropFirst(2))))
        func matches(_ name: String, _ view: String, sign: Double = 1) throws {
            let expected = try #require(reference.secondary[view])
            // Rows are kept in single precision.
            #expect(
                isClose(try #require(score.details[name]), sign * expected.value, relative: 1e-5, absolute: 1e-7),
                "\(name)")
            #expect(
                isClose(try #require(score.details["z_" + view]), expected.z, relative: 1e-4, absolute: 1e-6), "\(view)"
            )
        }
        try matches("mean_log_common_prefix_words", "common_prefix")
        try matches("mean_log_length_gap", "length_gap", sign: -1)
        try matches("cka", "cka")
        try matches("rsa", "rsa")
        // They stand beside the value and are no part of it.
        let mean = SimilarityView.allCases.compactMap { score.details["z_\($0.rawValue)"] }.reduce(0, +) / 3
        #expect(isClose(try #require(score.value), mean, relative: 1e-12))
    }

    @Test func rowsChangeTheCostAndNothingElse() throws {
        let reference = try Reference.load()
        var all = SimilarityViews(models: reference.models)
        var two = SimilarityViews(models: reference.models, rows: [0, 4])
        for probe in reference.probes.indices {
            all.add(reference.texts(probe))
            two.add(two.kernel.similarities(of: reference.texts(probe)))
        }
        for view in SimilarityView.allCases {
            for model in 0..<9 {
                #expect(Self.agree(all.similarity(view, 0, model), two.similarity(view, 0, model)))
                #expect(Self.agree(all.similarity(view, model, 4), two.similarity(view, model, 4)))
                #expect(all.usableProbes(view, 4, model) == two.usableProbes(view, 4, model))
            }
            #expect(two.similarity(view, 1, 2) == nil)
        }
    }

    @Test func aPairWithItsCohortIsScoredAsInAPopulation() throws {
        let reference = try Reference.load()
        let complete = [0, 1, 2, 4, 6, 8, 9, 10]
        var all = SimilarityViews(models: reference.models)
        var pair = SimilarityViews(models: reference.models, rows: [0, 4], cohort: [2, 3, 5, 6, 7, 8])
        all.add(each: complete.map(reference.texts))
        pair.add(each: complete.map(reference.texts))
        let models = Array(reference.models.indices)
        let expected = try SymmetricNormalisation.score(
            0, 4, in: all, cohort: SymmetricNormalisation.Cohort(models: models, of: all, excluding: (0, 4)))
        let found = try SymmetricNormalisation.score(
            0, 4, in: pair, cohort: SymmetricNormalisation.Cohort(models: models, of: pair, excluding: (0, 4)))
        #expect(Self.agree(found.value, expected.value))
        #expect(isClose(try #require(found.standardError), try #require(expected.standardError), relative: 1e-9))
    }

    /// Equal up to the order of a sum.
    private static func agree(_ left: Double?, _ right: Double?) -> Bool {
        guard let left, let right else { return left == nil && right == nil }
        return isClose(left, right, relative: 1e-12, absolute: 1e-14)
    }

    @Test func aMissingAnswerIsNoMismatch() throws {
        let reference = try Reference.load()
        var complete = SimilarityViews(models: reference.models)
        var gapped = SimilarityViews(models: reference.models)
        for probe in [0, 1, 2, 4] { complete.add(reference.texts(probe)) }
        for probe in [0, 1, 2, 4] { gapped.add(reference.texts(probe)) }
        // A probe that nobody but a third model answered changes nothing between the first two.
        gapped.add((0..<9).map { $0 == 5 ? Array("only this model answers here at some length".utf8) : nil })
        gapped.add([[UInt8]?](repeating: [], count: 9))
        for view in SimilarityView.allCases {
            #expect(complete.similarity(view, 0, 1) == gapped.similarity(view, 0, 1))
            #expect(complete.usableProbes(view, 0, 1) == gapped.usableProbes(view, 0, 1))
        }
    }

    @Test func fewerThanThreeLineagesAreRefusedWithTheirNumber() throws {
        let reference = try Reference.load()
        var views = SimilarityViews(models: reference.models)
        views.add(reference.texts(0))
        let cohort = SymmetricNormalisation.Cohort(models: [2, 3, 4], of: views, excluding: (0, 1))
        #expect(throws: SymmetricNormalisation.Failure.tooFewLineages(2)) {
            try SymmetricNormalisation.score(0, 1, in: views, cohort: cohort)
        }
    }

    /// Models with levels of their own: some answer in stock phrases that everybody uses and so resemble all others. Raw
    /// similarity takes two such strangers for relatives; the normalised one does not.
    @Test func normalisationSeparatesWhatRawSimilarityDoesNot() throws {
        let population = HubPopulation(lineages: 14, probes: 40, habit: 0.15, seed: 11)
        var views = SimilarityViews(models: population.models)
        for probe in 0..<population.probes { views.add(population.answers(to: probe)) }
        var related: [(raw: Double, z: Double)] = []
        var unrelated: [(raw: Double, z: Double)] = []
        for first in population.models.indices {
            for second in (first + 1)..<population.models.count {
                let cohort = SymmetricNormalisation.Cohort(
                    models: Array(population.models.indices), of: views, excluding: (first, second))
                let result = try SymmetricNormalisation.score(first, second, in: views, cohort: cohort)
                let entry = (raw: try #require(result.raw[.openingCharacters]), z: result.value)
                if population.models[first].lineage == population.models[second].lineage {
                    related.append(entry)
                } else {
                    unrelated.append(entry)
                }
            }
        }
        let missedRaw = 1 - Self.area(related.map(\.raw), unrelated.map(\.raw))
        let missed = 1 - Self.area(related.map(\.z), unrelated.map(\.z))
        #expect(missedRaw > 0.04)
        #expect(missed < missedRaw / 2)
    }

    /// The share of pairs of a positive and a negative that are in the right order.
    private static func area(_ positives: [Double], _ negatives: [Double]) -> Double {
        let ordered = positives.reduce(0) { sum, positive in sum + negatives.count { $0 < positive } }
        return Double(ordered) / Double(positives.count * negatives.count)
    }
}

/// A population of two models per lineage. A model mixes the stock phrases of the question, its lineage's own words and
/// noise; the share of stock is a property of the model, drawn without regard to lineage.
struct HubPopulation {
    let models: [ModelIdentity]
    let probes: Int
    private let stock: [Double]
    private let habit: Double
    private let seed: UInt64

    /// Draws the models.
    ///
    /// - Parameter habit: The share of a lineage's own phrases among what is not stock.
    init(lineages: Int, probes: Int, habit: Double, seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        self.models = (0..<(2 * lineages)).map { index in
            ModelIdentity(name: "m\(index)", role: .panel, lineage: Lineage("l\(index / 2)"))
        }
        self.stock = models.map { _ in 0.2 + 0.6 * generator.uniform() }
        self.probes = probes
        self.habit = habit
        self.seed = seed
    }

    func answers(to probe: Int) -> [[UInt8]?] {
        models.indices.map { model in
            var generator = SeededGenerator(seed: seed &+ UInt64(1 + probe * models.count + model) &* 7919)
            var words: [String] = []
            while words.count < 60 {
                let draw = generator.uniform()
                if draw < stock[model] {
                    let phrase = generator.index(below: 10)
                    words += (0..<6).map { Self.code(probe &* 1009 &+ phrase &* 6 &+ $0) }
                } else if draw < stock[model] + (1 - stock[model]) * habit {
                    let phrase = generator.index(below: 4)
                    words += (0..<6).map { Self.code(-1 - probe &* 5003 &- (model / 2) &* 24 &- phrase &* 6 &- $0) }
                } else {
                    words.append(Self.code(1_000_000 &+ generator.index(below: 1_000_000_000)))
                }
            }
            return Array(words.joined(separator: " ").utf8)
        }
    }

    /// A number as letters that look random.
    private static func code(_ number: Int) -> String {
        var value = UInt64(truncatingIfNeeded: number &+ 1) &* 0x9E37_79B9_7F4A_7C15
        var text = ""
        for _ in 0..<6 {
            text.unicodeScalars.append(UnicodeScalar(UInt8(97 + (value >> 40) % 26)))
            value = value &* 6_364_136_223_846_793_005 &+ 1
        }
        return text
    }
}
