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
        #expect(text.output.contains("No bundle was sealed yet"))
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
        let page = try String(contentsOfFile: folder.path("r.html"), encoding: .utf8)
        #expect(page.contains(archive))
        #expect(page.contains("What the verifier found"))
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
        .enabled(
            if: ExternalTool.areAvailable("chromium") || ExternalTool.areAvailable("weasyprint"),
            "neither chromium nor weasyprint is installed"))
    func pdf() throws {
        let folder = try ScratchFolder()
        try folder.makeCase()
        let run = try CommandLineRun(
            "report", folder.path("case"), "--suspect", "suspect", "--pdf", "--out", folder.path("r.html"))
        #expect(run.status == 0, "\(run.errors)")
        let bytes = try Data(contentsOf: URL(fileURLWithPath: folder.path("r.pdf")))
        #expect(bytes.starts(with: Data("%PDF-".utf8)))
    }
}
