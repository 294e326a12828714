import ContentAddressing
import Evidence
import ForensicTypes
import Foundation
import TestSupport
import Testing

/// Random changes of a sound bundle, judged by all three verifiers.
///
/// `WHORL_MUTANTS` sets how many the Swift and the Python verifier judge, `WHORL_SCRIPT_MUTANTS` how many the script judges,
/// `WHORL_MUTANTS_SEED` the seed of the first batch.
@Suite("Three verifiers")
struct DifferentialTests {
    /// A change of some bytes, from a seeded generator, so that a failure can be repeated.
    struct Mutator {
        private var state: UInt64

        init(seed: UInt64) { state = seed }

        private mutating func next(_ limit: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return limit < 1 ? 0 : Int((state >> 33) % UInt64(limit))
        }

        /// Changes a copy: flips and sets bytes, cuts, repeats, exchanges, inserts; one to three times.
        mutating func mutant(of bytes: [UInt8]) -> [UInt8] {
            var changed = bytes
            for _ in 0...next(3) {
                // Half of the changes fall on bytes that are not zero, because most of a small archive is padding.
                var offset = next(changed.count)
                if next(2) == 0 {
                    for _ in 0..<200 where changed[offset] == 0 { offset = next(changed.count) }
                }
                let length = min(1 + next(next(4) == 0 ? 600 : 8), changed.count - offset)
                switch next(8) {
                case 0, 1, 2: changed[offset] ^= 1 << UInt8(next(8))
                case 3: changed[offset] = UInt8(next(256))
                case 4: changed.removeSubrange(offset..<(offset + length))
                case 5: changed.insert(contentsOf: changed[offset..<(offset + length)], at: offset)
                case 6: changed.insert(contentsOf: (0..<length).map { _ in UInt8(next(256)) }, at: next(changed.count))
                default:
                    let other = next(changed.count - length + 1)
                    for index in 0..<length { changed.swapAt(offset + index, other + index) }
                }
                if changed.isEmpty { changed = [0] }
            }
            return changed
        }
    }

    private static func count(_ name: String, _ normal: Int) -> Int {
        ProcessInfo.processInfo.environment[name].flatMap { Int($0) } ?? normal
    }

    private static let python = """
        import contextlib, importlib.util, io, struct, sys
        spec = importlib.util.spec_from_file_location('verify_bundle', sys.argv[1])
        module = importlib.util.module_from_spec(spec); spec.loader.exec_module(module)
        codes = []
        with open(sys.argv[2], 'rb') as file:
            while head := file.read(4):
                with open(sys.argv[4], 'wb') as mutant: mutant.write(file.read(struct.unpack('<I', head)[0]))
                with contextlib.redirect_stdout(io.StringIO()): codes.append(module.main([sys.argv[4], sys.argv[3]]))
        print(*codes)
        """

    private static let script = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../Tools/verify/verify_bundle.py").standardizedFileURL.path

    /// The codes by which the verifier explains a refusal: those of every check that failed.
    private func codes(_ bytes: [UInt8], in workspace: Workspace, key: SigningKey) throws -> Set<Int32> {
        try workspace.write(bytes, to: "m")
        let report = try BundleVerifier.verify(path: workspace.path("m"), pinned: key.verificationKey)
        let failed = report.checks.filter { $0.outcome == .failed }.map(\.subject.exitCode)
        return report.exitCode == 0 ? [0] : Set(failed + [report.exitCode])
    }

    private func mutants(_ count: Int, seed: UInt64, compression: BundleWriter.Compression) async throws -> (
        Workspace, SampleCase, [[UInt8]]
    ) {
        let workspace = try Workspace()
        let sample = try SampleCase(count: 4, body: 60)
        try await sample.write(to: workspace.path("b"), compression: compression)
        try workspace.write(Array(sample.key.verificationKey.pem.utf8), to: "key.pem")
        let bytes = try workspace.read("b")
        #expect(try codes(bytes, in: workspace, key: sample.key) == [0])
        var mutator = Mutator(seed: seed)
        var structure = StructureMutator(seed: seed)
        let archive = TapeArchive(bytes)
        // The first is no mutant: all three have to accept it. Every third is one of structure, where there is no coat.
        let mutants = try (1..<max(2, count)).map { number in
            number % 3 == 0 && compression == .none
                ? try structure.mutant(of: archive, key: sample.key) : mutator.mutant(of: bytes)
        }
        return (workspace, sample, [bytes] + mutants)
    }

