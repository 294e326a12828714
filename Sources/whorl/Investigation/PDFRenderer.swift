import Foundation

/// A program of the machine that turns a report's page into a PDF. None is needed for anything else.
struct PDFRenderer {
    let name: String
    private let path: String

    /// The programs that can do it, in the order in which they are tried.
    static let names = ["weasyprint", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]

    /// Finds the first of them on the search path.
    static func find() throws -> PDFRenderer {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":")
        for name in names {
            let candidates = folders.map { "\($0)/\(name)" }
            if let path = candidates.first(where: FileManager.default.isExecutableFile(atPath:)) {
                return PDFRenderer(name: name, path: path)
            }
        }
        throw CommandError(
            .badInput,
            "--pdf needs one of \(names.joined(separator: ", ")) on the search path, and there is none. Install one "
                + "(Debian: apt-get install weasyprint), or print the page from a browser.")
    }

    /// Renders a page. The PDF is not reproducible byte by byte: renderers put their version and a time into it.
    ///
    /// - Throws: `cannotWrite` if the program fails or takes longer than two minutes.
    func render(_ page: String, to file: String) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("whorl-pdf-\(UUID().uuidString)")
        try FileBytes.makeFolder(folder.path)
        defer { try? FileManager.default.removeItem(at: folder) }
        let output = folder.appendingPathComponent("report.pdf")
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments(page: page, output: output.path, profile: folder.path)
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        let deadline = Date().addingTimeInterval(120)
        while process.isRunning {
            guard Date() < deadline else {
                process.terminate()
                throw CommandError(.cannotWrite, "\(name) did not finish within two minutes; \(file) was not written")
            }
            Thread.sleep(forTimeInterval: 0.05)
        }
        guard process.terminationStatus == 0, let bytes = FileManager.default.contents(atPath: output.path),
            bytes.starts(with: Array("%PDF-".utf8))
        else {
            throw CommandError(
                .cannotWrite, "\(name) made no PDF (status \(process.terminationStatus)); print \(page) from a browser")
        }
        try FileBytes.write(Array(bytes), to: file, replacing: true)
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
