internal import CaseStore

/// What a verifier is told from outside: the only reasons for trust, and its clock.
public struct VerificationTrust: Sendable {
    /// The signer's public key.
    public var key: VerificationKey?
    /// Roots of signers' certificates.
    public var roots: [X509Certificate]
    /// Roots of time-stamp authorities.
    public var timestampRoots: [X509Certificate]
    /// Roots of the authorities that certify web servers.
    public var webRoots: [X509Certificate]
    /// The reviewer's public key.
    public var reviewer: VerificationKey?
    /// A register of plans that is newer than the bundle's.
    public var register: PlanRegister?
    /// States of the case, or of the register, that somebody kept elsewhere.
    public var kept: [KeptHead] = []
    /// The time at which the verifier stands, in nanoseconds since 1970. A token that is dated later is refused, and one whose
    /// authority's certificates have ended since needs a renewal.
    public var now: Int64
    /// Whether that time was given, and not read from the machine.
    public let clockIsStated: Bool

    /// States what is trusted. The clock is the machine's unless another time is given.
    public init(
        key: VerificationKey? = nil, roots: [X509Certificate] = [], timestampRoots: [X509Certificate] = [],
        webRoots: [X509Certificate] = [], reviewer: VerificationKey? = nil, register: PlanRegister? = nil,
        now: Int64? = nil
    ) {
        self.key = key
        self.roots = roots
        self.timestampRoots = timestampRoots
        self.webRoots = webRoots
        self.reviewer = reviewer
        self.register = register
        clockIsStated = now != nil
        self.now = now ?? HostClock.wall()
    }
}
