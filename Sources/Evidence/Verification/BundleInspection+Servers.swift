internal import ForensicTypes
internal import SwiftASN1
internal import X509

extension BundleInspection {
    /// What the collector verified on the wire, once more: each chain that it says it verified begins with a certificate for the
    /// host that was asked for, valid when every exchange began; where a root of web servers is pinned, it leads there.
    mutating func concludeServers() {
        let verified = records.tally.presented.filter(\.key.isVerified).sorted {
            $0.key.server.text < $1.key.server.text
        }
        guard !verified.isEmpty else { return }
        var exchanges = 0
        var absent = 0
        for (presented, times) in verified {
            let chain = presented.chain.compactMap { documents["data/tls/\($0.hex).der"] }
            guard chain.count == presented.chain.count else {
                absent += times.count
                continue
            }
            do throws(EvidenceError) {
                try ServerCheck(chain: chain, roots: trust.webRoots).check(presented.server, times: times)
            } catch {
                return fail(
                    .serverIdentity,
                    "\(times.count) exchanges with \(presented.server.text) are said to be verified, and \(error.message)"
                )
            }
            exchanges += times.count
        }
        let hosts = Set(verified.map(\.key.server)).count
        let words =
            "\(exchanges) exchanges with \(hosts) hosts: the certificate names the host and was valid when they began"
        if absent > 0 {
            reasons[.serverIdentity] = "the certificates of \(absent) exchanges are not in the bundle; \(words)"
        } else if trust.webRoots.isEmpty {
            reasons[.serverIdentity] =
                "no root of web servers was pinned, so who issued the certificates is open; \(words)"
        } else {
            find(.serverIdentity, "\(words), and leads to a pinned root")
        }
    }
}

/// The certificates of one server, at the times of the exchanges.
private struct ServerCheck {
    let chain: [[UInt8]]
    let roots: [X509Certificate]

    /// - Throws: `certificate`.
    func check(_ server: ServerName, times: ExchangeTimes) throws(EvidenceError) {
        var certificates: [X509Certificate] = []
        for der in chain { certificates.append(try X509Certificate(der: der)) }
        guard let leaf = certificates.first else { return }
        let names = (try? leaf.certificate.extensions.subjectAlternativeNames).map { Array($0) } ?? []
        let domains = names.compactMap { name -> String? in if case .dnsName(let text) = name { text } else { nil } }
        let addresses = names.compactMap { name -> [UInt8]? in
            if case .ipAddress(let bytes) = name { Array(bytes.bytes) } else { nil }
        }
        guard server.isAmong(names: domains, addresses: addresses) else {
            throw EvidenceError(.certificate, "the certificate is for another host")
        }
        let usage = try? leaf.certificate.extensions.extendedKeyUsage
        guard usage?.contains(where: { $0 == .serverAuth || $0 == .any }) ?? true else {
            throw EvidenceError(.certificate, "the certificate is not for servers")
        }
        let seconds = (times.first / 1_000_000_000, times.last / 1_000_000_000)
        guard leaf.notBefore <= seconds.0 else {
            throw EvidenceError(.certificate, "the certificate was not yet valid when the first of them began")
        }
        guard seconds.1 <= leaf.notAfter else {
            throw EvidenceError(.certificate, "the certificate had expired when the last of them began")
        }
        guard !roots.isEmpty else { return }
        for time in [seconds.0, seconds.1] {
            _ = try CertificatePath(
                from: leaf, among: Array(certificates.dropFirst()), to: roots, at: time,
                understanding: [.X509ExtensionID.subjectAlternativeName])
        }
    }
}
