import Evidence
import Foundation
import TestSupport
import Testing

/// Published and derived signatures, as all three verifiers judge them. `Fixtures/signatures/README.md` says where they are from.
@Suite("Signatures of others", .enabled(if: ThreeVerifiers.areAvailable, ThreeVerifiers.missing))
struct SignatureVectorTests {
    struct Vectors: Decodable {
        struct Vector: Decodable {
            let algorithm: String
            let id: Int
            let what: String
            let key: String
            let message: String
            let signature: String
            let valid: Bool
        }

        let tests: [Vector]

        init(file: String) throws {
            let url = Bundle.module.bundleURL.appending(path: "Fixtures/signatures/\(file).json")
            self = try JSONDecoder().decode(Vectors.self, from: Data(contentsOf: url))
        }
    }

    private static let python = """
        import json, sys
        sys.path.insert(0, sys.argv[1])
        import refusal, statements
        for line in open(sys.argv[2]):
            key, message, signature = (bytes.fromhex(part) for part in line.rstrip('\\n').split(','))
            try: print(bool(statements.is_signature(key, message, signature)))
            except Exception as error: print(False)
        """

    /// The functions of the script that judge keys and signatures, asked about each line of a file.
    private static let script = """
        set -uo pipefail
        T=$1
        fail() { return 1; }
        eval "$(sed -n '/^Z=/,/^signed()/p' "$2" | sed '$d' | sed 's/fail 30 "[^"]*"/WEAK=1/')"
        while IFS=, read -r key message signature; do
            WEAK=
            { echo '-----BEGIN PUBLIC KEY-----'; xxd -r -p <<< "$key" | base64 -w 64; echo '-----END PUBLIC KEY-----'; } > "$T/key"
            xxd -r -p <<< "$message" > "$T/message"
            xxd -r -p <<< "$signature" > "$T/signature"
            sound "$T/key"
            if [ -z "$WEAK" ] && signs "$T/key" "$T/message" "$T/signature"; then echo True; else echo False; fi
        done < "$3"
        """

    @Test("Each verifier accepts what is valid, and nothing else", arguments: ["wycheproof", "derived"])
    func vectors(file: String) async throws {
        let vectors = try Vectors(file: file).tests
        let workspace = try Workspace()
        try await SampleCase(count: 1).write(to: workspace.path("b"), compression: .none)
        let lines = vectors.map { "\($0.key),\($0.message),\($0.signature)\n" }
        try workspace.write(Array(lines.joined().utf8), to: "vectors")
        try workspace.write(TapeArchive(try workspace.read("b"))["data/verify.sh"], to: "verify.sh")
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Tools/verify")
        let python = try #require(ExternalTool("python3")).run([
            "-B", "-c", Self.python, folder.standardizedFileURL.path, workspace.path("vectors"),
        ])
        let script = try #require(ExternalTool("bash")).run([
            "-c", Self.script, "bash", workspace.url.path, workspace.path("verify.sh"), workspace.path("vectors"),
        ])
        func answers(_ outcome: ExternalTool.Outcome) -> [Bool] {
            String(decoding: outcome.output, as: UTF8.self).split(separator: "\n").map { $0 == "True" }
        }
        let (second, third) = (answers(python), answers(script))
        try #require(second.count == vectors.count && third.count == vectors.count, "\(python.errors) \(script.errors)")
        for (number, vector) in vectors.enumerated() {
            let key = try? VerificationKey(subjectPublicKeyInfo: DERTree.bytes(vector.key))
            let ours = key?.isValid(DERTree.bytes(vector.signature), for: DERTree.bytes(vector.message)) ?? false
            let name = "\(vector.algorithm) \(vector.id), \(vector.what)"
            #expect(ours == vector.valid, "ours: \(name)")
            #expect(second[number] == vector.valid, "Python: \(name)")
            // `openssl pkeyutl` takes no empty message, and nothing that a bundle signs is empty.
            #expect(third[number] == (vector.valid && !vector.message.isEmpty), "the script: \(name)")
        }
        #expect(vectors.contains { $0.valid } && vectors.contains { !$0.valid })
    }
}
