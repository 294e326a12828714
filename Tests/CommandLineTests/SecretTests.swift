import Foundation
import TestSupport
import Testing

/// Row 24 of the fault table: a key that every kind of answer echoes is in no output, file, log or bundle of the command.
@Suite(
    "Secrets", .timeLimit(.minutes(5)),
    .enabled(if: ExternalTool.areAvailable("python3", "zstd"), "python3 or zstd is missing"))
struct SecretTests {
    private static let canary = "sk-Canary+0123/4567=89ab"

    /// The key as it may be spelled: as it is, for JSON and URLs, in hexadecimal, and in base64 at any offset.
    private static let spellings: [String] = {
        let hexadecimal = canary.utf8.map { String(256 + Int($0), radix: 16).dropFirst() }
        let escaped = canary.utf8.map { String(65_536 + Int($0), radix: 16).dropFirst() }
        let encoded = (0..<3).map { offset in
            String(
                Data((String(repeating: "x", count: offset) + canary).utf8).base64EncodedString().dropFirst(4)
                    .dropLast(4))
        }
        return [
            canary, canary.replacing("/", with: "\\/"), hexadecimal.joined(), hexadecimal.map { "%" + $0 }.joined(),
            escaped.map { "\\u" + $0 }.joined(), "Canary", "0123/4567",
        ] + encoded + encoded.map { $0.replacing("+", with: "-").replacing("/", with: "_") }
    }()

    private func expectNone(in data: Data, _ place: String) {
        for spelling in Self.spellings {
            #expect(data.range(of: Data(spelling.utf8)) == nil, "\(place) holds the key as \(spelling)")
        }
    }

    private func run(_ arguments: [String], status: Int32) throws {
        let run = try CommandLineRun(arguments)
        #expect(run.status == status, "\(arguments[0]): \(run.errors)")
        expectNone(in: Data((run.output + run.errors).utf8), "the output of \(arguments[0])")
    }

    @Test("Echoes, redirects, error pages, error objects and refused keys: nothing that is written holds the key")
    func canary() throws {
        let folder = try ScratchFolder()
        let server = try MockEndpoint(folder, script: "relay_endpoint.py")
        try folder.sealProbes(6, draws: 2)
        try folder.write(Self.canary + "\n", to: "endpoint.key")
        let key = "key_file = \"\(folder.path("endpoint.key"))\""
        var names: [String] = []
        func add(_ name: String, _ role: String, _ model: String, _ lineage: String?) throws {
            try server.file(name, role, model: model, lineage: lineage, concurrency: 2, more: key, in: folder)
            names.append(name)
        }
        try add("own", "protected", "own.echo", "own")
        try add("a", "panel", "a.echo", "a")
        for behaviour in ["echo", "page", "redirect", "wrong_key", "error_object"] {
            try add(behaviour.replacing("_", with: "-"), "suspect", "own.\(behaviour)", nil)
        }
        try folder.planCase(names)
        let place = folder.path("case")
        for name in names.dropFirst(2) {
            let check = try CommandLineRun("endpoint", "check", folder.path("\(name).toml"), "--json")
            expectNone(in: Data((check.output + check.errors).utf8), "the check of \(name)")
        }
        try run(["collect", place, "--json", "--key", folder.path("key.pem")], status: 4)
        #expect(server.requests.contains { $0.hasSuffix(" " + Self.canary) }, "the key was sent")
        try run(["collect", place], status: 4)
        try run(["compare", place, "--json"], status: 0)
        try run(["compare", place], status: 0)
        try run(["archive", place, "--suspect", "echo", "--key", folder.path("key.pem"), "--fast"], status: 0)
        let bundle = folder.path("case/bundles/echo.bundle.tar.zst")
        try run(["verify", bundle, "--key", folder.path("key.pem.pub"), "--json"], status: 0)
        try run(["report", place, "--suspect", "echo", "--out", folder.path("case/report.html")], status: 0)

        let unpacked = try #require(ExternalTool("zstd")).run(["-dqc", bundle])
        #expect(unpacked.status == 0 && unpacked.output.count > 10_000)
        expectNone(in: Data(unpacked.output), "the bundle")
        let files = try folder.contents(of: "case")
        for (name, data) in files { expectNone(in: data, name) }
        // The search would find it: what was masked is there as asterisks of the same length.
        let spool = try #require(files["spool/000000.spool"])
        let masked = "Authorization: Bearer " + String(repeating: "*", count: Self.canary.utf8.count)
        #expect(spool.range(of: Data(masked.utf8)) != nil)
        #expect(spool.range(of: Data("Location: http://127.0.0.1:9/?key=*".utf8)) != nil)
        let temporary = try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
        #expect(!temporary.contains { $0.hasPrefix("core") })
    }

    @Test("A key in an address, which DNS and TLS send in the open, is refused without being repeated")
    func address() throws {
        let folder = try ScratchFolder()
        let key = "skcanary0123456789"
        try folder.write(key, to: "endpoint.key")
        let file = try folder.write(
            """
            name = "s"
            role = "suspect"
            url = "https://\(key).example.com/v1"
            model = "m"
            key_file = "endpoint.key"
            """, to: "s.toml")
        let run = try CommandLineRun("endpoint", "check", file, "--json")
        #expect(run.status == 3 && run.errors.contains("belongs into its key file alone"))
        #expect(!(run.output + run.errors).contains(key))
    }
}
