/// Where an endpoint is: `http` or `https`, host, port and the path before the provider's routes.
public struct EndpointAddress: Sendable, Hashable {
    /// Whether the connection is secured by TLS.
    public let isSecure: Bool
    /// The host name, or an address without brackets.
    public let host: String
    /// The port.
    public let port: Int
    /// The path without a slash at its end, for example `/v1`.
    public let path: String

    /// Reads an address such as `https://api.example.com/v1`; nil for anything else, a query or user name included.
    public init?(_ text: String) {
        let isSecure = text.hasPrefix("https://")
        guard isSecure || text.hasPrefix("http://"), text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            return nil
        }
        let rest = text.dropFirst(isSecure ? 8 : 7)
        let authority = rest.prefix { $0 != "/" }
        let path = rest.dropFirst(authority.count)
        guard !rest.contains("?"), !rest.contains("#"), !authority.contains("@") else { return nil }
        var host = authority
        var port = isSecure ? 443 : 80
        if host.hasPrefix("["), let end = host.firstIndex(of: "]") {
            let after = host[host.index(after: end)...]
            host = host[host.index(after: host.startIndex)..<end]
            if !after.isEmpty {
                guard after.hasPrefix(":"), let number = Self.port(after.dropFirst()) else { return nil }
                port = number
            }
        } else if let colon = host.firstIndex(of: ":") {
            guard let number = Self.port(host[host.index(after: colon)...]) else { return nil }
            port = number
            host = host[..<colon]
        }
        guard !host.isEmpty else { return nil }
        self.isSecure = isSecure
        self.host = String(host)
        self.port = port
        self.path = String(path.hasSuffix("/") ? path.dropLast() : path)
    }

    private static func port(_ digits: Substring) -> Int? {
        guard let port = Int(digits), (1...65_535).contains(port), digits.first != "+" else { return nil }
        return port
    }

    /// The value of the `Host` field.
    var hostField: String {
        let name = host.contains(":") ? "[\(host)]" : host
        return port == (isSecure ? 443 : 80) ? name : "\(name):\(port)"
    }

    /// The host as TLS needs it; nil for an address, which has no place in the server name indication.
    var serverName: String? {
        let isAddress = host.contains(":") || host.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2E }
        return isAddress ? nil : host
    }

    /// The region in a host name of AWS such as `bedrock-runtime.eu-central-1.amazonaws.com`; nil in any other.
    var region: String? {
        let labels = host.split(separator: ".")
        guard labels.count >= 4, labels[2] == "amazonaws" else { return nil }
        return String(labels[1])
    }
}
