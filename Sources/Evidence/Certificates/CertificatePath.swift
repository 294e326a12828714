internal import SwiftASN1
internal import X509

/// The way from a certificate to a pinned root: the certificate, its issuers, the root.
///
/// The certificates are those that came along, so no more than ``maximumLength`` are looked at. The search is
/// synchronous and reads no clock, which the verifier of swift-certificates is not and does; a test holds both against each other.
struct CertificatePath {
    /// The most certificates of a path, the root included.
    static let maximumLength = 8

    /// The certificate first, the root last.
    let certificates: [X509Certificate]

    /// When the first of them ends, in seconds since 1970; the second belongs to its life.
    var end: Int64 { certificates.map(\.notAfter).min() ?? 0 }

    /// Finds the way and checks every certificate on it.
    ///
    /// - Parameters:
    ///   - leaf: Where the way begins.
    ///   - others: Certificates that came along.
    ///   - roots: The pinned roots, one of which has to be the end.
    ///   - time: The time at which all must be valid, in seconds since 1970.
    ///   - understanding: Critical extensions that the caller looks at, besides those of ``CertificateRules``.
    /// - Throws: `certificate`.
    init(
        from leaf: X509Certificate, among others: [X509Certificate], to roots: [X509Certificate], at time: Int64,
        understanding: Set<ASN1ObjectIdentifier> = []
    ) throws(EvidenceError) {
        guard others.count < Self.maximumLength else {
            throw EvidenceError(
                .certificate, "\(others.count) certificates came along; \(Self.maximumLength) is too many")
        }
        var dead: Set<X509Certificate> = []
        guard let path = Self.search([leaf], others: others, roots: roots, dead: &dead) else {
            throw EvidenceError(.certificate, "the certificate of \(leaf.subject) does not lead to a pinned root")
        }
        for (index, certificate) in path.enumerated() {
            try CertificateRules.checkAny(certificate, at: time, understanding: understanding)
            if index > 0 {
                let between = path[1..<index].count { $0.certificate.issuer != $0.certificate.subject }
                try CertificateRules.checkIssuer(certificate, below: between)
            }
        }
        certificates = path
    }

    /// Goes on from the end of a path. Certificates that lead nowhere are `dead`: a set that all signed each other would otherwise be
    /// tried in every order.
    private static func search(
        _ path: [X509Certificate], others: [X509Certificate], roots: [X509Certificate], dead: inout Set<X509Certificate>
    ) -> [X509Certificate]? {
        guard let last = path.last, path.count < maximumLength else { return nil }
        for root in roots where root != last && CertificateRules.isSigned(last, by: root) { return path + [root] }
        for (index, issuer) in others.enumerated() where !path.contains(issuer) && !dead.contains(issuer) {
            guard CertificateRules.isSigned(last, by: issuer) else { continue }
            var rest = others
            rest.remove(at: index)
            if let found = search(path + [issuer], others: rest, roots: roots, dead: &dead) { return found }
            // At the greatest length it was not the certificate that ended the search.
            if path.count + 2 < maximumLength { dead.insert(issuer) }
        }
        return nil
    }
}

extension X509Certificate {
    /// Whether the certificate leads to one of some roots at a time, in seconds since 1970.
    ///
    /// - Parameter others: Certificates that came along.
    public func leads(to roots: [X509Certificate], among others: [X509Certificate] = [], at time: Int64) -> Bool {
        (try? CertificatePath(from: self, among: others, to: roots, at: time)) != nil
    }
}
