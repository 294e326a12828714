import Foundation
import Testing

@Suite("Messages of the verbs")
struct MessageTests {
    /// A case, a key, a probe set of two probes, and endpoint files where nobody answers.
    private func prepared(_ endpoints: [(name: String, role: String, lineage: String?)]) throws -> (
        ScratchFolder, [String]
    ) {
        let folder = try ScratchFolder()
        #expect(try CommandLineRun("init", folder.path("case")).status == 0)
        #expect(try CommandLineRun("key", "new", folder.path("key.pem")).status == 0)
        try folder.sealProbes(2, draws: 1)
        for (name, role, lineage) in endpoints {
            let line = lineage.map { "lineage = \"\($0)\"\n" } ?? ""
            try folder.write(
                "name = \"\(name)\"\nrole = \"\(role)\"\nurl = \"http://127.0.0.1:1/v1\"\nmodel = \"m\"\n\(line)",
                to: "\(name).toml")
        }
        let seal =
            [
                "plan", "seal", folder.path("case"), "--probes", folder.path("probes.json"), "--key",
                folder.path("key.pem"),
            ]
            + endpoints.flatMap { ["--endpoint", folder.path("\($0.name).toml")] }
        return (folder, seal)
    }

    private static let two: [(name: String, role: String, lineage: String?)] = [
        ("protected", "protected", "own"), ("suspect", "suspect", nil),
    ]

    @Test("Sealing a plan counts the unrelated lineages of the panel, and not what else is a reference")
    func references() throws {
        let others: [(name: String, role: String, lineage: String?)] = [
            ("panel", "panel", "other"), ("quantised", "redeployment", "own"), ("small", "sibling", "own"),
        ]
        let (folder, seal) = try prepared(Self.two + others)
        let run = try CommandLineRun(seal)
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output.contains("2 probes, 1 suspect, 1 unrelated lineage in the panel\n"))
        #expect(FileManager.default.fileExists(atPath: folder.path("case/plan.json")))
    }

    @Test("A set or calibration that cannot be read is named, wherever it is given")
    func namedFiles() throws {
        let (folder, seal) = try prepared(Self.two)
        let broken = try folder.write("{}", to: "broken.json")
        let sealBroken = seal.map { $0 == folder.path("probes.json") ? broken : $0 }
        for arguments in [
            ["probes", "show", broken], ["probes", "verify", broken], ["probes", "stealth", broken],
            ["probes", "disclose", broken, "--probe", "1", "--out", folder.path("one.json")],
            ["probes", "verify", folder.path("probes.json"), "--commitment", broken],
            sealBroken, seal + ["--calibration", broken],
        ] {
            let run = try CommandLineRun(arguments)
            #expect(run.status != 0 && run.errors.hasPrefix("whorl: \(broken)"), "\(arguments): \(run.errors)")
        }
    }

    @Test("A register that does not follow is named")
    func register() throws {
        let (folder, seal) = try prepared(Self.two)
        #expect(try CommandLineRun(seal).status == 0)
        let register = try folder.write("{}\n", to: "plans.jsonl")
        let run = try CommandLineRun(
            "verify", folder.path("none"), "--key", folder.path("key.pem.pub"), "--register", register)
        #expect(run.status == 3 && run.errors.hasPrefix("whorl: \(register): "), "\(run.errors)")
    }
}
