import Foundation
import TestSupport
import Testing

/// `whorl probes` as its users run it, against made-up models on loopback.
@Suite(
    "Building probe sets", .timeLimit(.minutes(5)),
    .enabled(if: ExternalTool.areAvailable("python3"), "python3 is missing"))
struct ProbesBuildTests {
    private let folder: ScratchFolder
    private let server: MockEndpoint

    init() throws {
        folder = try ScratchFolder()
        server = try MockEndpoint(folder)
        try server.file("own", "protected", model: "own", lineage: "own", in: folder)
        try server.file("own-q8", "redeployment", model: "own", lineage: "own", in: folder)
        try server.file("a", "panel", model: "a", lineage: "a", in: folder)
        try server.file("b", "panel", model: "b", lineage: "b", in: folder)
        try Data("thirty-two bytes of the owner's!".utf8).write(to: folder.url.appendingPathComponent("secret"))
        #expect(try CommandLineRun("key", "new", folder.path("key.pem")).status == 0)
    }

    private func arguments(
        _ out: String = "set.json", panel: [String] = ["a", "b"], families: [String], protected: String = "own",
        budget: String = "queries=60,tokens=6000", more: [String] = []
    ) -> [String] {
        [
            "probes", "build", "--protected", folder.path("\(protected).toml"), "--redeployment",
            folder.path("own-q8.toml"),
        ]
            + panel.flatMap { ["--panel", folder.path("\($0).toml")] } + families.flatMap { ["--family", $0] }
            + ["--candidates", "6", "--search", "30", "--budget", budget, "--secret", folder.path("secret")]
            + ["--key", folder.path("key.pem"), "-o", folder.path(out)] + more
    }

    @Test("A set is built, signed, checked and shown probe by probe; its lineages may not report")
    func whole() throws {
        let built = try CommandLineRun(
            arguments(
                families: ["continuation", "knowledge-boundary", "border-inputs", "own-mistakes"], more: ["--json"]))
        #expect(built.status == 0, "\(built.errors)")
        let remarks = try #require(try built.json()["remarks"] as? [String])
        // Both families were found by asking, and only the protected model was asked for that.
        #expect(
            remarks.contains { $0.hasPrefix("border-inputs: ") } && remarks.contains { $0.hasPrefix("own-mistakes: ") })
        let shown = try CommandLineRun("probes", "show", folder.path("set.json"), "--json").json()
        let probes = try #require(shown["probes"] as? [[String: Any]])
        #expect(Set(probes.compactMap { $0["family"] as? String }).count == 4)
        let record = try #require(shown["selection"] as? [String: Any])
        #expect(record["lineages"] as? [String] == ["a", "b", "own"])
        let candidates = try #require(record["candidates"] as? [[String: Any]])
        #expect(candidates.count == 24)
        for candidate in candidates where candidate["family"] as? String == "continuation" {
            for key in [
                "fate", "stability", "paraphrase", "robustness", "panel_match", "discrimination", "information",
            ] {
                #expect(candidate[key] != nil, "\(key)")
            }
        }

        let commitment = ["--commitment", folder.path("set.commitment.json")]
        let signature = ["--signature", folder.path("set.commitment.dsse.json"), "--key", folder.path("key.pem.pub")]
        let verified = try CommandLineRun(
            ["probes", "verify", folder.path("set.json"), "--json"] + commitment + signature)
        #expect(verified.status == 0, "\(verified.errors)")
        #expect(try verified.json()["signature"] as? String == "valid")

