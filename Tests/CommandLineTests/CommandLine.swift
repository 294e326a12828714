import Foundation
import Testing

/// Runs the built `whorl` as its users do: as a process.
struct CommandLineRun {
    let status: Int32
    let output: String
    let errors: String

    init(_ arguments: String..., input: String? = nil) throws { try self.init(arguments, input: input) }

    init(_ arguments: [String], input: String? = nil, environment added: [String: String] = [:]) throws {
        let process = Process()
        process.executableURL = Self.binary
        process.arguments = arguments
        var environment = ProcessInfo.processInfo.environment
        environment["COLUMNS"] = "100"
        environment.merge(added) { $1 }
        process.environment = environment
        // Files instead of pipes: a child that says much cannot block on a full pipe.
        let folder = try ScratchFolder()
        let outputFile = folder.url.appendingPathComponent("out")
        let errorFile = folder.url.appendingPathComponent("err")
        let inputFile = folder.url.appendingPathComponent("in")
        try Data((input ?? "").utf8).write(to: inputFile)
        for file in [outputFile, errorFile] { try Data().write(to: file) }
        process.standardInput = try FileHandle(forReadingFrom: inputFile)
        process.standardOutput = try FileHandle(forWritingTo: outputFile)
        process.standardError = try FileHandle(forWritingTo: errorFile)
        try process.run()
        process.waitUntilExit()
        status = process.terminationStatus
        output = String(decoding: try Data(contentsOf: outputFile), as: UTF8.self)
        errors = String(decoding: try Data(contentsOf: errorFile), as: UTF8.self)
    }

    /// The binary lies beside the test bundle.
    static let binary = Bundle.module.bundleURL.deletingLastPathComponent().appendingPathComponent("whorl")

    /// The one JSON object that `--json` prints.
    func json() throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any])
    }
}

/// A folder of its own for one test, removed afterwards.
final class ScratchFolder {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appendingPathComponent("whorl-test-" + UUID().uuidString)
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    func path(_ name: String) -> String { url.appendingPathComponent(name).path }

    @discardableResult
    func write(_ text: String, to name: String) throws -> String {
        try Data(text.utf8).write(to: url.appendingPathComponent(name))
        return path(name)
    }
}

/// Compares text with a committed file. `WHORL_RECORD=1 Tools/test --filter Snapshot` writes the files anew.
enum Snapshot {
    static func check(_ text: String, _ name: String) throws {
        if ProcessInfo.processInfo.environment["WHORL_RECORD"] == "1" {
            let source = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Fixtures")
            try Data(text.utf8).write(to: source.appendingPathComponent(name))
            return
        }
        let file = Bundle.module.bundleURL.appendingPathComponent("Fixtures").appendingPathComponent(name)
        let expected = try String(contentsOf: file, encoding: .utf8)
        #expect(text == expected, "differs from Fixtures/\(name)")
    }
}
