import Foundation
import TestSupport
import Testing

@Suite("Report verb")
struct ReportCommandTests {
    @Test("It writes a page that states its own digest, and says the same as JSON and to a terminal")
    func page() throws {
        let folder = try ScratchFolder()
        try folder.makeCase()
        let run = try CommandLineRun("report", folder.path("case"), "--suspect", "suspect", "--json")
        #expect(run.status == 0, "\(run.errors)")
        let result = try run.json()
        let file = try #require(result["file"] as? String)
        let page = try String(contentsOfFile: file, encoding: .utf8)
        #expect(page.contains("What this does not mean"))
        #expect(page.utf8.count == result["bytes"] as? Int)
        let report = try #require(result["report"] as? [String: Any])
        #expect((report["heading"] as? String)?.hasPrefix("Uninformative") == true)
        #expect((report["deviations"] as? [String])?.isEmpty == false)

        let text = try CommandLineRun("report", folder.path("case"), "--suspect", "suspect")
        #expect(text.output.contains("clears nobody"))
        #expect(text.output.contains("No bundle lay in the case"))
        #expect(try String(contentsOfFile: file, encoding: .utf8) == page)
    }

    @Test("A sealed bundle is verified, and every check stands in the report")
    func checks() throws {
        let folder = try ScratchFolder()
        try folder.makeCase()
        let sealed = try CommandLineRun(
            "archive", folder.path("case"), "--suspect", "suspect", "--key", folder.path("key.pem"), "--fast", "--json")
        #expect(sealed.status == 0, "\(sealed.errors)")
        let facts = try #require(try sealed.json()["facts"] as? [String: Any])
        let archive = try #require(facts["archive"] as? String)
        let run = try CommandLineRun(
            "report", folder.path("case"), "--suspect", "suspect", "--out", folder.path("r.html"))
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output.contains("Checks of the bundle"))
        #expect(!run.output.contains("is not the one in the bundle"))
        let page = try String(contentsOfFile: folder.path("r.html"), encoding: .utf8)
        #expect(page.contains(archive))
        #expect(page.contains("What the verifier found"))

