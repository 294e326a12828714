import CaseStore
import ContentAddressing
import ForensicTypes
import Testing

@Suite("Record lines")
struct RecordLineTests {
    let folder: TemporaryFolder
    var path: String { folder.file("case") }

    init() throws { folder = try TemporaryFolder() }

    /// A line as this software wrote it before connections, ciphers and commitments were recorded.
    private static let old = #"""
        {"attempt":2,"clock":{"source":"realtime"},"model":{"lineage":"own","name":"m","role":"protected"},"mono_ns":"5","outcome":"http","parts":[],"peer_ip":"127.0.0.1:1","probe":"0000000000000000000000000000000000000000000000000000000000000001","redactions":[{"len":3,"off":4,"part":"request"}],"rep":1,"run":"r","salt":"00","seq":7,"sni":"h","status":200,"t_end_ns":"9","t_start_ns":"8","tls":{"chain":["0000000000000000000000000000000000000000000000000000000000000002"],"version":"TLSv1.3"},"v":1}
        """#

    @Test("A line of an older version is read; what it does not say is absent")
    func older() throws {
        let record = try StoredRecord(line: Array(Self.old.utf8), saltedParts: [], sequence: 7)
        let connection = record.transcript.connection
        #expect(connection.tlsVersion == "TLSv1.3" && connection.certificates.count == 1)
        #expect(connection.tlsCipher == nil && connection.verification == nil && connection.connection == nil)
        #expect(record.transcript.redactions == [Redaction(part: .request, offset: 4, length: 3)])
        #expect(record.transcript.limit == nil)
    }

    @Test("A key of a later version is ignored; another order, a second key and a changed number are refused")
    func strictness() throws {
        let later = Self.old.replacing(#""v":1"#, with: #""v":1,"w":{"x":[1,null]}"#)
        _ = try StoredRecord(line: Array(later.utf8), saltedParts: [], sequence: 7)
        let bad = [
            Self.old.replacing(#""attempt":2,"#, with: "").replacing(#""v":1"#, with: #""v":1,"attempt":2"#),
            Self.old.replacing(#""seq":7"#, with: #""seq":07"#),
            Self.old.replacing(#""rep":1"#, with: #""rep":1,"rep":1"#),
            Self.old.replacing(#""http""#, with: #""h\u0074tp""#), Self.old + " ",
            Self.old.replacing(#":"m""#, with: #": "m""#), Self.old.replacing(#""v":1"#, with: #""v":1.0"#),
            Self.old.replacing(#""rep":1"#, with: #""rep":-0"#),
            Self.old.replacing(#""rep":1"#, with: #""rep":9007199254740992"#), String(Self.old.dropLast()),
        ]
        for line in bad {
            #expect(throws: CaseStoreError(.damagedSpool, ""), "\(line)") {
                try StoredRecord(line: Array(line.utf8), saltedParts: [], sequence: 7)
            }
        }
    }

    @Test("Every fact of an exchange comes back, whatever its texts, and every line is canonical", arguments: 0..<40)
    func roundTrip(seed: Int) async throws {
        var words = SeededWords(seed: UInt64(seed))
        func text() -> String {
            let alphabet = Array("a\"\\/\n\t\u{1}\u{1F}é\u{2028}𝔸\u{8}")
            return String((0..<Int(words.next() % 9)).map { _ in alphabet[Int(words.next() % UInt64(alphabet.count))] })
        }
        func some<Value>(_ value: Value) -> Value? { words.next() % 3 == 0 ? nil : value }
        func digest() -> Digest { SHA256Digest.of(text: text()) }
        let exchange = words.next() % 2 == 0 ? Int(words.next() % 9) : nil
        let transcript = Transcript(
            run: text(), model: ModelIdentity(name: text(), role: .panel, lineage: some(Lineage(text()))),
            probe: digest(), draw: Int(words.next() % 5), attempt: Int(words.next() % 5),
            startedAt: Int64(words.next() >> 1), endedAt: Int64(words.next() >> 1), elapsed: Int64(words.next() >> 1),
            connection: ConnectionFacts(
                peerAddress: some(text()), serverName: text(), tlsVersion: "TLSv1.2", tlsCipher: some(text()),
                applicationProtocol: some(text()),
                verification: some(CertificateVerification.allCases[Int(words.next() % 8)]),
                certificates: (0..<Int(words.next() % 4)).map { _ in digest() },
                connection: exchange.map { $0 + 1 }, exchange: exchange),
            outcome: .timeout, request: Array(text().utf8), response: Array(text().utf8),
            redactions: (0..<Int(words.next() % 4)).map { number in
                Redaction(
                    part: .response, offset: number * 10, length: 3, reason: some(.cookie),
                    commitment: some(SecretCommitment(salt: digest(), digest: digest())))
            },
            limit: some(ExchangeLimit.allCases[Int(words.next() % 8)]))
        let store = try await SampleRecords.create(path)
        _ = try await store.append(transcript, plan: some(digest()))
        let records = try await SampleRecords.all(store)
        #expect(records.map(\.transcript) == [transcript])
        let line = try #require(records.first?.line)
        #expect(CanonicalJSON.encode(try CanonicalJSON.parse(line)) == line)
    }
}

/// Numbers that a seed fixes (SplitMix64).
struct SeededWords {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }
}
