import Foundation
import TestSupport
import Testing

/// Made-up models behind a loopback port, and endpoint files that name them.
final class MockEndpoint {
    let port: Int
    private let process = Process()
    private let standardInput = Pipe()
    private let log: String

    /// Starts `Fixtures/mock_endpoint.py`, or another script of its kind.
    init(_ folder: ScratchFolder, script name: String = "mock_endpoint.py") throws {
        log = folder.path("requests.log")
        let python = try #require(ExternalTool("python3"))
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Fixtures/\(name)").path
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: python.path)
        process.arguments = ["-B", script, log]
        process.standardInput = standardInput
        process.standardOutput = output
        try process.run()
        let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
        port = try #require(Int(line.trimmingCharacters(in: .whitespacesAndNewlines)))
    }

    deinit {
        try? standardInput.fileHandleForWriting.close()
        process.waitUntilExit()
    }

    /// What was asked, one line a request: the model, the digest of the prompt, and what else the script writes.
    var requests: [String] {
        ((try? String(contentsOfFile: log, encoding: .utf8)) ?? "").split(separator: "\n").map(String.init)
    }

    /// Writes an endpoint file. The model is a lineage with or without a twist.
    @discardableResult
    func file(
        _ name: String, _ role: String, model: String, lineage: String?, concurrency: Int = 4, more: String = "",
        in folder: ScratchFolder
    ) throws -> String {
        let stated = lineage.map { "lineage = \"\($0)\"\n" } ?? ""
        return try folder.write(
            """
            name = "\(name)"
            role = "\(role)"
            url = "http://127.0.0.1:\(port)/v1"
            model = "\(model)"
            max_concurrency = \(concurrency)
            \(stated)\(more)
            """, to: "\(name).toml")
    }
}
