extension LikelihoodRatio: Codable {
    private enum CodingKeys: String, CodingKey {
        case numerator, denominator, log10, lower, upper, ceiling, floor, method, term
        case unboundedLog10 = "unbounded_log10"
        case numeratorLineages = "numerator_lineages"
        case denominatorLineages = "denominator_lineages"
    }

    /// Decodes a ratio; the bounds and the term are computed again.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let lower = try container.decodeDecimalIfPresent(forKey: .lower)
        let upper = try container.decodeDecimalIfPresent(forKey: .upper)
        var interval: ClosedRange<Double>?
        if let lower, let upper {
            guard lower <= upper else {
                throw DecodingError.dataCorruptedError(
                    forKey: .lower, in: container, debugDescription: "the interval ends before it begins")
            }
            interval = lower...upper
        }
        self.init(
            numerator: try container.decode(Proposition.self, forKey: .numerator),
            denominator: try container.decode(Proposition.self, forKey: .denominator),
            unboundedLog10: try container.decodeDecimal(forKey: .unboundedLog10), interval: interval,
            numeratorLineages: try container.decode(Int.self, forKey: .numeratorLineages),
            denominatorLineages: try container.decode(Int.self, forKey: .denominatorLineages),
            method: try container.decode(Method.self, forKey: .method))
    }

    /// Encodes the ratio with its bounds and its term; decimals are strings.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(numerator, forKey: .numerator)
        try container.encode(denominator, forKey: .denominator)
        try container.encodeDecimal(log10, forKey: .log10)
        try container.encodeDecimal(unboundedLog10, forKey: .unboundedLog10)
        try container.encodeDecimalIfPresent(interval?.lowerBound, forKey: .lower)
        try container.encodeDecimalIfPresent(interval?.upperBound, forKey: .upper)
        try container.encodeDecimal(ceilingLog10, forKey: .ceiling)
        try container.encodeDecimal(floorLog10, forKey: .floor)
        try container.encode(numeratorLineages, forKey: .numeratorLineages)
        try container.encode(denominatorLineages, forKey: .denominatorLineages)
        try container.encode(method, forKey: .method)
        try container.encode(term, forKey: .term)
    }
}
