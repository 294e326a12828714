import Foundation
import Testing

/// What is done with a bundle after it was sealed, as its users do it: each verb as a process, with its exit code.
@Suite("Verbs for sealed bundles")
struct SealedBundleVerbTests {
    /// A case with a sealed bundle.
    private struct Scene {
        let folder: ScratchFolder
        var bundle: String { folder.path("acme.tar.zst") }
        var key: String { folder.path("key.pem") }

        init() throws {
            folder = try ScratchFolder()
            try folder.makeCase()
            try seal("case", to: "acme.tar.zst")
            for name in ["b.pem", "c.pem"] { #expect(try CommandLineRun("key", "new", folder.path(name)).status == 0) }
        }

        func seal(_ name: String, to file: String) throws {
            let run = try CommandLineRun(
                "archive", folder.path(name), "--suspect", "suspect", "--key", key, "--fast", "--out",
                folder.path(file))
            #expect(run.status == 0, "\(run.errors)")
        }

        func verify(_ more: String..., bundle file: String? = nil) throws -> CommandLineRun {
            try CommandLineRun(["verify", file ?? bundle, "--key", key + ".pub", "--json"] + more)
        }
    }

    private static func check(_ subject: String, _ run: CommandLineRun) throws -> [String: Any] {
        let checks = try #require(try run.json()["checks"] as? [[String: Any]])
        return try #require(checks.first { $0["subject"] as? String == subject })
    }

