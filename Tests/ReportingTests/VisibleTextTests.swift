import Reporting
import Testing

@Suite("Visible text")
struct VisibleTextTests {
    @Test(
        "Markup characters become entities, also behind a combining mark",
        arguments: [
            ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
            ("\"\u{301} onmouseover=", "&quot;\u{301} onmouseover="),
            ("<\u{200D}b>", "&lt;\\u{200d}b&gt;"),
            ("'\u{FE0F}", "&#39;\\u{fe0f}"),
            ("a & b", "a &amp; b"),
        ])
    func entities(text: String, expected: String) {
        #expect(Array(VisibleText.escaped(text).unicodeScalars) == Array(expected.unicodeScalars))
    }

    @Test(
        "What is invisible or turns the line around is shown",
        arguments: [0x00, 0x07, 0x1B, 0x7F, 0x85, 0x9B, 0xAD, 0x200B, 0x202E, 0x2066, 0x2069, 0xFEFF, 0xE0001, 0xF8FF])
    func hidden(value: UInt32) throws {
        let scalar = try #require(Unicode.Scalar(value))
        let shown = "\\u{\(String(value, radix: 16))}"
        #expect(VisibleText.escaped(String(scalar)) == shown)
        #expect(VisibleText.terminal("a\(scalar)b") == "a\(shown)b")
    }

    @Test("Ordinary text of any script stays as it is", arguments: ["Grüße 你好 مرحبا", "e\u{301}", "🙂", "line\nline"])
    func ordinary(text: String) {
        #expect(Array(VisibleText.escaped(text).unicodeScalars) == Array(text.unicodeScalars))
    }

    @Test("A table aligns its columns and shows hidden characters")
    func table() {
        let table = TerminalTable(rows: [["name", "n"], ["a\u{1B}[2J", "10"], ["b"]])
        #expect(table.text == "name        n\na\\u{1b}[2J  10\nb")
    }
}
