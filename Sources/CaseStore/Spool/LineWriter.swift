internal import ContentAddressing
internal import ForensicTypes

/// Spells canonical JSON piece by piece, for the one line that is written for every exchange: without the tree that
/// `CanonicalJSON` needs, which would cost more than the rest of a record. Strings are spelled by `CanonicalJSON` itself.
///
/// The caller names the keys in their order. What `CanonicalJSON` would refuse makes the line `invalid`.
struct LineWriter {
    private(set) var bytes: [UInt8] = []
    /// Whether something has no canonical form.
    private(set) var isInvalid = false
    private var needsComma = false

    init() { bytes.reserveCapacity(1_536) }

    mutating func beginObject(_ key: StaticString? = nil) {
        if let key { write(key) } else { separate() }
        bytes.append(UInt8(ascii: "{"))
        needsComma = false
    }

    mutating func endObject() {
        bytes.append(UInt8(ascii: "}"))
        needsComma = true
    }

    mutating func beginArray(_ key: StaticString) {
        write(key)
        bytes.append(UInt8(ascii: "["))
        needsComma = false
    }

    mutating func endArray() {
        bytes.append(UInt8(ascii: "]"))
        needsComma = true
    }

    mutating func field(_ key: StaticString, _ number: Int?) {
        guard let number else { return }
        write(key)
        isInvalid = isInvalid || number.magnitude > CanonicalJSON.maximumInteger
        bytes.append(contentsOf: String(number).utf8)
        needsComma = true
    }

    mutating func field(_ key: StaticString, _ digest: Digest?) {
        guard let digest else { return }
        write(key)
        append(digest)
    }

    mutating func field(_ key: StaticString, _ text: String?) {
        guard let text else { return }
        write(key)
        append(text)
    }

    mutating func element(_ digest: Digest) {
        separate()
        append(digest)
    }

    private mutating func separate() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
        needsComma = true
    }

    private mutating func write(_ key: StaticString) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        key.withUTF8Buffer { unsafe bytes.append(contentsOf: $0) }
        bytes.append(UInt8(ascii: "\""))
        bytes.append(UInt8(ascii: ":"))
    }

    private mutating func append(_ digest: Digest) {
        bytes.append(UInt8(ascii: "\""))
        digest.appendHex(to: &bytes)
        bytes.append(UInt8(ascii: "\""))
        needsComma = true
    }

    private mutating func append(_ text: String) {
        if !CanonicalJSON.append(text, to: &bytes) { isInvalid = true }
        needsComma = true
    }
}
