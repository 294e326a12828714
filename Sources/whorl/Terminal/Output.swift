import ArgumentParser
import Foundation

/// The options that every verb has.
struct OutputOptions: ParsableArguments {
    @Flag(help: "Print one JSON object instead of text.")
    var json = false

    @Flag(help: "Show no progress. It is also off when standard error is no terminal.")
    var quiet = false

    /// Prints a result: as JSON where asked for, else as text.
    func print(_ result: some Encodable, text: @autoclosure () -> String) throws {
        if json {
            Swift.print(try JSONText.of(result))
        } else {
            Swift.print(text())
        }
    }

    /// A progress bar, silent where progress is off.
    func progress(_ title: String) -> ProgressBar {
        ProgressBar(title: title, visible: !quiet && !json && StandardError.isTerminal)
    }

    /// A line about what is going on, on standard error.
    func note(_ line: String) {
        if !quiet && !json { StandardError.write(line + "\n") }
    }
}

/// JSON for people and for programs: sorted keys, two spaces, plain slashes.
enum JSONText {
    static func of(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }
}

/// Standard error.
enum StandardError {
    static let isTerminal = isatty(STDERR_FILENO) == 1

    static func write(_ text: String) {
        FileHandle.standardError.write(Data(text.utf8))
    }
}
