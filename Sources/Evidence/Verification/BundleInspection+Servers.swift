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
        // A certificate may stand in thousands of chains: each is read once.
        var certificates: [Digest: X509Certificate] = [:]
        for (presented, times) in verified {
            guard presented.chain.allSatisfy({ documents[BundleLayout.certificate($0)] != nil }) else {
                absent += times.count
                continue
            }
            do throws(EvidenceError) {
                var chain: [X509Certificate] = []
                for digest in presented.chain {
                    if certificates[digest] == nil {
                        let der = documents[BundleLayout.certificate(digest)] ?? []
                        certificates[digest] = try X509Certificate(der: der)
                    }
                    if let certificate = certificates[digest] { chain.append(certificate) }
                }
                try ServerCheck(chain: chain, roots: trust.webRoots).check(presented.server, times: times)
            } catch {
                return fail(
                    .serverIdentity,
                    "\(times.count.counted("exchange")) with \(presented.server.text) "
                        + "\(times.count.agreeing("is", "are")) said to be verified, and \(error.message)"
                )
            }
            exchanges += times.count
        }
        let hosts = Set(verified.map(\.key.server)).count
        let words =
            "\(exchanges.counted("exchange")) with \(hosts.counted("host")): each certificate names its host and was valid when "
            + "the \(exchanges.agreeing("exchange", "exchanges")) began"
        if absent > 0 {
            let missing = "the certificates of \(absent.counted("exchange")) are not in the bundle"
            reasons[.serverIdentity] = exchanges > 0 ? "\(missing); \(words)" : missing
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
    let chain: [X509Certificate]
    let roots: [X509Certificate]

    /// - Throws: `certificate`.
    func check(_ server: ServerName, times: ExchangeTimes) throws(EvidenceError) {
        guard let leaf = chain.first else { return }
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
                from: leaf, among: Array(chain.dropFirst()), to: roots, at: time,
                understanding: [.X509ExtensionID.subjectAlternativeName])
        }
    }
}
