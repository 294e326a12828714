import ContentAddressing
import Evidence
import ForensicTypes
import Foundation
import TestSupport
import Testing

@Suite("Time stamps", .enabled(if: ExternalTool.areAvailable("openssl"), "openssl is missing"))
struct TimestampTests {
    private let content = Array("what is stamped".utf8)

    private func accepts(_ timestamp: StoredTimestamp, roots: [X509Certificate]?) -> EvidenceError? {
        do throws(EvidenceError) {
            _ = try timestamp.verified(over: content, roots: roots, now: VerificationTrust.clock)
            return nil
        } catch {
            return error
        }
    }

    @Test("openssl reads the query that we write, and it reads back")
    func query() throws {
        let query = TimestampQuery(about: content)
        #expect(try TimestampQuery(der: query.der) == query)
        let openssl = try #require(ExternalTool("openssl"))
        let outcome = try openssl.run(["ts", "-query", "-in", "/dev/stdin", "-text"], input: query.der)
        let text = String(decoding: outcome.output, as: UTF8.self)
        #expect(
            outcome.status == 0 && text.contains("Hash Algorithm: sha256") && text.contains("Certificate required: yes")
        )
        #expect(text.contains(query.nonce.map { String(format: "%02X", $0) }.joined()))
        for index in query.der.indices where !(24..<56).contains(index) && !(58..<66).contains(index) {
            var changed = query.der
            changed[index] ^= 1
            #expect(throws: EvidenceError(.timestamp, ""), "byte \(index)") { try TimestampQuery(der: changed) }
        }
        #expect(throws: EvidenceError(.timestamp, "")) { try TimestampQuery(der: query.der + [0]) }
    }

    @Test(
        "Tokens of ECDSA and RSA authorities are accepted under their root, and no other",
        arguments: [LocalAuthority.p256, LocalAuthority.p384, LocalAuthority.rsa], ["sha256", "sha512"])
    func accepted(algorithm: [String], digest: String) throws {
        let workspace = try Workspace()
        let authority = try LocalAuthority(
            in: workspace, algorithm: algorithm, mistakes: .init(digest: digest, bindingDigest: digest))
        let stranger = try LocalAuthority(in: workspace, name: "stranger")
        let timestamp = try authority.stamp(content)
        #expect(accepts(timestamp, roots: try authority.root) == nil)
        #expect(accepts(timestamp, roots: nil) == nil)
        #expect(accepts(timestamp, roots: try authority.root + stranger.root) == nil)
        #expect(accepts(timestamp, roots: try stranger.root)?.code == .certificate)
        let token = try timestamp.verified(over: content, roots: nil, now: VerificationTrust.clock)
        #expect(abs(token.time - VerificationTrust.clock) < 30_000_000_000)
        #expect(token.imprint == SHA256Digest.of(content) && token.policy == "1.2.3.4.1")
        #expect(try authority.opensslAccepts(timestamp.response, over: content, at: token.time / 1_000_000_000))
    }

    @Test("An authority with a mistake is refused; openssl's verdict stands beside ours")
    func mistakes() throws {
        typealias Mistakes = LocalAuthority.Mistakes
        // The last column is what `openssl ts -verify -attime` says; where it accepts, our rules are narrower.
        let cases: [(String, Mistakes, EvidenceError.Code, Bool)] = [
            ("the usage is not critical", Mistakes(extendedUsage: "timeStamping"), .timestamp, false),
            ("another usage beside", Mistakes(extendedUsage: "critical,timeStamping,codeSigning"), .timestamp, false),
            ("a signer that is an authority", Mistakes(signerConstraints: "critical,CA:true"), .timestamp, true),
            ("a root that is no authority", Mistakes(rootConstraints: "critical,CA:false"), .certificate, false),
            ("not yet valid", Mistakes(life: (start: 30, days: 30)), .certificate, false),
            ("expired", Mistakes(life: (start: -60, days: 30)), .certificate, false),
            ("the certificate is bound by SHA-1", Mistakes(bindingDigest: "sha1"), .timestamp, true),
        ]
        let workspace = try Workspace()
        for (index, (name, mistakes, code, openssl)) in cases.enumerated() {
            let authority: LocalAuthority
            let answer: [UInt8]
            let query = TimestampQuery(about: content)
            do {
                authority = try LocalAuthority(in: workspace, name: "a\(index)", mistakes: mistakes)
                answer = try authority.answer(query.der)
            } catch {
                // Some mistakes keep openssl from signing at all.
                #expect(index < 2, "\(name): \(error)")
                continue
            }
            let timestamp = StoredTimestamp(
                authority: "a", query: query.der, response: try TimestampToken.stored(answer: answer))
            #expect(accepts(timestamp, roots: try authority.root)?.code == code, "\(name)")
            #expect(
                try authority.opensslAccepts(
                    timestamp.response, over: content, at: VerificationTrust.clock / 1_000_000_000) == openssl,
                "\(name)")
        }
    }

    @Test("A root inside the token has to be the pinned one; a stray certificate refuses it")
    func embeddedRoot() throws {
        let workspace = try Workspace()
        let authority = try LocalAuthority(in: workspace, mistakes: .init(includesRoot: true))
        let timestamp = try authority.stamp(content)
        #expect(accepts(timestamp, roots: try authority.root) == nil)
        // The same token, its embedded root exchanged for that of another authority: no signature covers it.
        let other = try LocalAuthority(in: workspace, name: "tsb").root[0].der
        let root = try authority.root[0].der
        let range = try #require(timestamp.response.firstRange(of: root))
        guard other.count == root.count else { return }
        var response = timestamp.response
        response.replaceSubrange(range, with: other)
        let exchanged = StoredTimestamp(authority: "a", query: timestamp.query, response: response)
        #expect(accepts(exchanged, roots: try authority.root)?.code == .timestamp)
    }

    @Test("Another file, another question, a later clock and a refusal are told apart")
    func context() throws {
        let authority = try LocalAuthority(in: try Workspace())
        let timestamp = try authority.stamp(content)
        #expect(accepts(timestamp, roots: try authority.root) == nil)
        #expect(throws: EvidenceError(.timestamp, "")) {
            try timestamp.verified(over: content + [0], roots: nil, now: VerificationTrust.clock)
        }
        let again = StoredTimestamp(
            authority: "a", query: TimestampQuery(about: content).der, response: timestamp.response)
        #expect(accepts(again, roots: nil)?.message.contains("nonce") == true)
        #expect(throws: EvidenceError(.timestamp, "")) {
            try timestamp.verified(over: content, roots: nil, now: VerificationTrust.clock - 3_600_000_000_000)
        }
        // A refusal, as openssl writes it for a digest that it does not know.
        let refusal: [UInt8] = [0x30, 0x05, 0x30, 0x03, 0x02, 0x01, 0x02]
        #expect(throws: EvidenceError(.timestamp, "")) { try TimestampToken.stored(answer: refusal) }
        #expect(throws: EvidenceError(.timestamp, "")) { try TimestampToken(response: refusal) }
        // A bare token is no response, and words beside the status are not stored.
        let bare = Array(timestamp.response.dropFirst(timestamp.response.count < 260 ? 7 : 9))
        #expect(throws: EvidenceError(.timestamp, "")) { try TimestampToken(response: bare) }
        #expect(throws: EvidenceError(.timestamp, "")) { try TimestampToken(response: timestamp.response + [0]) }
    }

    @Test(
        "No flipped bit and no truncation of a token is accepted",
        arguments: [LocalAuthority.p256, LocalAuthority.rsa], [false, true])
    func everyBit(algorithm: [String], includesRoot: Bool) throws {
        let authority = try LocalAuthority(
            in: try Workspace(), algorithm: algorithm, mistakes: .init(includesRoot: includesRoot))
        let timestamp = try authority.stamp(content)
        let roots = try authority.root
        #expect(accepts(timestamp, roots: roots) == nil)
        var accepted: [Int] = []
        for bit in 0..<(timestamp.response.count * 8) {
            var changed = timestamp.response
            changed[bit / 8] ^= 1 << UInt8(bit % 8)
            let forged = StoredTimestamp(authority: "a", query: timestamp.query, response: changed)
            if accepts(forged, roots: roots) == nil { accepted.append(bit) }
        }
        #expect(accepted.isEmpty, "\(accepted.count) of \(timestamp.response.count * 8)")
        for length in timestamp.response.indices {
            let cut = StoredTimestamp(
                authority: "a", query: timestamp.query, response: Array(timestamp.response[..<length]))
            #expect(accepts(cut, roots: roots) != nil, "\(length) bytes")
        }
    }

    @Test(
        "A time in another spelling, or that does not exist, is refused",
        arguments: [
            "20261123100000", "20261123100000.Z", "20261123100000.10Z", "20261123100060Z", "20260230100000Z",
            "2026112310000Z", "20261123100000+0100", "20261323100000Z", "20261123240000Z",
        ])
    func times(text: String) {
        #expect(throws: EvidenceError(.timestamp, "")) { try TimestampToken.time(of: Array(text.utf8)) }
    }

    @Test(
        "Times are read as the calendar has them",
        arguments: [
            ("19700101000000Z", 0), ("20000229235959Z", 951_868_799), ("20261126173115Z", 1_795_714_275),
            ("21000301000000Z", 4_107_542_400),
        ])
    func calendar(text: String, seconds: Int64) throws {
        // The seconds are those of `date -u -d … +%s` (GNU coreutils 9.1).
        #expect(try TimestampToken.time(of: Array(text.utf8)) == seconds * 1_000_000_000)
        let fraction = text.dropLast() + ".25Z"
        #expect(try TimestampToken.time(of: Array(fraction.utf8)) == seconds * 1_000_000_000 + 250_000_000)
    }
}
