internal import ContentAddressing
internal import ForensicTypes

extension BundleInspection {
    /// The certificate, and the signature where a root was pinned instead of a key.
    mutating func concludeSigner() {
        concludeCertificate()
        guard trust.key == nil else {
            if signerIdentifier != trust.key?.identifier {
                fail(.signature, "the bundle names another key than the pinned one")
            }
            return
        }
        guard !trust.roots.isEmpty else { return }
        guard let signer, let envelope else {
            reasons[.signature] = "no key is certified under a pinned root"
            predicate = nil
            return
        }
        do throws(EvidenceError) {
            _ = try envelope.verifiedPayload(key: signer)
            find(.signature, "\(signer.algorithm.rawValue) signature of the certified key \(signer.identifier.hex)")
        } catch {
            fail(.signature, error.message)
            predicate = nil
        }
    }

    /// The signer's certificate leads to a pinned root at the time that counts.
    private mutating func concludeCertificate() {
        guard let bytes = documents[BundleLayout.signerCertificate] else {
            if !trust.roots.isEmpty { fail(.certificate, "a root is pinned, and the bundle has no certificate") }
            return
        }
        do throws(EvidenceError) {
            let certificates = try X509Certificate.decode(pem: String(decoding: bytes, as: UTF8.self))
            guard certificates.map(\.pem).joined().utf8.elementsEqual(bytes) else {
                throw EvidenceError(.certificate, "the certificates are not in their one spelling")
            }
            let leaf = certificates[0]
            let key = try leaf.verificationKey()
            guard key.identifier == signerIdentifier else {
                throw EvidenceError(.certificate, "the certificate is for another key than the signer's")
            }
            try CertificateRules.checkSigner(leaf)
            guard !trust.roots.isEmpty else {
                reasons[.certificate] = "the bundle has a certificate of \(leaf.subject), and no root was pinned"
                return
            }
            guard let time = stampedTime ?? claimedTime else {
                throw EvidenceError(.certificate, "nothing states a time at which the certificate should be valid")
            }
            let path = try CertificatePath(
                from: leaf, among: Array(certificates.dropFirst()), to: trust.roots, at: time / 1_000_000_000)
            guard certificates.allSatisfy(path.certificates.contains) else {
                throw EvidenceError(.certificate, "a certificate has no part in the path to the root")
            }
            if trust.key == nil { signer = key }
            let source =
                stampedTime == nil ? "the claimed time, which no third party confirms" : "the time of the token"
            find(.certificate, "\(leaf.subject), valid at \(UTC.text(time)), \(source)")
            let days = (leaf.notAfter - leaf.notBefore) / 86_400
            if days > CertificateIssuer.maximumCollectorDays {
                remarks.append(
                    "the signer's certificate lives \(days) days, more than \(CertificateIssuer.maximumCollectorDays)")
            }
        } catch {
            fail(.certificate, error.message)
        }
    }

    /// The second signature, over the very same statement.
    mutating func concludeReview() {
        guard let bytes = documents[BundleLayout.review] else {
            if trust.reviewer != nil { fail(.reviewer, "a reviewer is pinned, and the bundle has no second signature") }
            return
        }
        do throws(EvidenceError) {
            let review = try DSSEEnvelope(bytes: bytes)
            guard review.payloadType == DSSEEnvelope.statementType, review.payload == envelope?.payload else {
                throw EvidenceError(.signature, "the second signature is over another statement")
            }
            guard review.keyIdentifier != envelope?.keyIdentifier else {
                throw EvidenceError(.signature, "the second signature is by the same key")
            }
            guard let reviewer = trust.reviewer else {
                reasons[.reviewer] = "the bundle has a second signature, and no reviewer's key was pinned"
                return
            }
            _ = try review.verifiedPayload(key: reviewer)
            find(.reviewer, "\(reviewer.algorithm.rawValue) signature of the key \(reviewer.identifier.hex)")
        } catch {
            fail(error.code == .canonical ? .canonicalForm : .reviewer, error.message)
        }
    }
}
