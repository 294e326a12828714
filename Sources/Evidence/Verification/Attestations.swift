public import struct ForensicTypes.Digest

/// Who signed a bundle, which third party attested what and when, and what nobody attests: as the verifier read it.
public struct Attestations: Codable, Sendable, Equatable {
    /// A person's key that signed the bundle.
    public struct Signer: Codable, Sendable, Equatable {
        /// The part that the key plays.
        public enum Role: String, Codable, Sendable {
            /// Collected the records and sealed them.
            case collector
            /// A second person, who signed the same statement.
            case reviewer
        }

        /// The certificate of the key.
        public struct Certificate: Codable, Sendable, Equatable {
            /// The name of the holder, by the issuer's word.
            public let subject: String
            /// The name of the issuer.
            public let issuer: String
            /// When its life begins, for example `2026-11-23T10:00:00Z`.
            public let notBefore: String
            /// When its life ends.
            public let notAfter: String
            /// Whether it leads to a pinned root.
            public let outcome: Check.Outcome

            package init(
                subject: String, issuer: String, notBefore: String, notAfter: String, outcome: Check.Outcome
            ) {
                self.subject = subject
                self.issuer = issuer
                self.notBefore = notBefore
                self.notAfter = notAfter
                self.outcome = outcome
            }

            private enum CodingKeys: String, CodingKey {
                case subject, issuer, outcome
                case notBefore = "not_before"
                case notAfter = "not_after"
            }
        }

        /// The part.
        public let role: Role
        /// SHA-256 of the key's SubjectPublicKeyInfo.
        public let key: Digest
        /// Whether the key is trusted and its signature holds.
        public let outcome: Check.Outcome
        /// The certificate; nil without one.
        public let certificate: Certificate?

        package init(role: Role, key: Digest, outcome: Check.Outcome, certificate: Certificate?) {
            self.role = role
            self.key = key
            self.outcome = outcome
            self.certificate = certificate
        }
    }

    /// A token of a time-stamp authority.
    public struct Stamp: Codable, Sendable, Equatable {
        /// The file that was stamped: a path in the bundle, `bundle.tar` for the archive, or a list of earlier tokens beside it.
        public let object: String
        /// The name in the authority's certificate.
        public let authority: String
        /// The time that the authority states.
        public let time: String
        /// When the first certificate of the authority's path ends; nil where no root was pinned.
        public let certificatesEnd: String?
        /// Whether the authority is a pinned one. A token of another is read, and not believed.
        public let outcome: Check.Outcome

        package init(
            object: String, authority: String, time: String, certificatesEnd: String?, outcome: Check.Outcome
        ) {
            self.object = object
            self.authority = authority
            self.time = time
            self.certificatesEnd = certificatesEnd
            self.outcome = outcome
        }

        private enum CodingKeys: String, CodingKey {
            case object, authority, time, outcome
            case certificatesEnd = "certificates_end"
        }
    }

    /// The time at which the verifier stood.
    public let clock: String
    /// Whether that time was stated by whoever ran it, and not read from the machine.
    public let clockIsStated: Bool
    /// The keys that signed.
    public let signers: [Signer]
    /// The tokens that were read, in the order of what they are over; a token that was refused is none of them.
    public let stamps: [Stamp]
    /// What nobody attests, in words.
    public let notAttested: [String]

    package init(clock: String, clockIsStated: Bool, signers: [Signer], stamps: [Stamp], notAttested: [String]) {
        self.clock = clock
        self.clockIsStated = clockIsStated
        self.signers = signers
        self.stamps = stamps
        self.notAttested = notAttested
    }

    private enum CodingKeys: String, CodingKey {
        case clock, signers, stamps
        case clockIsStated = "clock_is_stated"
        case notAttested = "not_attested"
    }

    func adding(_ more: [Stamp]) -> Attestations {
        Attestations(
            clock: clock, clockIsStated: clockIsStated, signers: signers, stamps: stamps + more,
            notAttested: notAttested)
    }
}
