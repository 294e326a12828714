extension Score: Codable {
    private enum CodingKeys: String, CodingKey {
        case comparator, value, validity, reasons, details
        case standardError = "standard_error"
        case usableProbes = "usable_probes"
    }

    /// Decodes a score and checks that its value is absent exactly if it is not computable.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let comparator = try container.decode(ComparatorIdentifier.self, forKey: .comparator)
        let value = try container.decodeIfPresent(EncodedDecimal.self, forKey: .value)?.value
        let standardError = try container.decodeIfPresent(EncodedDecimal.self, forKey: .standardError)?.value
        let usableProbes = try container.decode(Int.self, forKey: .usableProbes)
        let validity = try container.decode(Validity.self, forKey: .validity)
        let reasons = try container.decode([Reason].self, forKey: .reasons)
        let details = try container.decode([String: EncodedDecimal].self, forKey: .details).mapValues(\.value)
        switch (value, validity) {
        case (nil, .notComputable):
            self = .notComputable(comparator, usableProbes: usableProbes, reasons: reasons, details: details)
        case (let value?, .valid), (let value?, .limited):
            self.init(
                comparator: comparator, value: value, standardError: standardError, usableProbes: usableProbes,
                validity: validity, reasons: reasons, details: details)
        default:
            throw DecodingError.dataCorruptedError(
                forKey: .value, in: container,
                debugDescription: "a value is absent if and only if the score is not computable")
        }
    }

    /// Encodes every decimal as a string of at most six significant digits.
    ///
    /// Strings, because canonical JSON holds whole numbers only; six digits, because the last bits of a floating-point
    /// sum differ between processors.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(comparator, forKey: .comparator)
        try container.encodeIfPresent(value.map(EncodedDecimal.init), forKey: .value)
        try container.encodeIfPresent(standardError.map(EncodedDecimal.init), forKey: .standardError)
        try container.encode(usableProbes, forKey: .usableProbes)
        try container.encode(validity, forKey: .validity)
        try container.encode(reasons, forKey: .reasons)
        try container.encode(details.mapValues(EncodedDecimal.init), forKey: .details)
    }
}

extension Score.Reason: Codable {
    private enum CodingKeys: String, CodingKey { case code, text, numbers }

    /// Decodes a reason.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            code: try container.decode(String.self, forKey: .code),
            text: try container.decode(String.self, forKey: .text),
            numbers: try container.decode([String: EncodedDecimal].self, forKey: .numbers).mapValues(\.value))
    }

    /// Encodes a reason; its numbers are strings of at most six significant digits.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(code, forKey: .code)
        try container.encode(text, forKey: .text)
        try container.encode(numbers.filter { $0.value.isFinite }.mapValues(EncodedDecimal.init), forKey: .numbers)
    }
}
