import ArgumentParser
import ContentAddressing
import Evidence
import ForensicTypes
import Foundation

struct DiscloseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "disclose",
        abstract: "Show one record of a bundle with its proof, and keep the rest sealed.",
        discussion: """
            There are three grades. By default the line of the record is shown: who was asked when, which probe by its \
            digest, and how it ended. With --part the bytes of that part are shown too: a response can be shown without the \
            probe that drew it. With --proof-only nothing is shown but that the record exists.

            The file holds the proof up to the signed root, the signature, the certificates and the time stamps. Whoever \
            gets it checks it with --check and needs no bundle; the page "After sealing" has a recipe for bash.

            EXAMPLE
              whorl disclose acme.bundle.tar.zst --record 137 --part response --key collector.pem.pub --out record-137.json
              whorl disclose --check record-137.json --key collector.pem.pub

            EXIT CODES OF --check
              11 limit   20 canonical form   30 signature   31 certificate   32 timestamp   40 digest   80 version
            """)

    @Argument(help: "The bundle.")
    var bundle: String?

    @Option(help: "The number of the record in the case, from 0.")
    var record: Int?

    @Flag(help: "Show only that the record exists.")
    var proofOnly = false

    @Option(help: ArgumentHelp("Show the bytes of this part: request or response.", valueName: "name"))
    var part: [String] = []

    @Option(name: .shortAndLong, help: "The new file.")
    var out: String?

    @Option(help: ArgumentHelp("Check a disclosure instead of making one.", valueName: "file"))
    var check: String?

    @OptionGroup var pinned: TrustOptions

    @OptionGroup var output: OutputOptions

    func validate() throws {
        if check != nil {
            guard bundle == nil, record == nil, out == nil, part.isEmpty, !proofOnly else {
                throw ValidationError("--check needs a disclosure and a key, nothing else")
            }
        } else {
            guard bundle != nil, record != nil, out != nil else {
                throw ValidationError("give a bundle, --record and --out; or --check with a disclosure")
            }
            guard !proofOnly || part.isEmpty else { throw ValidationError("--proof-only shows no part") }
        }
        guard pinned.key != nil || !pinned.root.isEmpty else { throw ValidationError("give --key or --root") }
    }

    private struct Result: Encodable {
        let file: String
        let record: Int
        let records: Int
        let leaf: Digest
        let root: Digest?
        let line: String?
        let parts: [String: Int]
        let checks: [Check]
        let proofMilliseconds: Double?

        private enum CodingKeys: String, CodingKey {
            case file, record, records, leaf, root, line, parts, checks
            case proofMilliseconds = "proof_ms"
        }
    }

    func run() async throws {
        try await output.reportingErrors {
            if let check { return try inspect(check) }
            let opened = try VerifiedBundle(path: bundle ?? "", trust: pinned.trust())
            // The proof alone, from the opened bundle: what a service that answers such questions would wait for.
            let start = ContinuousClock.now
            _ = try Disclosure(record: record ?? 0, grade: .proof, from: opened)
            let milliseconds = (ContinuousClock.now - start).inSeconds * 1000
            let grade: Disclosure.Grade = proofOnly ? .proof : part.isEmpty ? .line : .parts(Set(part))
            let disclosure = try Disclosure(record: record ?? 0, grade: grade, from: opened)
            let file = out ?? ""
            try FileBytes.write(disclosure.bytes, to: file)
            try show(disclosure, file: file, milliseconds: milliseconds, root: opened.facts.root)
        }
    }

    private func inspect(_ file: String) throws {
        let disclosure: Disclosure
        do {
            disclosure = try Disclosure(bytes: FileBytes.read(file), trust: pinned.trust())
        } catch let error as EvidenceError {
            guard let code = Self.exitCode(error.code) else { throw error }
            if output.json { try output.print(ErrorReport(error, endingWith: code), text: "") }
            StandardError.write("whorl: \(file): \(error.message)\n")
            throw ExitCode(code)
        }
        try show(disclosure, file: file, milliseconds: nil, root: nil)
    }

    private func show(_ disclosure: Disclosure, file: String, milliseconds: Double?, root: Digest?) throws {
        let parts = disclosure.parts.compactMap { part in part.bytes.map { (part.name, $0.count) } }
        var lines = [
            "\(file): record number \(disclosure.proof.index) (counted from 0) of \(disclosure.proof.size), under the signed root",
            disclosure.line == nil ? "line     sealed" : "line     shown",
        ]
        lines += disclosure.parts.map {
            "\($0.name)  \($0.bytes.map { "\($0.count.counted("byte")) shown" } ?? "sealed")"
        }
        lines += disclosure.checks.map {
            "\($0.subject.rawValue)  \($0.outcome == .passed ? "" : "not checked: ")\($0.detail)"
        }
        try output.print(
            Result(
                file: file, record: disclosure.proof.index, records: disclosure.proof.size, leaf: disclosure.leaf,
                root: root, line: disclosure.line.map { String(decoding: $0, as: UTF8.self) },
                parts: Dictionary(parts, uniquingKeysWith: { first, _ in first }), checks: disclosure.checks,
                proofMilliseconds: milliseconds.map { ($0 * 1000).rounded() / 1000 }),
            text: lines.joined(separator: "\n"))
    }

    private static func exitCode(_ code: EvidenceError.Code) -> Int32? {
        switch code {
        case .canonical: 20
        case .signature, .key: 30
        case .certificate: 31
        case .timestamp: 32
        case .digest, .contents: 40
        case .version: 80
        case .limit: 11
        default: nil
        }
    }
}
