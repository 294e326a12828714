/// What a TLS server chose, read from its first handshake message as it passes by.
///
/// Nothing is decided on it: the TLS library does its own reading. It is read here because the record names the cipher suite.
package struct ServerHello: Sendable, Hashable {
    /// The code of the cipher suite.
    package let cipherSuite: UInt16

    /// The suite's name in the IANA registry; its code in hexadecimal where this build has no name for it.
    package var cipherName: String {
        Self.names[cipherSuite] ?? "0x" + String(UInt32(cipherSuite) | 0x10000, radix: 16).dropFirst().uppercased()
    }

    // Those that the TLS library offers (RFC 8446, RFC 5289, RFC 7905, RFC 5246).
    private static let names: [UInt16: String] = [
        0x1301: "TLS_AES_128_GCM_SHA256", 0x1302: "TLS_AES_256_GCM_SHA384", 0x1303: "TLS_CHACHA20_POLY1305_SHA256",
        0xC02B: "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", 0xC02F: "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
        0xC02C: "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", 0xC030: "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
        0xCCA9: "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
        0xCCA8: "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256", 0xC009: "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA",
        0xC013: "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA", 0xC00A: "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA",
        0xC014: "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA", 0x009C: "TLS_RSA_WITH_AES_128_GCM_SHA256",
        0x009D: "TLS_RSA_WITH_AES_256_GCM_SHA384", 0x002F: "TLS_RSA_WITH_AES_128_CBC_SHA",
        0x0035: "TLS_RSA_WITH_AES_256_CBC_SHA",
    ]
}

/// Finds the server's hello at the beginning of what it sends.
package struct ServerHelloReader: Sendable {
    // A hello has some hundred bytes; whoever needs more than this for it is not read.
    private static let limit = 4_096

    private var records: [UInt8] = []
    private var isDone = false

    /// Starts before the first byte.
    package init() {}

    /// Takes the next bytes from the server; the hello once it is there, and only then.
    package mutating func consume(_ bytes: some Collection<UInt8>) -> ServerHello? {
        guard !isDone else { return nil }
        records += bytes.prefix(Self.limit - records.count)
        let result = hello()
        if result != nil || records.count >= Self.limit {
            isDone = true
            records = []
        }
        return result
    }

    // Records (RFC 8446, 5.1): type, version, length; type 22 carries handshake messages, one perhaps over several.
    private func hello() -> ServerHello? {
        var message: [UInt8] = []
        var rest = records[...]
        while rest.count >= 5, rest.first == 22 {
            let length = Int(rest[rest.startIndex + 3]) << 8 | Int(rest[rest.startIndex + 4])
            message += rest.dropFirst(5).prefix(length)
            guard rest.count >= 5 + length else { break }
            rest = rest.dropFirst(5 + length)
        }
        // A handshake message (4): type 2, length in 3 bytes; then version, random, session id, cipher suite (4.1.3).
        guard message.count >= 39, message[0] == 2 else { return nil }
        let place = 39 + Int(message[38])
        guard message[38] <= 32, message.count >= place + 2 else { return nil }
        return ServerHello(cipherSuite: UInt16(message[place]) << 8 | UInt16(message[place + 1]))
    }
}
