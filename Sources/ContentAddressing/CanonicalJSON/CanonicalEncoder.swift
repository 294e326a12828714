/// Turns an `Encodable` value into a tree of the profile.
///
/// Foundation's encoder would write a whole floating-point number as an integer and a broken one as a decimal; this one
/// refuses both, so that a type either always has a canonical form or never.
final class CanonicalEncoder: Encoder {
    /// Where a value lands once it is complete.
    final class Slot {
        var value: JSONValue?
        var members: [String: Slot] = [:]
        var elements: [Slot] = []
        var kind = Kind.empty

        enum Kind { case empty, single, object, array }
    }

    let codingPath: [any CodingKey]
    let userInfo: [CodingUserInfoKey: Any] = [:]
    let slot: Slot

    init(slot: Slot, codingPath: [any CodingKey]) {
        self.slot = slot
        self.codingPath = codingPath
    }

    /// The tree of a value.
    static func value(of value: some Encodable) throws(ContentAddressingError) -> JSONValue {
        let slot = Slot()
        do {
            try value.encode(to: CanonicalEncoder(slot: slot, codingPath: []))
        } catch let error as ContentAddressingError {
            throw error
        } catch {
            throw ContentAddressingError(.value, "the value refused to be written")
        }
        return try resolve(slot, depth: 0)
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        slot.kind = .object
        return KeyedEncodingContainer(CanonicalKeyedContainer(slot: slot, codingPath: codingPath))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        slot.kind = .array
        return CanonicalUnkeyedContainer(slot: slot, codingPath: codingPath)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer {
        CanonicalSingleValueContainer(slot: slot, codingPath: codingPath)
    }

    private static func resolve(_ slot: Slot, depth: Int) throws(ContentAddressingError) -> JSONValue {
        guard depth <= CanonicalJSON.maximumDepth else {
            throw ContentAddressingError(.depth, "more than \(CanonicalJSON.maximumDepth) levels")
        }
        switch slot.kind {
        case .empty, .single: return slot.value ?? .null
        case .array:
            var elements: [JSONValue] = []
            elements.reserveCapacity(slot.elements.count)
            for element in slot.elements { elements.append(try resolve(element, depth: depth + 1)) }
            return .array(elements)
        case .object:
            var members: [String: JSONValue] = [:]
            for (key, member) in slot.members {
                guard JSONReader.isKey(key) else {
                    throw ContentAddressingError(.key, "the key \"\(key)\" is outside [a-z][a-z0-9_]{0,63}")
                }
                members[key] = try resolve(member, depth: depth + 1)
            }
            return .object(members)
        }
    }
}

extension CanonicalEncoder {
    /// Writes one value into a slot.
    static func write(
        _ value: some Encodable, into slot: Slot, codingPath: [any CodingKey]
    ) throws {
        if let text = value as? String {
            slot.kind = .single
            slot.value = .string(try checked(text))
        } else if value is Double || value is Float {
            throw ContentAddressingError(
                .value, "a floating-point number at \"\(place(codingPath))\"; write a decimal string")
        } else if let number = value as? any BinaryInteger {
            slot.kind = .single
            slot.value = .integer(try checked(number))
        } else if let flag = value as? Bool {
            slot.kind = .single
            slot.value = .bool(flag)
        } else {
            try value.encode(to: CanonicalEncoder(slot: slot, codingPath: codingPath))
        }
    }

    private static func checked(_ text: String) throws -> String {
        guard !text.utf8.contains(0x7F) else { throw ContentAddressingError(.string, "a text holds U+007F") }
        return text
    }

    private static func checked(_ number: some BinaryInteger) throws -> Int64 {
        guard let value = Int64(exactly: number), value.magnitude <= CanonicalJSON.maximumInteger.magnitude else {
            throw ContentAddressingError(.number, "a number beyond 2^53 - 1; write a decimal string")
        }
        return value
    }

    private static func place(_ codingPath: [any CodingKey]) -> String {
        codingPath.map(\.stringValue).joined(separator: ".")
    }
}
