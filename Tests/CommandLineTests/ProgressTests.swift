import Foundation
import TestSupport
import Testing

/// What a person sees of a collection, and what a second collector is told.
@Suite(
    "Collections in sight", .timeLimit(.minutes(3)),
    .enabled(if: ExternalTool.areAvailable("python3"), "python3 is missing"))
struct ProgressTests {
    private let folder: ScratchFolder
    private let server: MockEndpoint
    private var place: String { folder.path("case") }

    init() throws {
        folder = try ScratchFolder()
        server = try MockEndpoint(folder, script: "relay_endpoint.py")
        try folder.sealProbes(10, draws: 3)
        for (name, role, behaviour) in [
            ("own", "protected", "slow"), ("s", "suspect", "slow"), ("p", "panel", "page"),
        ] {
            try server.file(
                name, role, model: "\(name).\(behaviour)", lineage: role == "suspect" ? nil : name, concurrency: 2,
                more: "[price]\ninput_per_million = 1000\noutput_per_million = 1000\ncurrency = \"EUR\"", in: folder)
        }
        try folder.planCase(["own", "s", "p"])
    }

    @Test("On a terminal a bar tells counts, rate, time left, money and errors; elsewhere nothing is drawn")
    func bar() throws {
        let line = "import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))"
        let run = try #require(ExternalTool("python3")).run(["-c", line, CommandLineRun.binary.path, "collect", place])
        #expect(run.status == 2, "30 draws were refused")
        let shown = String(decoding: run.output, as: UTF8.self)
        let bar = /\r\e\[2Kcollect \[#+\.*\] \d+\/90  \d+\.\d\/s  \d+:\d\d left  \d+\.\d\d EUR  \d+ refused_request/
        #expect(shown.contains(bar), "\(shown.debugDescription)")
        #expect(shown.contains("used: ") && shown.contains(" EUR"))

        let quiet = try CommandLineRun("collect", place)
        #expect(quiet.status == 2 && quiet.errors.isEmpty && !quiet.output.contains("\u{1B}"))
    }

    @Test("A second collector is refused while the first lives; when that one is killed, the next goes on and says so")
    func second() throws {
        let first = Process()
        first.executableURL = CommandLineRun.binary
        first.arguments = ["collect", place, "--json"]
        first.standardOutput = FileHandle.nullDevice
        try first.run()
        while server.requests.count < 8, first.isRunning { usleep(2_000) }
        #expect(first.isRunning)
        let second = try CommandLineRun("collect", place)
        #expect(second.status == 6 && second.errors.contains("another process is writing to"), "\(second.errors)")
        kill(first.processIdentifier, SIGKILL)
        first.waitUntilExit()
        let third = try CommandLineRun("collect", place)
        #expect(third.status == 2, "\(third.errors)")
        let custody = try String(contentsOfFile: place + "/custody.jsonl", encoding: .utf8)
        #expect(custody.contains("crash_recovered") && custody.contains("process \(first.processIdentifier) on "))
        #expect(custody.contains("\"action\":\"resume\""))
    }
}
