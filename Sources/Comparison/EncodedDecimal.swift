/// A decimal number as results write it: a JSON string of at most six significant digits.
package struct EncodedDecimal: Codable, Sendable, Equatable {
    package let value: Double

    package init(_ value: Double) { self.value = value }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let value = Double(try container.decode(String.self)), value.isFinite else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "expected a finite decimal number in a string")
        }
        self.value = value
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(value.roundedToSixDigits.description)
    }
}

extension Double {
    /// The nearest number with at most six significant decimal digits, ties away from zero.
    ///
    /// Values that are not finite are unchanged, and zero is always positive. The result is the floating-point number that
    /// its own decimal form reads back as, so that rounding twice changes nothing.
    public var roundedToSixDigits: Double {
        guard isFinite else { return self }
        guard self != 0 else { return 0 }
        // `description` is the shortest decimal that reads back exactly, so its digits are exact and can be rounded as such.
        let parts = Self.decimalDigits(magnitude.description)
        guard parts.digits.count > 6 else { return self }
        var kept = parts.digits[..<6].reduce(0) { $0 * 10 + Int($1) }
        if parts.digits[6] >= 5 { kept += 1 }
        let exponent = parts.exponent - 5
        let rounded = Double("\(kept)e\(exponent)") ?? magnitude
        return self < 0 ? -rounded : rounded
    }

    /// The significant digits of a printed number and the power of ten of the first one.
    private static func decimalDigits(_ text: String) -> (digits: [UInt8], exponent: Int) {
        var digits: [UInt8] = []
        var exponent = -1
        var seenPoint = false
        var leading = true
        let halves = text.split(separator: "e", maxSplits: 1)
        for byte in (halves.first ?? "").utf8 {
            if byte == UInt8(ascii: ".") {
                seenPoint = true
                continue
            }
            let digit = byte - UInt8(ascii: "0")
            if leading, digit == 0 {
                if seenPoint { exponent -= 1 }
                continue
            }
            leading = false
            if !seenPoint { exponent += 1 }
            digits.append(digit)
        }
        let written = halves.count == 2 ? Int(halves[1]) ?? 0 : 0
        return (digits, exponent + written)
    }
}
