internal import FoundationEssentials

/// The one spelling of a value that the suite hashes, signs and stores.
///
/// UTF-8 without byte order mark, no white space, keys `[a-z][a-z0-9_]{0,63}` and three fixed names of in-toto and DSSE,
/// sorted by byte and unique, whole numbers of magnitude 2^53 - 1 or less (decimals and nanoseconds are strings), at most
/// 16 levels deep. On this subset RFC 8785, `jq -cS` and this type write the same bytes. A reader refuses every other
/// spelling instead of repairing it.
public enum CanonicalJSON {
    /// The greatest nesting of arrays and objects.
    public static let maximumDepth = 16
    /// The greatest length in bytes of one line of a file of lines.
    public static let maximumLineLength = 65_536
    /// The greatest length in bytes of a text that is read whole, unless the caller sets another.
    public static let maximumLength = 64 << 20
    /// The most values of one text, counting every element and member: what a reader holds of each takes some 50 bytes.
    public static let maximumValues = 2_000_000
    /// The greatest magnitude of a number: 2^53 - 1, which every JSON reader holds exactly.
    public static let maximumInteger: Int64 = 9_007_199_254_740_991
    /// The only keys outside the alphabet.
    static let fixedKeys: Set<String> = ["_type", "predicateType", "payloadType"]

    /// Writes a value.
    ///
    /// - Throws: `value` for a floating-point number, which has no canonical form (write a decimal string); `key`,
    ///   `number`, `string` or `depth` for what the profile bars.
    public static func encode(_ value: some Encodable) throws(ContentAddressingError) -> [UInt8] {
        encode(try CanonicalEncoder.value(of: value))
    }

    /// Writes a tree that already keeps the profile, as every tree from `parse` and `value(of:)` does.
    public static func encode(_ value: JSONValue) -> [UInt8] {
        var writer = JSONWriter()
        writer.write(value)
        return writer.bytes
    }

    /// The tree of a value.
    public static func value(of value: some Encodable) throws(ContentAddressingError) -> JSONValue {
        try CanonicalEncoder.value(of: value)
    }

    /// Reads canonical bytes.
    ///
    /// - Throws: `notCanonical` for valid JSON in another spelling, else the code of the first violation.
    public static func parse(
        _ bytes: some Collection<UInt8>, maximumLength: Int = maximumLength
    ) throws(ContentAddressingError) -> JSONValue {
        let bytes = Array(bytes)
        guard bytes.count <= maximumLength else {
            throw ContentAddressingError(.size, "\(bytes.count) bytes; the limit is \(maximumLength)")
        }
        var reader = JSONReader(bytes)
        let value = try reader.readDocument()
        guard reader.isCanonical else {
            throw ContentAddressingError(.notCanonical, "valid JSON, but not in its canonical spelling")
        }
        return value
    }

    /// Reads canonical bytes into a type.
    ///
    /// - Throws: as `parse`, and `value` if the tree does not fit the type.
    public static func decode<Value: Decodable>(
        _ type: Value.Type, from bytes: some Collection<UInt8>, maximumLength: Int = maximumLength
    ) throws(ContentAddressingError) -> Value {
        let bytes = Array(bytes)
        _ = try parse(bytes, maximumLength: maximumLength)
        do {
            return try JSONDecoder().decode(type, from: Data(bytes))
        } catch {
            throw ContentAddressingError(.value, "the text does not describe a \(type): \(Self.place(of: error))")
        }
    }

    /// Where decoding failed, without the value that made it fail.
    private static func place(of error: any Error) -> String {
        func path(_ context: DecodingError.Context) -> String {
            context.codingPath.map(\.stringValue).joined(separator: ".")
        }
        guard let error = error as? DecodingError else { return "the type refused it" }
        return switch error {
        case .keyNotFound(let key, let context): "no key \"\(key.stringValue)\" in \"\(path(context))\""
        case .typeMismatch(_, let context): "another type at \"\(path(context))\""
        case .valueNotFound(_, let context): "null at \"\(path(context))\""
        case .dataCorrupted(let context): "a value out of range at \"\(path(context))\""
        @unknown default: "the type refused it"
        }
    }
}
