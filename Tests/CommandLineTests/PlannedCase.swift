import ContentAddressing
import ForensicTypes
import Foundation
import ProbeGeneration
import Testing

extension ScratchFolder {
    /// Seals a set of chat probes, `probes.json`.
    ///
    /// - Parameter padding: So many bytes are added to each prompt.
    func sealProbes(_ count: Int, draws: Int, padding: Int = 0) throws {
        let rest = padding > 0 ? " " + String(repeating: "x", count: padding) : ""
        let probes = try (1...count).map { number in
            try ProbeIdentity.identify(
                Probe(
                    family: "test", prompt: .chat([Message(role: .user, content: "question \(number)\(rest)")]),
                    sampling: SamplingParameters(temperature: 0.8), draws: draws, reading: .text))
        }
        let sealed = try SealedProbeSet.seal(
            name: "test", probes: probes, generator: ProbeGenerator(library: try .shipped(), seed: 1))
        try Data(try sealed.encode()).write(to: url.appendingPathComponent("probes.json"))
    }

    /// Makes a case, `case`, with a plan over endpoint files of this folder, sealed with `key.pem`.
    func planCase(_ endpoints: [String]) throws {
        #expect(try CommandLineRun("init", path("case")).status == 0)
        #expect(try CommandLineRun("key", "new", path("key.pem")).status == 0)
        let seal = try CommandLineRun(
            ["plan", "seal", path("case"), "--probes", path("probes.json"), "--key", path("key.pem")]
                + endpoints.flatMap { ["--endpoint", path("\($0).toml")] })
        #expect(seal.status == 0, "\(seal.errors)")
    }

    /// The bytes of every file below a folder, by path.
    func contents(of name: String) throws -> [String: Data] {
        let start = path(name)
        var contents: [String: Data] = [:]
        for case let file as String in FileManager.default.enumerator(atPath: start) ?? .init() {
            if let data = FileManager.default.contents(atPath: start + "/" + file) { contents[file] = data }
        }
        return contents
    }
}
