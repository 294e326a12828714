internal import WireFormats

/// Writes the bytes of a request. The same arguments give the same bytes.
enum HTTPRequestWriter {
    static func bytes(
        of request: ProviderRequest, configuration: EndpointConfiguration, key: EndpointKey?
    ) -> [UInt8] {
        let address = configuration.address
        var lines = [
            "\(request.method) \(address.path)\(request.path) HTTP/1.1", "Host: \(address.hostField)",
            "Accept: application/json", "Accept-Encoding: identity", "Connection: close",
        ]
        if let agent = configuration.userAgent { lines.append("User-Agent: \(agent)") }
        if let key { lines.append("Authorization: Bearer " + String(decoding: key.bytes, as: UTF8.self)) }
        if !request.body.isEmpty {
            lines.append("Content-Type: application/json")
            lines.append("Content-Length: \(request.body.count)")
        }
        return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + request.body
    }
}
