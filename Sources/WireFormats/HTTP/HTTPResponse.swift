/// An HTTP/1.1 response, split from its wire bytes.
public struct HTTPResponse: Sendable, Hashable {
    /// A header field.
    public struct Field: Sendable, Hashable {
        /// The name in lower case.
        public let name: String
        /// The value without surrounding white space.
        public let value: String
    }

    /// The status code, 200 to 999.
    public let status: Int
    /// The fields in wire order.
    public let fields: [Field]
    /// The body with the chunk framing removed.
    public let body: [UInt8]

    /// Splits a complete response.
    ///
    /// - Throws: `http` for anything that is not exactly one response, contradictory lengths included; `truncated`;
    ///   `size`; `encoding` for a compressed body.
    public init(wire: [UInt8], limits: HTTPLimits = HTTPLimits()) throws(WireFormatsError) {
        var parser = HTTPResponseParser(limits: limits)
        try parser.consume(wire[...])
        if !parser.isComplete { try parser.finish() }
        guard let response = parser.response else {
            throw WireFormatsError(.truncated, "the response ends after \(wire.count) bytes")
        }
        self = response
    }

    init(status: Int, fields: [Field], body: [UInt8]) {
        self.status = status
        self.fields = fields
        self.body = body
    }

    /// The value of the first field of a name, which is compared without case.
    public func value(of name: String) -> String? {
        let wanted = name.lowercased()
        return fields.first { $0.name == wanted }?.value
    }
}

/// Bounds of a response.
public struct HTTPLimits: Sendable, Hashable {
    /// The most bytes of status line and header, interim responses included.
    public var header: Int
    /// The most bytes of body, chunk framing removed.
    public var body: Int

    /// Sets the bounds; the defaults are 64 KiB and 16 MiB.
    public init(header: Int = 64 << 10, body: Int = 16 << 20) {
        self.header = header
        self.body = body
    }
}