        let probe = try #require(probes.first?["id"] as? String)
        let disclosed = try CommandLineRun(
            "probes", "disclose", folder.path("set.json"), "--probe", String(probe.prefix(12)), "-o",
            folder.path("one.json"))
        #expect(disclosed.status == 0, "\(disclosed.errors)")
        #expect(try CommandLineRun(["probes", "verify", folder.path("one.json")] + signature).status == 0)
        #expect(try CommandLineRun("probes", "verify", folder.path("one.json")).status == 3)
        let forged = try String(contentsOfFile: folder.path("one.json"), encoding: .utf8)
            .replacingOccurrences(of: "\"draws\":", with: "\"draws\":1")
        try folder.write(forged, to: "forged.json")
        #expect(try CommandLineRun(["probes", "verify", folder.path("forged.json")] + commitment).status == 3)
        #expect(
            try CommandLineRun(
                "probes", "disclose", folder.path("set.json"), "--probe", "zz", "-o", folder.path("none.json")
            ).status == 3)

        let report = try CommandLineRun("probes", "stealth", folder.path("set.json"), "--json").json()
        let all = try #require(report["all"] as? [String: Any])
        #expect(all["probes"] as? Int == probes.count)

        try planRefuses()
        try secretStaysHome()
    }

    @Test("The order of candidates can be chosen, and the set records it", arguments: ["conditional", "diverse"])
    func rules(name: String) throws {
        let recorded = ["conditional": "conditional_discrimination", "diverse": "diverse_information 0.3"]
        let built = try CommandLineRun(
            arguments(families: ["continuation", "knowledge-boundary"], more: ["--rule", name]))
        #expect(built.status == 0, "\(built.errors)")
        let shown = try CommandLineRun("probes", "show", folder.path("set.json"), "--json").json()
        let record = try #require(shown["selection"] as? [String: Any])
        #expect(record["rule"] as? String == recorded[name])
    }

    /// A panel model of a lineage that chose the probes cannot report.
    private func planRefuses() throws {
        #expect(try CommandLineRun("init", folder.path("case")).status == 0)
        try server.file("suspect", "suspect", model: "own", lineage: nil, in: folder)
        let seal = [
            "plan", "seal", folder.path("case"), "--probes", folder.path("set.json"), "--key", folder.path("key.pem"),
        ]
        let endpoints = ["own", "suspect", "a"].flatMap { ["--endpoint", folder.path("\($0).toml")] }
        let refused = try CommandLineRun(seal + endpoints)
        #expect(refused.status == 8)
        #expect(refused.errors.contains("the lineage a chose the probes"))
        try server.file("fresh", "panel", model: "fresh", lineage: "fresh", in: folder)
        let fresh = ["own", "suspect", "fresh"].flatMap { ["--endpoint", folder.path("\($0).toml")] }
        #expect(try CommandLineRun(seal + fresh).status == 0)
    }

    /// Neither the secret nor its digits are in anything that was written, the set included.
    private func secretStaysHome() throws {
        let secret = try Data(contentsOf: folder.url.appendingPathComponent("secret"))
        let digits = Data(secret.map { String(format: "%02x", $0) }.joined().utf8)
        let base64 = Data(secret.base64EncodedString().utf8)
        let files = try #require(FileManager.default.enumerator(at: folder.url, includingPropertiesForKeys: nil))
        var seen = 0
        for case let file as URL in files where file.lastPathComponent != "secret" {
            guard let bytes = try? Data(contentsOf: file) else { continue }
            seen += 1
            for form in [secret, digits, base64] { #expect(bytes.range(of: form) == nil, "\(file.lastPathComponent)") }
        }
        #expect(seen > 8)
    }

    @Test("A build that is killed goes on where it stopped, and gives the same set")
    func killed() throws {
        try server.file("own-slow", "protected", model: "own.slow", lineage: "own", in: folder)
        let families = ["knowledge-boundary", "own-mistakes"]
        let command = arguments(families: families, protected: "own-slow")
        let process = Process()
        process.executableURL = CommandLineRun.binary
        process.arguments = command
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        while server.requests.count < 40, process.isRunning { usleep(2_000) }
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        #expect(process.terminationReason == .uncaughtSignal)
        let resumed = try CommandLineRun(command)
        #expect(resumed.status == 0, "\(resumed.errors)")
        let inTwo = server.requests.count
        let inOneGo = try CommandLineRun(arguments("other.json", families: families, protected: "own-slow"))
        #expect(inOneGo.status == 0, "\(inOneGo.errors)")
        // Only what was under way when the process died is asked again: at most four for each endpoint.
        let inOne = server.requests.count - inTwo
        #expect(inTwo >= inOne && inTwo <= inOne + 4 * 5)
        #expect(
            try Data(contentsOf: folder.url.appendingPathComponent("set.json"))
                == Data(contentsOf: folder.url.appendingPathComponent("other.json")))
    }

    @Test("What cannot work is refused before anything is asked")
    func refusedAtOnce() throws {
        try server.file("sibling", "panel", model: "own", lineage: "own", in: folder)
        try server.file("stray", "panel", model: "x", lineage: nil, in: folder)
        try server.file("accused", "suspect", model: "x", lineage: nil, in: folder)
        let families = ["knowledge-boundary"]
        let cases: [(arguments: [String], says: String)] = [
            (
                arguments(panel: ["a", "sibling"], families: families),
                "shares the lineage own with the protected model"
            ),
            (arguments(panel: ["stray"], families: families), "stray has no lineage"),
            (arguments(panel: ["accused"], families: families), "accused is a suspect"),
            (arguments(panel: ["own-q8"], families: families), "has the role redeployment, not panel"),
            (
                arguments(
                    families: families + ["continuation"], budget: "queries=1,tokens=6000", more: ["--search", "1"]),
                "one probe of each of 2 families takes 2 queries"
            ),
            (arguments(families: ["no-such-family"]), "there is no family no-such-family"),
            (arguments(families: ["tokenizer-strings"], more: ["--natural"]), "--natural leaves out"),
            (arguments(families: families, more: ["--search", "61"]), "no more than the budget"),
            (arguments(families: families, more: ["--quota", "knowledge-boundary=0"]), "--quota takes FAMILY=COUNT"),
            (arguments(families: families, more: ["--quota", "continuation=3"]), "a quota names the family"),
        ]
        for (arguments, says) in cases {
            let run = try CommandLineRun(arguments)
            #expect(run.status == 3, "\(says)")
            #expect(run.errors.contains(says), "\(run.errors)")
        }
        try folder.write("{}", to: "there.json")
        #expect(try CommandLineRun(arguments("there.json", families: families)).status == 6)
        #expect(server.requests.isEmpty)
    }

    @Test("A model that refuses everything is named, and what was answered is kept")
    func refusing() throws {
        try server.file("strict", "panel", model: "b.refuse", lineage: "b", in: folder)
        let families = ["continuation", "style-carriers", "knowledge-boundary"]
        let refused = try CommandLineRun(arguments(panel: ["a", "strict"], families: families))
        #expect(refused.status == 3)
        #expect(refused.errors.contains("the panel model strict") && refused.errors.contains("is kept"))
        let asked = server.requests.filter { $0.hasPrefix("own ") }.count
        // Without it the build goes on from the answers that are there.
        #expect(try CommandLineRun(arguments(panel: ["a"], families: families)).status == 0)
        #expect(server.requests.filter { $0.hasPrefix("own ") }.count == asked)
    }

    @Test("An endpoint that wavers at temperature 0 is told, and by which probes")
    func wavering() throws {
        try server.file("wavering", "protected", model: "own.waver", lineage: "own", in: folder)
        let all = try CommandLineRun(arguments(families: ["knowledge-boundary"], protected: "wavering"))
        #expect(all.status == 3)
        #expect(all.errors.contains("6 unstable") && all.errors.contains("otherwise each time at temperature 0"))
        // Its token counts do not waver, so that something is left to choose.
        let some = try CommandLineRun(
            arguments(
                families: ["knowledge-boundary", "tokenizer-strings"], protected: "wavering", more: ["--json"]))
        #expect(some.status == 0, "\(some.errors)")
        let remarks = try #require(try some.json()["remarks"] as? [String])
        #expect(
            remarks == [
                "wavering gave another answer to 6 of 6 probes when asked again at temperature 0; "
                    + "unstable probes are left out"
            ])
    }

    @Test("Without log-probabilities near ties are found by asking several times")
    func bare() throws {
        try server.file("bare", "protected", model: "own.bare", lineage: "own", in: folder)
        _ = try CommandLineRun(arguments(families: ["border-inputs", "knowledge-boundary"], protected: "bare"))
        let asked = Dictionary(grouping: server.requests.filter { $0.hasPrefix("own.bare ") }) { $0 }.mapValues(\.count)
        // Once to see whether alternatives are reported, then eight times.
        #expect(asked.values.contains { $0 >= 9 })
    }
}
