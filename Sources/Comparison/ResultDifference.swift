public import ContentAddressing

/// How a repeated computation differs from the one that was signed, value by value: a result, or a calibration.
///
/// Whole numbers, truth values, names and sentences have to be equal. A decimal, written as a string, may differ by the
/// tolerance: real-valued products differ in their last bits between processor kernels. The arithmetic itself, which states
/// the kernel of each run, is left out; the caller names both.
public struct ResultDifference: Sendable, Equatable {
    /// The largest difference of a decimal, as a share of the larger of the two.
    public static let relativeTolerance = 1e-4
    /// Decimals closer than this are equal whatever their size.
    public static let absoluteTolerance = 1e-9

    /// Whole numbers and texts that are equal.
    public private(set) var exact = 0
    /// Decimals within the tolerance.
    public private(set) var close = 0
    /// The largest relative difference among them.
    public private(set) var largest = 0.0
    /// Where the results differ, by path, at most ten; empty where they agree.
    public private(set) var places: [String] = []

    /// Compares two results, or two calibrations.
    ///
    /// - Parameters:
    ///   - repeated: What was computed now.
    ///   - signed: The file in the bundle: canonical JSON, at the end one line feed or none.
    /// - Throws: `ContentAddressingError` if either has no canonical form.
    public init(of repeated: some Encodable, from signed: [UInt8]) throws(ContentAddressingError) {
        let text = signed.last == UInt8(ascii: "\n") ? signed.dropLast() : signed[...]
        compare(
            try CanonicalJSON.parse(CanonicalJSON.encode(repeated)), try CanonicalJSON.parse(text), at: "")
    }

    private mutating func compare(_ one: JSONValue, _ other: JSONValue, at path: String) {
        switch (one, other) {
        case (.object(let ours), .object(let theirs)):
            for key in Set(ours.keys).union(theirs.keys).sorted() where !(path.isEmpty && key == "arithmetic") {
                guard let left = ours[key], let right = theirs[key] else {
                    differ(at: "\(path)/\(key)", "is in one result only")
                    continue
                }
                compare(left, right, at: "\(path)/\(key)")
            }
        case (.array(let ours), .array(let theirs)):
            guard ours.count == theirs.count else {
                return differ(at: path, "has \(ours.count) entries instead of \(theirs.count)")
            }
            for (index, pair) in zip(ours, theirs).enumerated() { compare(pair.0, pair.1, at: "\(path)/\(index)") }
        case (.string(let ours), .string(let theirs)):
            guard let left = Self.decimal(ours), let right = Self.decimal(theirs) else {
                return count(ours.utf8.elementsEqual(theirs.utf8), at: path)
            }
            compare(left, right, at: path)
        default: count(one == other, at: path)
        }
    }

    private mutating func compare(_ left: Double, _ right: Double, at path: String) {
        let difference = abs(left - right)
        let size = max(left.magnitude, right.magnitude)
        guard difference <= max(Self.absoluteTolerance, Self.relativeTolerance * size) else {
            return differ(at: path, "is \(left) instead of \(right)")
        }
        close += 1
        if difference > 0 { largest = max(largest, difference / size) }
    }

    private mutating func count(_ isEqual: Bool, at path: String) {
        if isEqual { exact += 1 } else { differ(at: path, "differs") }
    }

    private mutating func differ(at path: String, _ how: String) {
        if places.count < 10 { places.append("\(path) \(how)") }
    }

    /// The value of a string that is a decimal and nothing else.
    private static func decimal(_ text: String) -> Double? {
        guard let first = text.utf8.first, first == UInt8(ascii: "-") || (48...57).contains(first),
            text.utf8.allSatisfy({ (48...57).contains($0) || Array("+-.e".utf8).contains($0) }), text.utf8.count <= 24
        else { return nil }
        return Double(text)
    }
}
