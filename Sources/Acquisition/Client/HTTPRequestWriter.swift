internal import WireFormats

/// Writes the bytes of a request. The same arguments give the same bytes; only a signature depends on the time.
enum HTTPRequestWriter {
    /// - Parameters:
    ///   - request: What is asked.
    ///   - configuration: Whom.
    ///   - key: The endpoint's key; nil where it has none.
    ///   - time: The wall clock, nanoseconds since 1970.
    static func bytes(
        of request: ProviderRequest, configuration: EndpointConfiguration, key: EndpointKey?, at time: Int64
    ) -> [UInt8] {
        let address = configuration.address
        let target = address.path + request.path
        var lines = [
            "\(request.method) \(target) HTTP/1.1", "Host: \(address.hostField)", "Accept: \(request.accept)",
            "Accept-Encoding: identity",
            "Connection: \(configuration.reusesConnections ? "keep-alive" : "close")",
        ]
        if let agent = configuration.userAgent { lines.append("User-Agent: \(agent)") }
        for field in request.fields { lines.append("\(field.name): \(field.value)") }
        lines += keyLines(key, request: request, target: target, configuration: configuration, at: time)
        if !request.body.isEmpty {
            lines.append("Content-Type: application/json")
            lines.append("Content-Length: \(request.body.count)")
        }
        return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + request.body
    }

    private static func keyLines(
        _ key: EndpointKey?, request: ProviderRequest, target: String, configuration: EndpointConfiguration,
        at time: Int64
    ) -> [String] {
        switch key?.content {
        case nil: return []
        case .token(let bytes):
            let text = String(decoding: bytes, as: UTF8.self)
            return [
                configuration.keyStyle == .bearer
                    ? "Authorization: Bearer \(text)" : "\(configuration.keyStyle.rawValue): \(text)"
            ]
        case .credentials(let credentials):
            let signer = RequestSigner(
                credentials: credentials, region: configuration.region ?? "", service: "bedrock")
            return signer.fields(
                method: request.method, target: target,
                fields: [("host", configuration.address.hostField)]
                    + (request.body.isEmpty ? [] : [("content-type", "application/json")]),
                body: request.body, at: time
            ).map { "\($0.name): \($0.value)" }
        }
    }
}
