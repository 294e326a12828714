import Foundation
import Reporting
import TestSupport
import Testing

/// No text from outside changes the structure of a page, as real parsers of HTML see it.
@Suite("Injection")
struct InjectionTests {
    /// Prints one line for each page: the digest of its elements and attributes in order, and how many there are.
    private static let structure = """
        import glob, hashlib, sys
        names = sorted(glob.glob(sys.argv[1] + '/*.html'))
        try:
            import html5lib
            def parts(text):
                def walk(node):
                    yield str(node.tag), sorted(map(str, node.attrib))
                    for child in node: yield from walk(child)
                return [part for part in walk(html5lib.parse(text, namespaceHTMLElements=False)) if '<' not in part[0]]
        except ImportError:
            from html.parser import HTMLParser
            class Parser(HTMLParser):
                def __init__(self):
                    super().__init__(); self.parts = []
                def handle_starttag(self, tag, attrs): self.parts.append((tag, sorted(k for k, v in attrs)))
                def handle_endtag(self, tag): self.parts.append(('/' + tag, []))
                def handle_comment(self, data): self.parts.append(('comment', []))
            def parts(text):
                parser = Parser(); parser.feed(text); parser.close()
                return parser.parts
        for name in names:
            found = parts(open(name, encoding='utf-8', newline='').read())
            print(name.rsplit('/', 1)[1], len(found), hashlib.sha256(repr(found).encode()).hexdigest())
        """

    private func folder(_ name: String) throws -> URL {
        let url = FileManager.default.temporaryDirectory.appending(path: "report-\(name)-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        return url
    }

    @Test(
        "No payload changes the structure of the page, in whichever field it comes",
        .enabled(if: ExternalTool.areAvailable("python3"), "python3 is missing"))
    func everyField() throws {
        let folder = try folder("fields")
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data(HTMLReport(try ReportCase().content()).render().utf8).write(to: folder.appending(path: "benign.html"))
        for field in ReportCase.Field.allCases {
            for (number, payload) in Payloads.markup.enumerated() {
                var given = ReportCase()
                given.texts[field] = payload
                let page = HTMLReport(try given.content()).render()
                try Data(page.utf8).write(to: folder.appending(path: "\(field.rawValue)-\(number).html"))
            }
        }
        let outcome = try #require(ExternalTool("python3")).run(["-c", Self.structure, folder.path])
        #expect(outcome.status == 0, "\(outcome.errors)")
        let lines = String(decoding: outcome.output, as: UTF8.self).split(separator: "\n").map {
            $0.split(separator: " ")
        }
        let benign = try #require(lines.first { $0[0] == "benign.html" })
        #expect(try #require(Int(benign[1])) > 200)
        #expect(lines.count == ReportCase.Field.allCases.count * Payloads.markup.count + 1)
        for line in lines { #expect(line[1...] == benign[1...], "\(line[0])") }
    }

    @Test(
        "A browser makes no request and opens no dialog for a page full of payloads, and sees no element of theirs",
        .enabled(if: ExternalTool.areAvailable("chromium"), "chromium is missing"))
    func browser() throws {
        let folder = try folder("browser")
        defer { try? FileManager.default.removeItem(at: folder) }
        var given = ReportCase()
        for field in ReportCase.Field.allCases {
            given.texts[field] = Payloads.markup.filter { $0.utf8.count < 200 }.joined(separator: " ")
        }
        // The cut of long answers would hide most of them.
        let pages = try [ReportCase(), given].map { HTMLReport(try $0.content()).render() }
        var structures: [[String]] = []
        for (number, page) in pages.enumerated() {
            let file = folder.appending(path: "\(number).html")
            let log = folder.appending(path: "\(number).json")
            try Data(page.utf8).write(to: file)
            let outcome = try #require(ExternalTool("chromium")).run([
                "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync", "--user-data-dir=\(folder.path)/profile\(number)",
                "--log-net-log=\(log.path)", "--enable-logging=stderr", "--dump-dom", file.absoluteString,
            ])
            #expect(outcome.status == 0)
            let dom = String(decoding: outcome.output, as: UTF8.self)
            #expect(dom.contains("What this does not mean"))
            structures.append(
                dom.matches(of: /<([a-zA-Z][a-zA-Z0-9]*)((?:\s+[a-zA-Z:-]+(?:="[^"]*")?)*)\s*\/?>/).map { match in
                    String(match.output.1)
                        + String(match.output.2).matches(of: /([a-zA-Z:-]+)=/).map { " " + $0.output.1 }.joined()
                })
            let requests = try String(contentsOf: log, encoding: .utf8)
            #expect(!requests.contains("evil.example"))
            #expect(!outcome.errors.contains("Refused to"), "the policy had to stop something: \(outcome.errors)")
        }
        #expect(structures[0].count > 200)
        #expect(structures[0] == structures[1])
    }
}
