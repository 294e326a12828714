public import ForensicTypes
internal import FoundationEssentials

extension Calibration.Model: Codable {
    private enum CodingKeys: String, CodingKey {
        case features, intercept, coefficients, resampled
        case numeratorLineages = "numerator_lineages"
        case numeratorPairs = "numerator_pairs"
        case denominatorLineages = "denominator_lineages"
        case denominatorPairs = "denominator_pairs"
        case thresholdAt1Percent = "threshold_at_fpr_01"
        case thresholdAt01Percent = "threshold_at_fpr_001"
    }

    /// Decodes a model; decimals are strings.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        features = try container.decode([String].self, forKey: .features)
        intercept = try container.decodeDecimal(forKey: .intercept)
        coefficients = try container.decode([EncodedDecimal].self, forKey: .coefficients).map(\.value)
        resampled = try container.decode([[EncodedDecimal]].self, forKey: .resampled).map { $0.map(\.value) }
        numeratorLineages = try container.decode(Int.self, forKey: .numeratorLineages)
        numeratorPairs = try container.decode(Int.self, forKey: .numeratorPairs)
        denominatorLineages = try container.decode(Int.self, forKey: .denominatorLineages)
        denominatorPairs = try container.decode(Int.self, forKey: .denominatorPairs)
        thresholdAt1Percent = try container.decodeDecimal(forKey: .thresholdAt1Percent)
        thresholdAt01Percent = try container.decodeDecimal(forKey: .thresholdAt01Percent)
        guard coefficients.count == features.count else {
            throw DecodingError.dataCorruptedError(
                forKey: .coefficients, in: container,
                debugDescription: "\(coefficients.count) coefficients for \(features.count) features")
        }
    }

    /// Encodes a model; decimals are strings.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(features, forKey: .features)
        try container.encodeDecimal(intercept, forKey: .intercept)
        try container.encode(coefficients.map(EncodedDecimal.init), forKey: .coefficients)
        try container.encode(resampled.map { $0.map(EncodedDecimal.init) }, forKey: .resampled)
        try container.encode(numeratorLineages, forKey: .numeratorLineages)
        try container.encode(numeratorPairs, forKey: .numeratorPairs)
        try container.encode(denominatorLineages, forKey: .denominatorLineages)
        try container.encode(denominatorPairs, forKey: .denominatorPairs)
        try container.encodeDecimal(thresholdAt1Percent, forKey: .thresholdAt1Percent)
        try container.encodeDecimal(thresholdAt01Percent, forKey: .thresholdAt01Percent)
    }
}

extension Calibration: Codable {
    private enum CodingKeys: String, CodingKey {
        case format, population, lineages, probes, models
        case featureCode = "feature_code"
    }

    /// The name and version of the file format.
    static let format = "whorl-calibration-1"

    /// Decodes a calibration. ``init(json:file:)`` also refuses one of other feature code.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        func digest(_ key: CodingKeys) throws -> Digest {
            guard let digest = Digest(hex: try container.decode(String.self, forKey: key)) else {
                throw DecodingError.dataCorruptedError(
                    forKey: key, in: container, debugDescription: "expected 64 hexadecimal digits")
            }
            return digest
        }
        guard try container.decode(String.self, forKey: .format) == Self.format else {
            throw DecodingError.dataCorruptedError(
                forKey: .format, in: container, debugDescription: "expected \(Self.format)")
        }
        var models: [Contrast: Model] = [:]
        for (name, model) in try container.decode([String: Model].self, forKey: .models) {
            guard let contrast = Contrast(rawValue: name), contrast.features == model.features else {
                throw DecodingError.dataCorruptedError(
                    forKey: .models, in: container, debugDescription: "unknown contrast or features of \(name)")
            }
            models[contrast] = model
        }
        self.init(
            featureCode: try digest(.featureCode), population: try digest(.population),
            lineages: try container.decode([Lineage].self, forKey: .lineages),
            probes: try container.decode(Int.self, forKey: .probes), models: models)
    }

    /// Encodes a calibration; decimals are strings.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(Self.format, forKey: .format)
        try container.encode(featureCode.hex, forKey: .featureCode)
        try container.encode(population.hex, forKey: .population)
        try container.encode(lineages, forKey: .lineages)
        try container.encode(probes, forKey: .probes)
        let named = models.map { ($0.key.rawValue, $0.value) }
        try container.encode(Dictionary(uniqueKeysWithValues: named), forKey: .models)
    }

    /// Reads a calibration file and refuses one that was fitted with other features.
    ///
    /// - Parameters:
    ///   - bytes: The file.
    ///   - file: Its name, for messages.
    /// - Throws: `ComparisonError` with the code `malformedCalibration` or `calibrationMismatch`.
    public init(json bytes: [UInt8], file: String) throws(ComparisonError) {
        let decoded: Calibration
        do {
            decoded = try JSONDecoder().decode(Calibration.self, from: Data(bytes))
        } catch {
            throw ComparisonError(.malformedCalibration, "\(file): not a calibration of this version")
        }
        guard decoded.featureCode == Self.currentFeatureCode else {
            throw ComparisonError(
                .calibrationMismatch,
                "\(file): fitted with the feature code \(decoded.featureCode.abbreviated), this is "
                    + "\(Self.currentFeatureCode.abbreviated); fit it again")
        }
        self = decoded
    }

    /// Refuses a population other than the one that the calibration was fitted on.
    ///
    /// - Throws: `ComparisonError` with the code `calibrationMismatch`.
    public func validate(fittedOn population: Digest) throws(ComparisonError) {
        guard population == self.population else {
            throw ComparisonError(
                .calibrationMismatch,
                "the calibration was fitted on the population \(self.population.abbreviated), this is "
                    + "\(population.abbreviated)")
        }
    }

    /// The calibration as a file: sorted keys, one line.
    public func json() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        return Array(try encoder.encode(self)) + [UInt8(ascii: "\n")]
    }
}
