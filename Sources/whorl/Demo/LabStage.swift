import Foundation

/// Real models behind loopback endpoints, started by the lab's scripts and stopped with this process.
final class LabStage {
    /// One endpoint of the scene, as an investigator knows it.
    struct Endpoint: Decodable {
        let name: String
        let role: String
        let lineage: String?
        let url: String
        let model: String
    }

    /// What is really behind an endpoint. Nothing reads it before the verdicts stand.
    struct Truth: Codable {
        let name: String
        let relation: String
        let model: String
        let how: String
    }

    /// A model that the scene can do without and that the zoo does not hold.
    struct Missing: Decodable {
        let name: String
        let model: String
    }

    private struct Announcement: Decodable {
        let endpoints: [Endpoint]
        let truth: [Truth]
        let missing: [Missing]
    }

    let endpoints: [Endpoint]
    let truth: [Truth]
    let missing: [Missing]
    private let process: Process
    // Closing this pipe ends the servers, also when this process dies.
    private let lifeline: Pipe

    /// Starts the scene and waits until every endpoint answers.
    init(lab: String, zoo: String) throws {
        let script = lab + "/stage.py"
        guard FileManager.default.fileExists(atPath: script) else {
            throw CommandError(
                .badInput, "\(script) is missing: run `whorl demo` in the project's folder, or name the lab with --lab")
        }
        guard FileManager.default.fileExists(atPath: zoo + "/zoo.json") else {
            throw CommandError(
                .badInput, "\(zoo)/zoo.json is missing: fetch the models with `\(lab)/zoo.py fetch \(zoo)`")
        }
        process = Process()
        lifeline = Pipe()
        let output = Pipe()
        let errors = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", script, "--zoo", zoo, "--scene", lab + "/scenes/demo.json"]
        process.standardInput = lifeline
        process.standardOutput = output
        let log = FileManager.default.temporaryDirectory
            .appendingPathComponent("whorl-stage-\(ProcessInfo.processInfo.processIdentifier).log")
        _ = FileManager.default.createFile(atPath: log.path, contents: nil)
        process.standardError = (try? FileHandle(forWritingTo: log)) ?? errors.fileHandleForWriting
        try process.run()

        let line = Self.firstLine(of: output.fileHandleForReading)
        guard let announcement = try? JSONDecoder().decode(Announcement.self, from: line) else {
            process.terminate()
            let reason = (try? String(contentsOf: log, encoding: .utf8)) ?? ""
            throw CommandError(.endpointUnavailable, "the lab's servers did not start: \(Self.lastLines(of: reason))")
        }
        try? FileManager.default.removeItem(at: log)
        endpoints = announcement.endpoints
        truth = announcement.truth
        missing = announcement.missing
    }

    deinit { stop() }

    /// Ends every server.
    func stop() {
        try? lifeline.fileHandleForWriting.close()
        if process.isRunning { process.waitUntilExit() }
    }

    private static func firstLine(of handle: FileHandle) -> Data {
        var line = Data()
        while !line.contains(UInt8(ascii: "\n")) {
            let block = handle.availableData
            if block.isEmpty { break }
            line.append(block)
        }
        return line.prefix { $0 != UInt8(ascii: "\n") }
    }

    private static func lastLines(of text: String) -> String {
        text.split(separator: "\n").suffix(3).joined(separator: "; ")
    }
}
