import Foundation
import Testing

@Suite("Verbs")
struct VerbTests {
    @Test("A case is made once, and a folder that holds something is left alone")
    func initialise() throws {
        let folder = try ScratchFolder()
        let made = try CommandLineRun("init", folder.path("case"), "--json")
        #expect(made.status == 0)
        #expect(try made.json()["name"] as? String == "case")
        let again = try CommandLineRun("init", folder.path("case"))
        #expect(again.status == 6)
        #expect(again.errors.contains("already holds a case"))
    }

    @Test("A case of another version is refused with both versions named")
    func otherVersion() throws {
        let folder = try ScratchFolder()
        #expect(try CommandLineRun("init", folder.path("case")).status == 0)
        let file = folder.url.appendingPathComponent("case/case.json")
        let text = try String(contentsOf: file, encoding: .utf8)
        try Data(text.replacingOccurrences(of: "\"format\":1", with: "\"format\":9").utf8).write(to: file)
        let key = folder.path("key.pem")
        #expect(try CommandLineRun("key", "new", key).status == 0)
        try planFiles(folder)
        let run = try CommandLineRun(planArguments(folder, key: key))
        #expect(run.status == 7)
        #expect(run.errors.contains("9") && run.errors.contains("1"))
    }

    @Test("A key pair is written once, and the private half is the owner's alone")
    func key() throws {
        let folder = try ScratchFolder()
        let file = folder.path("key.pem")
        #expect(try CommandLineRun("key", "new", file).status == 0)
        let attributes = try FileManager.default.attributesOfItem(atPath: file)
        #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
        #expect(try CommandLineRun("key", "new", file).status == 6)
    }

    @Test("An endpoint that nobody answers at is unavailable, not cleared")
    func endpointDown() throws {
        let folder = try ScratchFolder()
        try planFiles(folder)
        let check = try CommandLineRun("endpoint", "check", folder.path("suspect.toml"), "--json")
        #expect(check.status == 4)
        #expect(try check.json()["reachable"] as? Bool == false)
    }

    @Test("A mistake in an endpoint file is named with its line")
    func endpointFile() throws {
        let folder = try ScratchFolder()
        let file = try folder.write("name = \"x\"\nrole = \"thief\"\n", to: "x.toml")
        let run = try CommandLineRun("endpoint", "check", file, "--json")
        #expect(run.status == 3)
        #expect(run.errors.contains("x.toml"))
        #expect(try run.json()["exit_status"] as? Int == 3)
    }

    @Test("A missing file is bad input, by name")
    func missingFile() throws {
        for verb in [["two-sample"], ["probes", "show"], ["probes", "verify"], ["endpoint", "check"]] {
            let run = try CommandLineRun(verb + ["/nonexistent/file"])
            #expect(run.status == 3)
            #expect(run.errors.contains("/nonexistent/file does not exist"))
        }
    }

    @Test("A plan whose gate its panel cannot attain is refused, and nothing is sealed")
    func unattainableGate() throws {
        let folder = try ScratchFolder()
        #expect(try CommandLineRun("init", folder.path("case")).status == 0)
        let key = folder.path("key.pem")
        #expect(try CommandLineRun("key", "new", key).status == 0)
        try planFiles(folder)
        let refused = try CommandLineRun(planArguments(folder, key: key) + ["--excluding", "lineage"])
        #expect(refused.status == 8)
        #expect(refused.errors.contains("19"))
        #expect(!FileManager.default.fileExists(atPath: folder.path("case/plan.json")))

        let sealed = try CommandLineRun(planArguments(folder, key: key) + ["--json"])
        #expect(sealed.status == 0)
        #expect(try sealed.json()["excluding_gates"] as? [String] == [])
        #expect(try CommandLineRun(planArguments(folder, key: key)).status == 6)
    }

    @Test("A plan names its calibration by digest, and lineages that calibrated may not report")
    func calibration() throws {
        let folder = try ScratchFolder()
        #expect(try CommandLineRun("init", folder.path("case")).status == 0)
        let key = folder.path("key.pem")
        #expect(try CommandLineRun("key", "new", key).status == 0)
        try planFiles(folder)
        let shipped = URL(fileURLWithPath: #filePath).appendingPathComponent(
            "../../../Corpora/calibration/alpaca-eval-dev.json"
        ).standardized.path
        let panel = folder.url.appendingPathComponent("panel.toml")
        let text = try String(contentsOf: panel, encoding: .utf8)
        try Data(text.replacingOccurrences(of: "\"other\"", with: "\"vicuna\"").utf8).write(to: panel)
        let reused = try CommandLineRun(planArguments(folder, key: key) + ["--calibration", shipped])
        #expect(reused.status == 8)
        #expect(reused.errors.contains("vicuna"))

        try Data(text.utf8).write(to: panel)
        #expect(try CommandLineRun(planArguments(folder, key: key) + ["--calibration", shipped]).status == 0)
        let plan = try String(contentsOfFile: folder.path("case/plan.json"), encoding: .utf8)
        #expect(plan.contains("\"calibration\":\""))
        // The copy in the case is bound by its digest.
        let copy = folder.url.appendingPathComponent("case/calibration.json")
        try Data(try Data(contentsOf: copy) + Data(" ".utf8)).write(to: copy)
        let changed = try CommandLineRun("compare", folder.path("case"))
        #expect(changed.status == 3)
        #expect(changed.errors.contains("not the calibration"))
    }

