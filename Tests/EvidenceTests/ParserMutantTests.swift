import ContentAddressing
import Evidence
import ForensicTypes
import Foundation
import TestSupport
import Testing

/// Each parser of hostile bytes by itself, on random changes of what the released bundle of version 2 holds.
///
/// None may crash, and what one accepts has to be the one spelling of what it read. `WHORL_PARSER_MUTANTS` sets how many of each.
@Suite("Parsers under mutation", .enabled(if: ExternalTool.areAvailable("zstd"), "zstd is missing"))
struct ParserMutantTests {
    /// A parser with the files that its input is made from.
    struct Parser: Sendable, CustomTestStringConvertible {
        let name: String
        let suffix: String
        /// Reads the bytes; what it accepted is written again, where it has a writer.
        let read: @Sendable ([UInt8]) throws -> [UInt8]?

        var testDescription: String { name }

        static let all: [Parser] = [
            Parser(name: "envelopes", suffix: ".dsse.json") { try DSSEEnvelope(bytes: $0).bytes },
            Parser(name: "tokens", suffix: ".tsr") {
                _ = try TimestampToken(response: $0)
                return nil
            },
            Parser(name: "queries", suffix: ".tsq") { try TimestampQuery(der: $0).der },
            Parser(name: "answers of servers", suffix: ".tsr") {
                _ = try TimestampToken.stored(answer: $0)
                return nil
            },
            Parser(name: "notes", suffix: ".note") { try Checkpoint(note: $0).note },
            Parser(name: "certificates", suffix: ".crt.pem") { bytes in
                _ = try X509Certificate.decode(pem: String(decoding: bytes, as: UTF8.self))
                return nil
            },
            Parser(name: "public keys", suffix: "collector.pem") { bytes in
                _ = try VerificationKey(pem: String(decoding: bytes, as: UTF8.self))
                return nil
            },
            Parser(name: "canonical JSON", suffix: "plan.json") { CanonicalJSON.encode(try CanonicalJSON.parse($0)) },
            Parser(name: "registers", suffix: "register.jsonl") { try PlanRegister(bytes: $0).bytes },
        ]
    }

    private static let count =
        ProcessInfo.processInfo.environment["WHORL_PARSER_MUTANTS"].flatMap { Int($0) } ?? 1_000

    private func members() throws -> [TapeArchive.Member] {
        let file = Bundle.module.bundleURL.appending(path: "Fixtures/bundle-v2/bundle.tar.zst").path
        return TapeArchive(try #require(ExternalTool("zstd")).run(["-dqc", file]).output).members
    }

    @Test("No change of a file makes its parser crash, and what is accepted has one spelling", arguments: Parser.all)
    func parser(parser: Parser) throws {
        let files = try members().filter { $0.path.hasSuffix(parser.suffix) }.map(\.bytes)
        #expect(!files.isEmpty)
        for file in files {
            let again = try parser.read(file)
            #expect(again == nil || again == file)
        }
        var mutator = DifferentialTests.Mutator(seed: 27)
        var accepted = 0
        for number in 0..<Self.count {
            let mutant = mutator.mutant(of: files[number % files.count])
            guard let again = try? parser.read(mutant) else { continue }
            accepted += 1
            #expect(again == mutant, "mutant \(number)")
        }
        #expect(accepted < Self.count)
    }

    @Test("No change of the coat or of a header makes the reader crash, and each gets a whole report")
    func container() throws {
        let file = Bundle.module.bundleURL.appending(path: "Fixtures/bundle-v2/bundle.tar.zst").path
        let coated = Array(try Data(contentsOf: URL(filePath: file)))
        let plain = try #require(ExternalTool("zstd")).run(["-dqc", file]).output
        let workspace = try Workspace()
        var mutator = DifferentialTests.Mutator(seed: 28)
        for number in 0..<(Self.count / 5) {
            // The frame's header alone, then the whole of either form.
            let header = mutator.mutant(of: Array(coated.prefix(18))) + coated.dropFirst(18)
            for bytes in [header, mutator.mutant(of: coated), mutator.mutant(of: plain)] {
                try workspace.write(bytes, to: "m")
                let report = try BundleVerifier.verify(path: workspace.path("m"), pinned: nil)
                #expect(report.checks.count == Check.Subject.allCases.count, "mutant \(number)")
            }
        }
    }
}
