import Comparison
import ForensicTypes
import Foundation
import Testing

@Suite("Calibration")
struct CalibrationTests {
    private static func fitted() throws -> (PopulationMeasurement, Calibration) {
        let measurement = try PopulationMeasurement(SyntheticPopulation.population(lineages: 12, probes: 8))
        return (measurement, try Calibration.fit(measurement, resamples: 40))
    }

    @Test("A calibration survives its file and is bound to code and population")
    func file() throws {
        let (measurement, calibration) = try Self.fitted()
        let bytes = try calibration.json()
        let read = try Calibration(json: bytes, file: "calibration.json")
        #expect(read == calibration)
        try read.validate(fittedOn: measurement.population)
        let other = try SyntheticPopulation.population(lineages: 12, probes: 7).digest
        #expect(throws: ComparisonError(.calibrationMismatch, "")) { try read.validate(fittedOn: other) }
        let text = String(decoding: bytes, as: UTF8.self)
        let tampered = text.replacing(
            Calibration.currentFeatureCode.hex, with: String(repeating: "0", count: 64))
        #expect(throws: ComparisonError(.calibrationMismatch, "")) {
            _ = try Calibration(json: Array(tampered.utf8), file: "calibration.json")
        }
        #expect(throws: ComparisonError(.malformedCalibration, "")) {
            _ = try Calibration(json: Array(text.dropLast(40).utf8), file: "calibration.json")
        }
    }

    @Test("The shipped calibration was fitted with this code")
    func shipped() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let file = root.appending(path: "Corpora/calibration/alpaca-eval-dev.json")
        let calibration = try Calibration(json: Array(Data(contentsOf: file)), file: "alpaca-eval-dev.json")
        #expect(calibration.models.keys.sorted() == Contrast.allCases.sorted())
        #expect(calibration.lineages.count == 33)
        #expect(calibration.probes == 400)
        let strong = try #require(calibration.likelihoodRatio(.derivedIndependent, lineage: 10, student: nil))
        #expect(abs(strong.log10 - strong.ceilingLog10) < 1e-5)
        #expect(strong.denominatorLineages == 33)
    }

    @Test("What calibrated may not report")
    func lineagesAreNotReused() throws {
        let (_, calibration) = try Self.fitted()
        try calibration.validate(reporting: [Lineage("elsewhere")])
        #expect(throws: ComparisonError(.lineageReused, "")) {
            try calibration.validate(reporting: [Lineage("elsewhere"), Lineage("l3")])
        }
    }

    @Test("A larger score never gives a smaller ratio, and no score leaves the bounds", arguments: Contrast.allCases)
    func monotone(contrast: Contrast) throws {
        let (_, calibration) = try Self.fitted()
        guard calibration.models[contrast] != nil else { return }
        var last = -Double.infinity
        for score in stride(from: -20.0, through: 20, by: 0.5) {
            let ratio = try #require(calibration.likelihoodRatio(contrast, lineage: score, student: score))
            #expect(ratio.log10 >= last)
            #expect(ratio.log10 <= ratio.ceilingLog10 + 1e-5 && ratio.log10 >= ratio.floorLog10 - 1e-5)
            last = ratio.log10
        }
        let far = try #require(calibration.likelihoodRatio(contrast, lineage: 1e9, student: 1e9, panelLineages: 2))
        #expect(far.log10 <= 0.30103 + 1e-6)
    }
}