    @Test("A changed probe set no longer fits the sealed plan, and a dead endpoint ends a collection with its records")
    func collection() throws {
        let folder = try ScratchFolder()
        #expect(try CommandLineRun("init", folder.path("case")).status == 0)
        let key = folder.path("key.pem")
        #expect(try CommandLineRun("key", "new", key).status == 0)
        try planFiles(folder)
        #expect(try CommandLineRun(planArguments(folder, key: key)).status == 0)
        let down = try CommandLineRun("collect", folder.path("case"))
        #expect(down.status == 4)
        #expect(down.errors.contains("nobody answers"))
        let verdict = try CommandLineRun("compare", folder.path("case"), "--json")
        #expect(verdict.status == 0)
        #expect(verdict.output.contains("\"outcome\" : \"uninformative\""))

        let set = folder.url.appendingPathComponent("case/probes.json")
        let text = try String(contentsOf: set, encoding: .utf8)
        try Data(text.replacingOccurrences(of: #""temperature":"0.0""#, with: #""temperature":"0.5""#).utf8).write(
            to: set)
        #expect(try CommandLineRun("collect", folder.path("case")).status == 3)
    }

    @Test("Every comparator has a score, or says what it needs")
    func everyComparator() throws {
        let folder = try ScratchFolder()
        #expect(try CommandLineRun("init", folder.path("case")).status == 0)
        let key = folder.path("key.pem")
        #expect(try CommandLineRun("key", "new", key).status == 0)
        try planFiles(folder)
        #expect(try CommandLineRun(planArguments(folder, key: key)).status == 0)
        let shown = try CommandLineRun("probes", "show", folder.path("probes.json"), "--json").json()
        let probes = try #require(shown["probes"] as? [[String: Any]])
        let models =
            [("protected", "protected", "own"), ("suspect", "suspect", ""), ("panel", "panel", "other")]
            + (1...4).map { ("p\($0)", "panel", "l\($0)") }
        for (place, model) in models.enumerated() {
            var lines: [String] = []
            for (number, probe) in probes.enumerated() {
                let draws = try #require(probe["draws"] as? Int)
                for draw in 0..<draws {
                    let words = (0..<30).map { "w\(($0 * (place + 3) + number * 7) % 41)" }.joined(separator: " ")
                    let text = draws > 1 ? ["red rojo 3", "blue azul 7"][(draw * (place + 1)) % 2] : words
                    let id = try #require(probe["id"] as? String)
                    lines.append(#"{"model":"\#(model.0)","probe":"\#(id)","draw":\#(draw),"text":"\#(text)"}"#)
                }
            }
            let file = try folder.write(lines.joined(separator: "\n") + "\n", to: "\(model.0).jsonl")
            let lineage = model.2.isEmpty ? [] : ["--lineage", model.2]
            let run = try CommandLineRun(["import", folder.path("case"), file, "--role", model.1] + lineage)
            #expect(run.status == 0, "\(run.errors)")
        }
        let run = try CommandLineRun("compare", folder.path("case"), "--json")
        #expect(run.status == 0, "\(run.errors)")
        let results = try #require(try run.json()["results"] as? [[String: Any]])
        let suspect = try #require(results.first?["suspect"] as? [String: Any])
        let scores = try #require(suspect["scores"] as? [[String: Any]])
        #expect(
            scores.compactMap { $0["comparator"] as? String } == [
                "border-inputs", "decision-agreement", "error-consistency", "owner-likelihood",
                "panel-normalised-similarity", "prompt-stratified-mmd", "small-alphabet", "token-accounting",
                "top-logprob-divergence",
            ])
        var computed: [String] = []
        for score in scores {
            let name = try #require(score["comparator"] as? String)
            let reasons = try #require(score["reasons"] as? [[String: Any]])
            let codes = reasons.compactMap { $0["code"] as? String }
            if score["value"] != nil {
                computed.append(name)
            } else {
                #expect(score["validity"] as? String == "not_computable")
                #expect(codes.contains("needs") || codes == ["no-owner-likelihoods"], "\(name): \(codes)")
            }
            #expect(reasons.allSatisfy { ($0["text"] as? String)?.isEmpty == false })
        }
        for name in ["panel-normalised-similarity", "prompt-stratified-mmd", "small-alphabet"] {
            #expect(computed.contains(name), "\(name)")
        }
        let details = try #require(
            scores.first { $0["comparator"] as? String == "prompt-stratified-mmd" }?["details"] as? [String: Any])
        for name in ["p_value", "spectrum_statistic", "embedding_statistic", "holm_p_value", "time_blocks"] {
            #expect(details[name] != nil, "\(name)")
        }
    }

    /// Endpoint files of loopback ports where nobody listens, and a sealed probe set.
    private func planFiles(_ folder: ScratchFolder) throws {
        for (name, role, lineage) in [
            ("protected", "protected", "own"), ("suspect", "suspect", ""), ("panel", "panel", "other"),
        ] {
            let line = lineage.isEmpty ? "" : "lineage = \"\(lineage)\"\n"
            try folder.write(
                """
                name = "\(name)"
                role = "\(role)"
                url = "http://127.0.0.1:1/v1"
                model = "m"
                connect_timeout_s = 2
                \(line)
                """, to: "\(name).toml")
        }
        let source = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Fixtures/probes.json")
        try FileManager.default.copyItem(at: source, to: folder.url.appendingPathComponent("probes.json"))
    }

    private func planArguments(_ folder: ScratchFolder, key: String) -> [String] {
        ["plan", "seal", folder.path("case"), "--probes", folder.path("probes.json"), "--key", key]
            + ["protected", "suspect", "panel"].flatMap { ["--endpoint", folder.path("\($0).toml")] }
    }
}
