extension KeyedEncodingContainer {
    /// Writes a decimal as a string of at most six significant digits.
    package mutating func encodeDecimal(_ value: Double, forKey key: Key) throws {
        try encode(EncodedDecimal(value), forKey: key)
    }

    /// Writes a decimal, or nothing where there is none.
    package mutating func encodeDecimalIfPresent(_ value: Double?, forKey key: Key) throws {
        try encodeIfPresent(value.map(EncodedDecimal.init), forKey: key)
    }
}

extension KeyedDecodingContainer {
    /// Reads a decimal from a string.
    package func decodeDecimal(forKey key: Key) throws -> Double { try decode(EncodedDecimal.self, forKey: key).value }

    /// Reads a decimal from a string, if there is one.
    package func decodeDecimalIfPresent(forKey key: Key) throws -> Double? {
        try decodeIfPresent(EncodedDecimal.self, forKey: key)?.value
    }
}
