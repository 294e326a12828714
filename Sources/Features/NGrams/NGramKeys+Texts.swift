extension NGramKeys {
    /// Appends the keys of the 4-grams of a text's first scalars with ASCII letters lowered, in order.
    ///
    /// - Parameters:
    ///   - text: The text, as bytes.
    ///   - limit: How many scalars are read at most.
    ///   - keys: What is appended to.
    package static func appendFourGrams(ofOpening text: [UInt8], scalars limit: Int, to keys: inout [UInt64]) {
        let bytes = text.span
        keys.append(addingCapacity: max(0, min(bytes.count, limit) &- 3)) { output in
            var chain = Chain()
            var (index, number) = (0, 0)
            while index < bytes.count, number < limit {
                let lead = bytes[index]
                number &+= 1
                if lead < 0x80 {
                    chain.append(UInt64(lead &- 0x41 < 26 ? lead | 0x20 : lead))
                    index &+= 1
                } else {
                    let next = ScalarText.scalar(in: text, at: index)
                    chain.append(UInt64(next.scalar))
                    index &+= next.length
                }
                if number >= 4 { output.append(chain.four) }
            }
        }
    }

    /// Appends the keys of all n-grams of some units, in order, as ``keys(of:length:)``.
    package static func appendKeys(of units: [UInt64], length: Int, to keys: inout [UInt64]) {
        precondition(length >= 1, "an n-gram has at least one unit")
        guard units.count >= length else { return }
        let units = units.span
        keys.append(addingCapacity: units.count &- length &+ 1) { output in
            var rolling = Rolling(length: length)
            for index in 0..<(length &- 1) { rolling.fill(units[index]) }
            for index in (length &- 1)..<units.count {
                rolling.append(units[index], first: units[index &- length &+ 1])
                output.append(rolling.key)
            }
        }
    }
}