    @Test(
        "The verifier and the one in Python agree on random mutants, and the reason of the one is among those of the other",
        .enabled(if: ExternalTool.areAvailable("python3", "zstd"), "python3 or zstd is missing"))
    func python() async throws {
        let total = Self.count("WHORL_MUTANTS", 600)
        for (batch, start) in stride(from: 0, to: total, by: 500).enumerated() {
            let (workspace, sample, mutants) = try await mutants(
                min(500, total - start), seed: UInt64(batch + Self.count("WHORL_MUTANTS_SEED", 1)), compression: .none)
            var file: [UInt8] = []
            for mutant in mutants {
                file += (0..<4).map { UInt8(truncatingIfNeeded: mutant.count >> ($0 * 8)) }
                file += mutant
            }
            try workspace.write(file, to: "mutants")
            let outcome = try #require(ExternalTool("python3")).run([
                "-B", "-c", Self.python, Self.script, workspace.path("mutants"), workspace.path("key.pem"),
                workspace.path("p"),
            ])
            #expect(outcome.status == 0, "\(outcome.errors)")
            let theirs = String(decoding: outcome.output, as: UTF8.self).split(whereSeparator: \.isWhitespace)
                .compactMap { Int32($0) }
            #expect(theirs.count == mutants.count)
            for (number, pair) in zip(mutants, theirs).enumerated() {
                let ours = try codes(pair.0, in: workspace, key: sample.key)
                if !ours.contains(pair.1), let folder = ProcessInfo.processInfo.environment["WHORL_DUMP"] {
                    try Data(pair.0).write(to: URL(filePath: "\(folder)/\(batch)-\(number)"))
                }
                #expect(
                    ours.contains(pair.1), "batch \(batch), mutant \(number): \(pair.1) is not among \(ours.sorted())")
            }
        }
    }

    @Test(
        "The verifier and the script in the bundle agree on random mutants",
        .enabled(
            if: ExternalTool.areAvailable("bash", "openssl", "jq", "sha256sum", "xxd", "cmp", "tar", "zstd"),
            "a tool of verify.sh is missing"))
    func script() async throws {
        let (workspace, sample, mutants) = try await mutants(
            Self.count("WHORL_SCRIPT_MUTANTS", 40), seed: UInt64(76 + Self.count("WHORL_MUTANTS_SEED", 1)),
            compression: .none)
        try workspace.write(TapeArchive(mutants[0])["data/verify.sh"], to: "verify.sh")
        let bash = try #require(ExternalTool("bash"))
        for (number, mutant) in mutants.enumerated() {
            let ours = try codes(mutant, in: workspace, key: sample.key)
            let outcome = try bash.run([workspace.path("verify.sh"), workspace.path("m"), workspace.path("key.pem")])
            if !ours.contains(outcome.status), let folder = ProcessInfo.processInfo.environment["WHORL_DUMP"] {
                try Data(mutant).write(to: URL(filePath: "\(folder)/script-\(number)"))
            }
            #expect(ours.contains(outcome.status), "mutant \(number): \(outcome.status) is not among \(ours.sorted())")
        }
    }

    @Test("No mutant of the coat is accepted unless what is read is the same")
    func coat() async throws {
        let (workspace, sample, mutants) = try await mutants(400, seed: 5, compression: .fast)
        let sound = try BundleVerifier.verify(path: workspace.path("b"), pinned: sample.key.verificationKey).facts
        for (number, mutant) in mutants.enumerated() {
            try workspace.write(mutant, to: "m")
            let report = try BundleVerifier.verify(path: workspace.path("m"), pinned: sample.key.verificationKey)
            #expect(report.exitCode != 0 || report.facts == sound, "mutant \(number)")
        }
    }
}