    @Test("A record is disclosed by its line or its proof alone, checked, and refused when it is not what it says")
    func disclose() throws {
        let scene = try Scene()
        let file = scene.folder.path("record.json")
        let made = try CommandLineRun(
            "disclose", scene.bundle, "--record", "0", "--key", scene.key + ".pub", "--out", file, "--json")
        #expect(made.status == 0, "\(made.errors)")
        let shown = try made.json()
        #expect(shown["record"] as? Int == 0)
        let line = try #require(shown["line"] as? String)
        #expect(line.contains(#""seq":0"#))
        #expect((shown["parts"] as? [String: Any])?.isEmpty == true)
        let checked = try CommandLineRun("disclose", "--check", file, "--key", scene.key + ".pub", "--json")
        #expect(checked.status == 0, "\(checked.errors)")
        #expect(try checked.json()["leaf"] as? String == shown["leaf"] as? String)
        #expect(try CommandLineRun("disclose", "--check", file, "--key", scene.folder.path("b.pem.pub")).status == 30)

        let text = try String(contentsOfFile: file, encoding: .utf8)
        let other = try scene.folder.write(
            text.replacingOccurrences(of: #"\"seq\":0"#, with: #"\"seq\":1"#), to: "other.json")
        let refused = try CommandLineRun("disclose", "--check", other, "--key", scene.key + ".pub", "--json")
        #expect(refused.status == 40)
        #expect(try refused.json()["exit_status"] as? Int == 40)
        let spaced = try scene.folder.write(text + " ", to: "spaced.json")
        #expect(try CommandLineRun("disclose", "--check", spaced, "--key", scene.key + ".pub").status == 20)

        let proof = scene.folder.path("proof.json")
        let alone = try CommandLineRun(
            "disclose", scene.bundle, "--record", "0", "--proof-only", "--key", scene.key + ".pub", "--out", proof)
        #expect(alone.status == 0 && alone.output.contains("line     sealed"))
        #expect(try !String(contentsOfFile: proof, encoding: .utf8).contains(#"\"seq\""#))
    }

    @Test("A disclosure of what is not there is bad input, and no file is replaced")
    func disclosureOfNothing() throws {
        let scene = try Scene()
        func run(_ bundle: String, _ more: String...) throws -> CommandLineRun {
            try CommandLineRun(
                ["disclose", bundle, "--key", scene.key + ".pub", "--out", scene.folder.path("x.json"), "--json"] + more
            )
        }
        let beyond = try run(scene.bundle, "--record", "100000")
        #expect(beyond.status == 3 && beyond.errors.contains("no record 100000"))
        #expect(try beyond.json()["exit_status"] as? Int == 3)
        #expect(try run(scene.bundle, "--record", "0", "--part", "secret").errors.contains("no part secret"))
        #expect(try run(scene.folder.path("none"), "--record", "0").status == 3)
        #expect(!FileManager.default.fileExists(atPath: scene.folder.path("x.json")))
        #expect(try run(scene.bundle, "--record", "0").status == 0)
        #expect(try run(scene.bundle, "--record", "0").status == 6)
    }

    @Test("A bundle is handed over by both, in order, and the chain is checked")
    func handover() throws {
        let scene = try Scene()
        let common = ["handover", scene.bundle, "--signer", scene.key + ".pub", "--json", "--key"]
        func give(_ key: String, to receiver: String) throws -> CommandLineRun {
            try CommandLineRun(
                common + [
                    key, "--as", "Laboratory A", "--to", "Laboratory B", "--to-key", receiver, "--why", "opinion",
                ])
        }
        let (b, c) = (scene.folder.path("b.pem"), scene.folder.path("c.pem"))
        // Only who has it gives it, and only who is named takes it.
        #expect(try give(b, to: c + ".pub").status == 3)
        #expect(try CommandLineRun(common + [b, "--receive"]).status == 3)
        let given = try give(scene.key, to: b + ".pub")
        #expect(given.status == 0, "\(given.errors)")
        #expect(try given.json()["received"] as? Bool == false)
        #expect(try CommandLineRun(common + [c, "--receive"]).errors.contains("for another key"))
        let taken = try CommandLineRun(common + [b, "--receive"])
        #expect(taken.status == 0, "\(taken.errors)")
        #expect(try taken.json()["received"] as? Bool == true)
        let verified = try scene.verify()
        #expect(verified.status == 0)
        #expect(try Self.check("handover", verified)["outcome"] as? String == "passed")

        let statement = scene.folder.path("after/acme/0001.receiver.dsse.json")
        try scene.folder.write("{}", to: "after/acme/0001.receiver.dsse.json")
        #expect(FileManager.default.fileExists(atPath: statement))
        #expect(try scene.verify().status == 50)
        // A bundle that does not verify is not handed over.
        let cut = try Data(contentsOf: URL(fileURLWithPath: scene.bundle)).dropLast(9)
        try cut.write(to: scene.folder.url.appendingPathComponent("cut.tar.zst"))
        let refused = try CommandLineRun(
            "handover", scene.folder.path("cut.tar.zst"), "--signer", scene.key + ".pub", "--key", b, "--receive")
        #expect(refused.status == 3 && refused.errors.contains("does not verify"))
    }

    @Test(
        "A bundle is stamped and stamped again, and asked how it stands at another time",
        .enabled(if: Authority.isAvailable, "openssl is missing"))
    func timestamp() throws {
        let scene = try Scene()
        let authority = try Authority(scene.folder.path("one"))
        let stamp = ["timestamp", scene.bundle, "--url", authority.url, "--tsa-root", authority.root, "--json"]
        for (number, name) in ["archive-", "0002-"].enumerated() {
            let made = try CommandLineRun(stamp)
            #expect(made.status == 0, "\(made.errors)")
            let stamps = try #require(try made.json()["timestamps"] as? [[String: Any]])
            #expect((stamps.first?["file"] as? String)?.contains("after/acme/\(name)") == true)
            let verified = try scene.verify("--tsa-root", authority.root)
            #expect(verified.status == 0)
            #expect(try Self.check("renewal", verified)["outcome"] as? String == "passed")
            let attested = try #require(try verified.json()["attestations"] as? [String: Any])
            #expect((attested["stamps"] as? [Any])?.count == number + 1)
            #expect(attested["clock_is_stated"] as? Bool == false)
        }
        let later = try scene.verify("--tsa-root", authority.root, "--at", "2040-01-01T00:00:00Z")
        #expect(later.status == 0)
        #expect(try (later.json()["attestations"] as? [String: Any])?["clock"] as? String == "2040-01-01T00:00:00Z")
        // A token from after the stated time is refused, and a time that is none is bad input.
        #expect(try scene.verify("--tsa-root", authority.root, "--at", "2020-01-01").status == 32)
        #expect(try scene.verify("--at", "soon").status == 3)
        let told = try CommandLineRun("verify", scene.bundle, "--key", scene.key + ".pub", "--at", "2040-01-01")
        #expect(told.output.hasPrefix("verified as if the clock stood at 2040-01-01T00:00:00Z"))
    }

    @Test("A bundle that every verifier would refuse is not sealed, and the register does not say that it was reported")
    func refusals() throws {
        let scene = try Scene()
        let register = scene.folder.path("plans.jsonl")
        func seal(_ name: String, _ more: String..., key: String? = nil) throws -> CommandLineRun {
            try CommandLineRun(
                [
                    "archive", scene.folder.path(name), "--suspect", "suspect", "--key", key ?? scene.key, "--fast",
                    "--out",
                ]
                    + [scene.folder.path("new.tar.zst")] + more)
        }
        func expectRefusal(_ run: CommandLineRun, _ words: String, _ line: Int = #line) {
            #expect(run.status == 3 && run.errors.contains(words), "line \(line): \(run.status) \(run.errors)")
            #expect(!FileManager.default.fileExists(atPath: scene.folder.path("new.tar.zst")), "line \(line)")
        }
        expectRefusal(try seal("case", key: scene.folder.path("b.pem")), "sealed with another key")
        expectRefusal(try seal("case", "--register", register), "stands in no register")

        #expect(try CommandLineRun("init", scene.folder.path("registered")).status == 0)
        let endpoints = ["protected", "suspect", "panel"].flatMap { ["--endpoint", scene.folder.path("\($0).toml")] }
        let plan =
            [
                "plan", "seal", scene.folder.path("registered"), "--probes", scene.folder.path("case/probes.json"),
                "--key",
            ]
            + [scene.key, "--register", register] + endpoints
        #expect(try CommandLineRun(plan).status == 0)
        #expect(try CommandLineRun("collect", scene.folder.path("registered")).status == 4)
        #expect(try CommandLineRun("compare", scene.folder.path("registered")).status == 0)
        expectRefusal(try seal("registered"), "give that file with --register")
        let other = try scene.folder.write("", to: "other.jsonl")
        expectRefusal(try seal("registered", "--register", other), "does not hold the plan")
        #expect(try !String(contentsOfFile: register, encoding: .utf8).contains("reported"))

        let log = scene.folder.path("registered/custody.jsonl")
        let lines = try String(contentsOfFile: log, encoding: .utf8)
        let first = String(lines.prefix(through: try #require(lines.firstIndex(of: "\n"))))
        try first.write(toFile: log, atomically: true, encoding: .utf8)
        expectRefusal(try seal("registered", "--register", register), "lines of it are lost")
        try FileManager.default.removeItem(atPath: log)
        expectRefusal(try seal("registered", "--register", register), "put back a copy")
        try lines.write(toFile: log, atomically: true, encoding: .utf8)
        let sealed = try seal("registered", "--register", register)
        #expect(sealed.status == 0, "\(sealed.errors)")
        #expect(try scene.verify("--register", register, bundle: scene.folder.path("new.tar.zst")).status == 0)
    }

    @Test("A register that cannot be reached is not begun anew, and a link to one is followed")
    func linkedRegister() throws {
        let folder = try ScratchFolder()
        try folder.makeCase()
        let files = FileManager.default
        let (link, target) = (folder.path("plans.jsonl"), folder.path("share/plans.jsonl"))
        try files.createSymbolicLink(atPath: link, withDestinationPath: target)
        #expect(try CommandLineRun("init", folder.path("second")).status == 0)
        let plan =
            ["plan", "seal", folder.path("second"), "--probes", folder.path("case/probes.json"), "--key"]
            + [folder.path("key.pem"), "--register", link]
            + ["protected", "suspect", "panel"].flatMap { ["--endpoint", folder.path("\($0).toml")] }
        let refused = try CommandLineRun(plan)
        #expect(refused.status != 0 && !files.fileExists(atPath: folder.path("second/plan.json")), "\(refused.errors)")
        #expect(try files.destinationOfSymbolicLink(atPath: link) == target)
        try files.createDirectory(atPath: folder.path("share"), withIntermediateDirectories: false)
        try folder.write("", to: "share/plans.jsonl")
        #expect(try CommandLineRun(plan).status == 0)
        #expect(try files.destinationOfSymbolicLink(atPath: link) == target)
        #expect(try String(contentsOfFile: target, encoding: .utf8).contains(#""action":"planned""#))
    }

    @Test("A folder that cannot be read does not count as one that is not there")
    func unreadableFolder() throws {
        let scene = try Scene()
        // A file in the folder's place is what a test can make that no account can list.
        try scene.folder.write("x", to: "case/checkpoints")
        let seal = try CommandLineRun(
            "archive", scene.folder.path("case"), "--suspect", "suspect", "--key", scene.key, "--out",
            scene.folder.path("new.tar.zst"))
        #expect(seal.status != 0 && seal.errors.contains("checkpoints cannot be read"), "\(seal.errors)")
        #expect(!FileManager.default.fileExists(atPath: scene.folder.path("new.tar.zst")))

        try FileManager.default.createDirectory(atPath: scene.folder.path("after"), withIntermediateDirectories: false)
        try scene.folder.write("x", to: "after/acme")
        let verified = try scene.verify()
        #expect(verified.status == 50, "\(verified.output)")
        #expect(try Self.check("handover", verified)["outcome"] as? String == "failed")
    }

    @Test("A store that was put back is found out by the bundle that was sealed before")
    func rollback() throws {
        let scene = try Scene()
        let copy = scene.folder.url.appendingPathComponent("older")
        try FileManager.default.copyItem(at: scene.folder.url.appendingPathComponent("case"), to: copy)
        func add(_ name: String, to store: String) throws {
            let shown = try CommandLineRun("probes", "show", scene.folder.path("case/probes.json"), "--json").json()
            let probe = try #require((shown["probes"] as? [[String: Any]])?.first?["id"] as? String)
            let file = try scene.folder.write(
                #"{"model":"\#(name)","probe":"\#(probe)","draw":0,"text":"x"}"# + "\n", to: "\(name).jsonl")
            let run = try CommandLineRun(
                "import", scene.folder.path(store), file, "--role", "panel", "--lineage", name)
            #expect(run.status == 0, "\(run.errors)")
        }
        try add("p1", to: "case")
        try scene.seal("case", to: "newer.tar.zst")
        let newer = scene.folder.path("newer.tar.zst")
        let agreed = try scene.verify("--since", scene.bundle, bundle: newer)
        #expect(agreed.status == 0, "\(agreed.output)")
        #expect(try Self.check("history", agreed)["outcome"] as? String == "passed")
        try add("p2", to: "older")
        try scene.seal("older", to: "again.tar.zst")
        let found = try scene.verify("--since", newer, bundle: scene.folder.path("again.tar.zst"))
        #expect(found.status == 50)
        #expect(try (Self.check("history", found)["detail"] as? String)?.contains("two histories") == true)
        #expect(try scene.verify("--since", scene.folder.path("none")).status == 3)
    }
}