        // What the bundle lists is not counted again in other words.
        let report = try CommandLineRun("report", folder.path("case"), "--suspect", "suspect", "--json").json()
        let summary = try #require(report["report"] as? [String: Any])
        let departures = try #require(summary["deviations"] as? [String])
        #expect(departures.contains { $0.contains("planned draws have no answer") || $0.contains("has no record") })
        #expect(!departures.contains { $0.contains("no usable answer") && $0.hasPrefix("suspect:") })
    }

    @Test("A result that is not the one in the bundle is told before the finding, and a damaged one names its file")
    func otherResult() throws {
        let folder = try ScratchFolder()
        try folder.makeCase()
        let sealed = try CommandLineRun(
            "archive", folder.path("case"), "--suspect", "suspect", "--key", folder.path("key.pem"), "--fast")
        #expect(sealed.status == 0, "\(sealed.errors)")
        let file = folder.path("case/results/suspect.json")
        let result = try String(contentsOfFile: file, encoding: .utf8)
        let other = result.replacing("clears nobody", with: "clears no one")
        try #require(other != result)
        try Data(other.utf8).write(to: URL(fileURLWithPath: file))
        let run = try CommandLineRun("report", folder.path("case"), "--suspect", "suspect")
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output.contains("The result in this report is not the one in the bundle"))

        try Data(result.utf8.dropLast(9)).write(to: URL(fileURLWithPath: file))
        let damaged = try CommandLineRun("report", folder.path("case"), "--suspect", "suspect")
        #expect(damaged.status == 3, "\(damaged.errors)")
        #expect(damaged.errors.contains("results/suspect.json is damaged or of another version: run `whorl compare"))
    }

    @Test("A bundle that does not verify is told on the first page, and is another thing than none")
    func failedBundle() throws {
        let folder = try ScratchFolder()
        try folder.makeCase()
        let sealed = try CommandLineRun(
            "archive", folder.path("case"), "--suspect", "suspect", "--key", folder.path("key.pem"), "--fast")
        #expect(sealed.status == 0, "\(sealed.errors)")
        let bundle = URL(fileURLWithPath: folder.path("case/bundles/suspect.bundle.tar.zst"))
        let bytes = try Data(contentsOf: bundle)
        try bytes.prefix(bytes.count / 2).write(to: bundle)
        let run = try CommandLineRun(
            "report", folder.path("case"), "--suspect", "suspect", "--out", folder.path("r.html"))
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output.contains("did NOT verify"))
        let page = try String(contentsOfFile: folder.path("r.html"), encoding: .utf8)
        let first = try #require(page.range(of: "What this does not mean")).lowerBound
        #expect(page[..<first].contains("did NOT verify"))
        #expect(!page.contains("no bundle lay in the case"))
    }

    @Test("Without a renderer --pdf says what to install, and writes nothing")
    func noRenderer() throws {
        let folder = try ScratchFolder()
        try folder.makeCase()
        let bash = try #require(ExternalTool("bash"))
        let run = try bash.run([
            "-c", "PATH=/nonexistent exec \"$0\" report \"$1\" --suspect suspect --pdf", CommandLineRun.binary.path,
            folder.path("case"),
        ])
        #expect(run.status == 3)
        #expect(run.errors.contains("weasyprint"))
        #expect(!FileManager.default.fileExists(atPath: folder.path("case/reports/suspect.html")))
    }

    @Test(
        "With a renderer --pdf writes a PDF beside the page",
        .enabled(if: rendererWorks, "neither weasyprint nor chromium is installed and works"))
    func pdf() throws {
        let folder = try ScratchFolder()
        try folder.makeCase()
        let run = try CommandLineRun(
            "report", folder.path("case"), "--suspect", "suspect", "--pdf", "--out", folder.path("r.html"))
        try #require(run.status == 0, "\(run.errors)")
        let bytes = try Data(contentsOf: URL(fileURLWithPath: folder.path("r.pdf")))
        #expect(bytes.starts(with: Data("%PDF-".utf8)))
    }

    @Test("A renderer that is installed and broken gives way to the next, and what it said is told if none works")
    func brokenRenderer() throws {
        let folder = try ScratchFolder()
        try folder.makeCase()
        try FileManager.default.createDirectory(atPath: folder.path("bin"), withIntermediateDirectories: false)
        try folder.program("bin/weasyprint", "echo trace >&2; echo 'no module of that name' >&2; exit 1")
        let broken = try report(in: folder)
        #expect(broken.status == 6)
        #expect(broken.errors.contains("weasyprint ended with status 1, saying “no module of that name”"))
        #expect(broken.errors.contains("Print \(folder.path("r.html")) from a browser"))
        #expect(!FileManager.default.fileExists(atPath: folder.path("r.pdf")))

        let printing = "for a; do case $a in --print-to-pdf=*) printf %%PDF-1.7 >\"${a#*=}\";; esac; done"
        try folder.program("bin/chromium", printing)
        let second = try report(in: folder)
        #expect(second.status == 0, "\(second.errors)")
        #expect(try String(contentsOfFile: folder.path("r.pdf"), encoding: .utf8) == "%PDF-1.7")
    }

    /// Runs the verb with a search path that has the folder's own programs only.
    private func report(in folder: ScratchFolder) throws -> ExternalTool.Outcome {
        let bash = try #require(ExternalTool("bash"))
        return try bash.run([
            "-c", "PATH=\"$1/bin\" exec \"$0\" report \"$1/case\" --suspect suspect --pdf --out \"$1/r.html\"",
            CommandLineRun.binary.path, folder.path(""),
        ])
    }

    /// Whether a renderer of this machine makes a PDF of a page that is not ours.
    private static let rendererWorks: Bool = {
        guard let bash = ExternalTool("bash") else { return false }
        let script = """
            cd "$(mktemp -d)" && echo '<p>page</p>' >p.html && {
                weasyprint p.html p.pdf ||
                    chromium --headless --no-sandbox --disable-gpu --user-data-dir=profile --print-to-pdf=p.pdf p.html
            } && [ -s p.pdf ]
            """
        return (try? bash.run(["-c", script]))?.status == 0
    }()
}

extension ScratchFolder {
    fileprivate func program(_ name: String, _ script: String) throws {
        try Data("#!/bin/sh\n\(script)\n".utf8).write(to: URL(fileURLWithPath: path(name)))
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path(name))
    }
}
