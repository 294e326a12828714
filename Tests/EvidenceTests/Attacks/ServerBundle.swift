import ContentAddressing
import Evidence
import ForensicTypes
import Foundation
import Testing

/// A sound bundle with certificates of a server, made by openssl, and what a verifier says about them.
struct ServerBundle: Sendable, CustomTestStringConvertible {
    let name: String
    let outcome: Check.Outcome
    /// What the detail has to hold.
    let words: String
    private let profiles: [LocalIssuer.Profile]
    private let pinsRoot: Bool
    private let change: @Sendable (inout PlannedCase) throws -> Void

    private init(
        _ name: String, _ outcome: Check.Outcome, _ words: String, _ profiles: LocalIssuer.Profile...,
        pinsRoot: Bool = true,
        change: @escaping @Sendable (inout PlannedCase) throws -> Void = { _ in }
    ) {
        self.name = name
        self.outcome = outcome
        self.words = words
        self.profiles = profiles.isEmpty ? [.server] : profiles
        self.pinsRoot = pinsRoot
        self.change = change
    }

    var testDescription: String { name }
    /// The code of ours; the other two verifiers do not look at it.
    var exitCode: Int32 { outcome == .failed ? 31 : 0 }

    /// The bundle, and what is pinned.
    func make() async throws -> (bytes: [UInt8], pins: Pins) {
        let made = try LocalIssuer().chain([.authority] + profiles, key: nil)
        var planned = try PlannedCase()
        planned.writtenAt = VerificationTrust.clock
        planned.attestations.endpointCertificates = made.dropFirst().map(\.der)
        for index in planned.attempts.indices {
            planned.attempts[index].certificates = made.dropFirst().reversed().map { SHA256Digest.of($0.der).hex }
            planned.attempts[index].verification = "verified"
        }
        try change(&planned)
        let pins = Pins(key: planned.key.verificationKey, webRoots: pinsRoot ? [try made[0].certificate] : [])
        return (try await planned.bytes(), pins)
    }

    private static func hosts(_ text: String) -> @Sendable (inout PlannedCase) -> Void {
        { planned in for index in planned.attempts.indices { planned.attempts[index].host = text } }
    }

    static let all: [ServerBundle] = [
        ServerBundle("a server under a pinned root", .passed, "12 exchanges with 1 host: each"),
        ServerBundle("a server under an issuer under a pinned root", .passed, "pinned root", .authority, .server),
        ServerBundle("no root pinned", .notChecked, "no root of web servers was pinned", pinsRoot: false),
        ServerBundle("a host by an asterisk", .passed, "names its host", change: hosts("a.models.example")),
        ServerBundle(
            "a host in capitals, with a final dot", .passed, "names its host", change: hosts("Model.EXAMPLE.")),
        ServerBundle("an address", .passed, "names its host", change: hosts("127.0.0.1")),
        ServerBundle("an address of version 6", .passed, "names its host", change: hosts("::1")),
        ServerBundle("another host", .failed, "for another host", change: hosts("other.example")),
        ServerBundle(
            "another host, no root pinned", .failed, "for another host", pinsRoot: false, change: hosts("x.example")),
        ServerBundle("an asterisk for two labels", .failed, "for another host", change: hosts("a.b.models.example")),
        ServerBundle("an asterisk for no label", .failed, "for another host", change: hosts("models.example")),
        ServerBundle("another address", .failed, "for another host", change: hosts("127.0.0.2")),
        ServerBundle("no host", .failed, "for another host", change: hosts("")),
        ServerBundle(
            "an asterisk for a whole domain", .failed, "for another host",
            .server.with("subjectAltName=DNS:*.example"), change: hosts("model.example")),
        ServerBundle(
            "a name in the subject alone", .failed, "for another host", .server.with("subjectAltName="),
            change: hosts("member 1")),
        ServerBundle(
            "a certificate for clients", .failed, "not for servers", .server.with("extendedKeyUsage=clientAuth")),
        ServerBundle("a certificate for every use", .passed, "names its host", .server.with("extendedKeyUsage=")),
        ServerBundle("a certificate that had expired", .failed, "had expired", .server.living(-20, 10)),
        ServerBundle(
            "a certificate that was not yet valid", .failed, "not yet valid", .server.living(5, 10), pinsRoot: false),
        ServerBundle(
            "one exchange after the certificate's end", .failed, "had expired", .server.living(-3, 4)
        ) { planned in planned.attempts[3].start = 2 * 86_400_000_000_000 },
        ServerBundle(
            "one exchange after the certificate's end, no root pinned", .failed, "had expired", .server.living(-3, 4),
            pinsRoot: false
        ) { planned in planned.attempts[3].start = 2 * 86_400_000_000_000 },
        ServerBundle("an issuer that had expired", .failed, "had expired", .authority.living(-20, 10), .server),
        ServerBundle("an unknown issuer", .failed, "does not lead to a pinned root", .authority, .server) { planned in
            for index in planned.attempts.indices { planned.attempts[index].certificates.removeLast() }
        },
        ServerBundle(
            "a critical alternative name", .passed, "names its host",
            .server.with("subjectAltName=critical,DNS:model.example")),
        ServerBundle("a certificate that is not in the bundle", .notChecked, "12 exchanges are not in the bundle") {
            $0.attestations.endpointCertificates = []
        },
        ServerBundle("a certificate that cannot be read", .failed, "no X.509 certificate") { planned in
            planned.attestations.endpointCertificates = [[1, 2, 3]]
            for index in planned.attempts.indices {
                planned.attempts[index].certificates = [SHA256Digest.of([1, 2, 3]).hex]
            }
        },
        ServerBundle("a certificate that the collector refused", .notChecked, "no record says") { planned in
            hosts("other.example")(&planned)
            for index in planned.attempts.indices { planned.attempts[index].verification = "wrong_host" }
        },
    ]
}

@Suite("Certificates of servers", .enabled(if: ThreeVerifiers.areAvailable, ThreeVerifiers.missing))
struct ServerBundleTests {
    @Test("What the collector verified on the wire is verified again", arguments: ServerBundle.all)
    func checked(bundle: ServerBundle) async throws {
        let (bytes, pins) = try await bundle.make()
        let workspace = try Workspace()
        try workspace.write(bytes, to: "b")
        let report = try BundleVerifier.verify(path: workspace.path("b"), trust: pins.trust)
        let check = try #require(report[.serverIdentity])
        #expect(check.outcome == bundle.outcome && check.detail.contains(bundle.words), "\(check)")
        #expect(report.exitCode == bundle.exitCode)
    }

    @Test("Masked places of a sound bundle hold asterisks, and all three verifiers accept it")
    func masked() async throws {
        var planned = try PlannedCase()
        let digest = String(repeating: "a", count: 64)
        planned.attempts[0].redactions = #"[{"len":4,"off":5,"part":"request"}]"#
        planned.attempts[5].redactions =
            #"[{"commit":"\#(digest)","len":2,"off":7,"part":"response","salt":"\#(digest)","why":"key"}]"#
        let bytes = try await planned.bytes()
        let verifiers = try ThreeVerifiers(
            bytes, pins: Pins(key: planned.key.verificationKey), script: TapeArchive(bytes)["data/verify.sh"])
        #expect(verifiers.codes == [0, 0, 0], "\(verifiers.words)")
    }
}
