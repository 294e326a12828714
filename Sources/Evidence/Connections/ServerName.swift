internal import Glibc

/// The name of a host as a certificate may state it (RFC 6125, RFC 9525): a domain name, or an address.
struct ServerName: Hashable {
    /// As it was asked for.
    let text: String

    /// Whether a certificate that states some names is for this host.
    ///
    /// - Parameters:
    ///   - names: Its domain names. An asterisk stands for one whole label, the first, with two labels or more after it.
    ///   - addresses: Its addresses, 4 or 16 bytes each.
    func isAmong(names: [String], addresses: [[UInt8]]) -> Bool {
        if let address { return addresses.contains(address) }
        let wanted = Self.labels(text)
        return names.contains { name in
            let stated = Self.labels(name)
            guard stated.count == wanted.count, !wanted.contains("") else { return false }
            guard stated.first == "*" else { return stated == wanted }
            return stated.count > 2 && stated.dropFirst().elementsEqual(wanted.dropFirst())
        }
    }

    /// The bytes of an address; nil for a name.
    private var address: [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: 16)
        for (family, length) in [(AF_INET, 4), (AF_INET6, 16)] {
            let isRead = unsafe bytes.withUnsafeMutableBytes { unsafe inet_pton(family, text, $0.baseAddress) } == 1
            if isRead { return Array(bytes.prefix(length)) }
        }
        return nil
    }

    private static func labels(_ name: String) -> [String] {
        var text = name.lowercased()
        if text.hasSuffix(".") { text.removeLast() }
        return text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    }
}
