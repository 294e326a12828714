import Foundation

/// A program of the machine that turns a report's page into a PDF. None is needed for anything else.
struct PDFRenderer {
    let name: String
    private let path: String

    /// The programs that can do it, in the order in which they are tried.
    static let names = ["weasyprint", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]

    private static let allowed = DispatchTimeInterval.seconds(120)

    /// Finds those of them that are on the search path.
    static func installed() throws -> [PDFRenderer] {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":")
        let found = names.compactMap { name in
            folders.map { "\($0)/\(name)" }.first(where: FileManager.default.isExecutableFile(atPath:))
                .map { PDFRenderer(name: name, path: $0) }
        }
        guard !found.isEmpty else {
            throw CommandError(
                .badInput,
                "--pdf needs one of \(names.joined(separator: ", ")) on the search path, and there is none. Install one "
                    + "(Debian: apt-get install weasyprint), or print the page from a browser.")
        }
        return found
    }

    /// Renders a page with the first program that manages to: one that is installed may still lack a library.
    ///
    /// The PDF is not reproducible byte by byte: renderers put their version and a time into it.
    ///
    /// - Throws: `cannotWrite` with what each program said, if every one fails or takes longer than two minutes.
    static func render(_ page: String, to file: String, with renderers: [PDFRenderer]) throws {
        var failures: [String] = []
        for renderer in renderers {
            switch try renderer.render(page) {
            case .success(let bytes): return try FileBytes.write(bytes, to: file, replacing: true)
            case .failure(let failure): failures.append("\(renderer.name) \(failure.reason)")
            }
        }
        throw CommandError(
            .cannotWrite, "no PDF was made: \(failures.joined(separator: "; ")). Print \(page) from a browser.")
    }

    private struct Failure: Error {
        let reason: String
    }

    private func render(_ page: String) throws -> Result<[UInt8], Failure> {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("whorl-pdf-\(UUID().uuidString)")
        try FileBytes.makeFolder(folder.path)
        defer { try? FileManager.default.removeItem(at: folder) }
        let output = folder.appendingPathComponent("report.pdf").path
        let complaints = folder.appendingPathComponent("errors").path
        try FileBytes.write([], to: complaints, replacing: false)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments(page: page, output: output, profile: folder.path)
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle(forWritingAtPath: complaints)
        let ended = DispatchSemaphore(value: 0)
        process.terminationHandler = { _ in ended.signal() }
        try process.run()
        guard ended.wait(timeout: .now() + Self.allowed) == .success else {
            process.terminate()
            return .failure(Failure(reason: "did not finish within two minutes"))
        }
        guard process.terminationStatus == 0, let bytes = FileManager.default.contents(atPath: output),
            bytes.starts(with: Array("%PDF-".utf8))
        else {
            let said = (try? String(contentsOfFile: complaints, encoding: .utf8))?.split(separator: "\n").last
            let status = "ended with status \(process.terminationStatus)"
            return .failure(Failure(reason: status + (said.map { ", saying “\($0)”" } ?? "")))
        }
        return .success(Array(bytes))
    }

    private func arguments(page: String, output: String, profile: String) -> [String] {
        let address = URL(fileURLWithPath: page).absoluteString
        if name == "weasyprint" { return [address, output] }
        // The page has no scripts and loads nothing; a browser's own sandbox cannot be had as root.
        return ["--headless", "--disable-gpu", "--no-first-run", "--user-data-dir=\(profile)/profile"]
            + (geteuid() == 0 ? ["--no-sandbox"] : [])
            + ["--no-pdf-header-footer", "--print-to-pdf=\(output)", address]
    }
}
