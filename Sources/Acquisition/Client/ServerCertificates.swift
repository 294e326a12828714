internal import FoundationEssentials
internal import ForensicTypes
internal import SwiftASN1
internal import X509

/// Decides whether the certificates that a server presented lead from the host asked for to a trusted root.
///
/// The TLS library's own decision is switched off while ours is asked for, because only so the whole chain is handed out,
/// also one that is refused. What is checked here (RFC 5280, section 6; RFC 9525): a path of signatures to a trusted root,
/// times, basic and name constraints, critical extensions, the host name or address, and the use for servers.
struct ServerCertificates: Sendable {
    /// More certificates than this are recorded, but not looked at.
    static let maximumCount = 16

    private let roots: CertificateStore
    private let hostName: String?
    private let address: String?

    /// - Parameters:
    ///   - roots: The trusted roots in DER; nil for the system's.
    ///   - endpoint: Where the certificates have to belong to.
    /// - Throws: The error of a root that cannot be read.
    init(roots: [[UInt8]]?, endpoint: EndpointAddress) throws {
        if let roots {
            self.roots = CertificateStore(try roots.map { try Certificate(derEncoded: $0) })
        } else {
            self.roots = .systemTrustRoots
        }
        hostName = endpoint.serverName
        address = endpoint.serverName == nil ? endpoint.host : nil
    }

    /// Verifies certificates in DER, the leaf first, as of now.
    func verify(_ presented: [[UInt8]]) async -> CertificateVerification {
        guard presented.count <= Self.maximumCount else { return .tooMany }
        var chain: [Certificate] = []
        for bytes in presented {
            guard let certificate = try? Certificate(derEncoded: bytes) else { return .unreadable }
            chain.append(certificate)
        }
        guard let leaf = chain.first else { return .untrusted }
        let others = CertificateStore(chain.dropFirst())
        if await isTrusted(leaf, others, for: [.identity, .usage]) { return .verified }
        let now = Date()
        if now < leaf.notValidBefore { return .notYetValid }
        if now > leaf.notValidAfter { return .expired }
        if await isTrusted(leaf, others, for: [.usage]) { return .wrongHost }
        if await isTrusted(leaf, others, for: [.identity]) { return .wrongUsage }
        return .untrusted
    }

    private enum Check { case identity, usage }

    private func isTrusted(_ leaf: Certificate, _ others: CertificateStore, for checks: Set<Check>) async -> Bool {
        let identity = ServerIdentityPolicy(serverHostname: hostName, serverIP: address)
        let name: AnyPolicy = checks.contains(.identity) ? AnyPolicy(identity) : AnyPolicy(Unchecked(identity))
        let use: AnyPolicy = checks.contains(.usage) ? AnyPolicy(ServerUsage()) : AnyPolicy(Unchecked(ServerUsage()))
        var verifier = Verifier(rootCertificates: roots) {
            RFC5280Policy()
            name
            use
        }
        if case .validCertificate = await verifier.validate(leaf: leaf, intermediates: others) { return true }
        return false
    }
}

/// A certificate that names its uses has to name that of a server (RFC 5280, section 4.2.1.12).
private struct ServerUsage: VerifierPolicy {
    let verifyingCriticalExtensions: [ASN1ObjectIdentifier] = [.X509ExtensionID.extendedKeyUsage]

    func chainMeetsPolicyRequirements(chain: UnverifiedCertificateChain) async -> PolicyEvaluationResult {
        guard let usage = try? chain.leaf.extensions.extendedKeyUsage else {
            let isAbsent = chain.leaf.extensions[oid: .X509ExtensionID.extendedKeyUsage] == nil
            return isAbsent ? .meetsPolicy : .failsToMeetPolicy(reason: "the extended key usage cannot be read")
        }
        let isForServers = usage.contains(.serverAuth) || usage.contains(.any)
        return isForServers ? .meetsPolicy : .failsToMeetPolicy(reason: "the certificate is not for servers")
    }
}

/// Stands for a policy whose answer is not asked for, but whose extensions count as understood.
private struct Unchecked: VerifierPolicy {
    let verifyingCriticalExtensions: [ASN1ObjectIdentifier]

    init(_ policy: some VerifierPolicy) { verifyingCriticalExtensions = policy.verifyingCriticalExtensions }

    func chainMeetsPolicyRequirements(chain: UnverifiedCertificateChain) async -> PolicyEvaluationResult {
        .meetsPolicy
    }
}
