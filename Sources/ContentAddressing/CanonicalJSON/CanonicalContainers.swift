/// Collects the members of an object.
struct CanonicalKeyedContainer<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let slot: CanonicalEncoder.Slot
    let codingPath: [any CodingKey]

    func encodeNil(forKey key: Key) { _ = member(key) }

    func encode(_ value: some Encodable, forKey key: Key) throws {
        try CanonicalEncoder.write(value, into: member(key), codingPath: codingPath + [key])
    }

    func nestedContainer<NestedKey: CodingKey>(
        keyedBy keyType: NestedKey.Type, forKey key: Key
    ) -> KeyedEncodingContainer<NestedKey> {
        CanonicalEncoder(slot: member(key), codingPath: codingPath + [key]).container(keyedBy: keyType)
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        CanonicalEncoder(slot: member(key), codingPath: codingPath + [key]).unkeyedContainer()
    }

    func superEncoder() -> any Encoder { encoder(named: "super") }

    func superEncoder(forKey key: Key) -> any Encoder { encoder(named: key.stringValue) }

    private func encoder(named name: String) -> CanonicalEncoder {
        let member = CanonicalEncoder.Slot()
        slot.members[name] = member
        return CanonicalEncoder(slot: member, codingPath: codingPath)
    }

    private func member(_ key: Key) -> CanonicalEncoder.Slot {
        let member = CanonicalEncoder.Slot()
        slot.members[key.stringValue] = member
        return member
    }
}

/// Collects the elements of an array.
struct CanonicalUnkeyedContainer: UnkeyedEncodingContainer {
    let slot: CanonicalEncoder.Slot
    let codingPath: [any CodingKey]

    var count: Int { slot.elements.count }

    func encodeNil() { _ = element() }

    func encode(_ value: some Encodable) throws {
        try CanonicalEncoder.write(value, into: element(), codingPath: codingPath)
    }

    func nestedContainer<NestedKey: CodingKey>(keyedBy keyType: NestedKey.Type) -> KeyedEncodingContainer<NestedKey> {
        CanonicalEncoder(slot: element(), codingPath: codingPath).container(keyedBy: keyType)
    }

    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
        CanonicalEncoder(slot: element(), codingPath: codingPath).unkeyedContainer()
    }

    func superEncoder() -> any Encoder { CanonicalEncoder(slot: element(), codingPath: codingPath) }

    private func element() -> CanonicalEncoder.Slot {
        let element = CanonicalEncoder.Slot()
        slot.elements.append(element)
        return element
    }
}

/// Takes one value.
struct CanonicalSingleValueContainer: SingleValueEncodingContainer {
    let slot: CanonicalEncoder.Slot
    let codingPath: [any CodingKey]

    func encodeNil() {
        slot.kind = .single
        slot.value = .null
    }

    func encode(_ value: some Encodable) throws {
        try CanonicalEncoder.write(value, into: slot, codingPath: codingPath)
    }
}
