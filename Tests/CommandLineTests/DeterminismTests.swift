import Foundation
import TestSupport
import Testing

/// The same case gives the same bundle, wherever and however the command runs.
@Suite("Determinism")
struct DeterminismTests {
    /// Where and how a run happens.
    struct Surroundings: Sendable, CustomTestStringConvertible {
        let testDescription: String
        /// Shell text before the command.
        let shell: String

        static let all = [
            Surroundings(testDescription: "Turkish locale", shell: "export LC_ALL=tr_TR.UTF-8 LANG=tr_TR.UTF-8"),
            Surroundings(testDescription: "no locale", shell: "unset LC_ALL LANG LANGUAGE"),
            Surroundings(testDescription: "a zone far east", shell: "export TZ=Pacific/Kiritimati"),
            Surroundings(testDescription: "a zone far west", shell: "export TZ=America/Los_Angeles"),
            Surroundings(testDescription: "a narrow umask", shell: "umask 077"),
            Surroundings(testDescription: "a wide umask", shell: "umask 000"),
            Surroundings(testDescription: "another home", shell: "export HOME=/nonexistent"),
            Surroundings(testDescription: "another folder", shell: "cd /"),
            Surroundings(testDescription: "one processor", shell: "p='taskset -c 0'"),
            Surroundings(testDescription: "other hash seeds", shell: "unset SWIFT_DETERMINISTIC_HASHING"),
        ]
    }

    @Test("The same case gives the same bundle in any surroundings and any order of its folder")
    func archive() throws {
        let folder = try ScratchFolder()
        try folder.makeCase()
        let bash = try #require(ExternalTool("bash"))
        func seal(_ number: Int, _ shell: String) throws -> Data {
            let copy = folder.path("copy\(number)")
            // Files come into a copy in another order each time, so that the folder lists them in another.
            let order = number % 2 == 0 ? "sort" : "sort -r"
            let made = try bash.run([
                "-c",
                "mkdir \"$1\" && cd \"$0\" && find . -type f | \(order) | cpio -pdm --quiet \"$1\" 2>/dev/null || cp -a \"$0/.\" \"$1\"",
                folder.path("case"), copy,
            ])
            #expect(made.status == 0, "\(made.errors)")
            let out = folder.path("bundle\(number).tar.zst")
            let run = try bash.run([
                "-c", "\(shell); exec $p \"$@\"", "bash", CommandLineRun.binary.path, "archive", copy, "--suspect",
                "suspect",
                "--key", folder.path("key.pem"), "--out", out,
            ])
            #expect(run.status == 0, "\(run.errors)")
            return try Data(contentsOf: URL(fileURLWithPath: out))
        }
        let expected = try seal(0, "true")
        #expect(expected.count > 1_000)
        for (number, surroundings) in Surroundings.all.enumerated() {
            #expect(try seal(number + 1, surroundings.shell) == expected, "\(surroundings)")
        }
        // A positive control: a case that differs gives another bundle.
        #expect(try CommandLineRun("compare", folder.path("case")).status == 0)
        #expect(try seal(99, "true") != expected)
    }
}
