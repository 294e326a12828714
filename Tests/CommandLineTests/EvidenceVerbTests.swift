import Foundation
import Testing

/// The verbs of evidence as their users run them, with authorities made by openssl behind loopback HTTP.
@Suite("Verbs of evidence", .enabled(if: Authority.isAvailable, "openssl or python3 is missing"))
struct EvidenceVerbTests {
    @Test("A root and a collector's certificate are made, and openssl verifies one under the other")
    func keys() throws {
        let folder = try ScratchFolder()
        #expect(
            try CommandLineRun("key", "new", folder.path("root.pem"), "--authority", "--name", "case root").status == 0)
        let made = try CommandLineRun(
            "key", "new", folder.path("c.pem"), "--issuer", folder.path("root.pem"), "--name", "Laboratory A", "--json")
        #expect(made.status == 0, "\(made.errors)")
        #expect(try made.json()["certificate"] as? String == folder.path("c.pem.crt"))
        let openssl = Process()
        openssl.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
        openssl.arguments = [
            "verify", "-x509_strict", "-CAfile", folder.path("root.pem.crt"), folder.path("c.pem.crt"),
        ]
        openssl.standardOutput = FileHandle.nullDevice
        try openssl.run()
        openssl.waitUntilExit()
        #expect(openssl.terminationStatus == 0)
        #expect(
            try CommandLineRun("key", "new", folder.path("d.pem"), "--issuer", folder.path("root.pem")).status == 64)
        let long = try CommandLineRun(
            "key", "new", folder.path("d.pem"), "--issuer", folder.path("root.pem"), "--name", "x", "--days", "91")
        #expect(long.status == 3 && !FileManager.default.fileExists(atPath: folder.path("d.pem")))
        #expect(try CommandLineRun("key", "new", folder.path("p.pem"), "--algorithm", "p256").status == 0)
    }

    @Test("A file is stamped by two authorities, and an authority that is not pinned is refused")
    func timestamp() throws {
        let folder = try ScratchFolder()
        let one = try Authority(folder.path("one")), two = try Authority(folder.path("two"))
        let file = try folder.write("what is stamped", to: "notes.txt")
        let made = try CommandLineRun(
            "timestamp", file, "--url", one.url, "--url", two.url, "--tsa-root", one.root, "--tsa-root", two.root,
            "--json")
        #expect(made.status == 0, "\(made.errors)")
        let stamps = try #require(try made.json()["timestamps"] as? [[String: Any]])
        #expect(stamps.count == 2)
        for (stamp, authority) in zip(stamps, [one, two]) {
            let path = try #require(stamp["file"] as? String)
            #expect(try authority.opensslAccepts(path, over: file))
        }
        let other = try folder.write("another", to: "other.txt")
        let refused = try CommandLineRun("timestamp", other, "--url", one.url, "--tsa-root", two.root)
        #expect(refused.status == 3 && refused.errors.contains("does not lead to a pinned root"))
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: folder.url.path).filter { $0.hasPrefix("other") } == [
                "other.txt"
            ])
    }

    @Test("An authority that is not there, or is none, is named with the reason")
    func noAuthority() throws {
        let folder = try ScratchFolder()
        let file = try folder.write("x", to: "x")
        #expect(try CommandLineRun("timestamp", file, "--url", "http://127.0.0.1:1/").status == 4)
        #expect(try CommandLineRun("timestamp", file, "--url", "ftp://x").status == 3)
        #expect(try CommandLineRun("timestamp", folder.path("none"), "--url", "http://127.0.0.1:1/").status == 3)
    }

    @Test("Verbs that check say what they need")
    func usage() throws {
        #expect(try CommandLineRun("disclose", "b", "--record", "1", "--out", "x").status == 64)
        #expect(try CommandLineRun("disclose", "--key", "k").status == 64)
        #expect(try CommandLineRun("handover", "b", "--signer", "s", "--key", "k").status == 64)
        #expect(try CommandLineRun("key", "new", "x", "--authority").status == 64)
    }
}

/// The authority of `Tools/lab/authority.py`, as long as this lives.
final class Authority {
    let url: String
    let root: String
    private let identifier: pid_t

    static let isAvailable = ["/usr/bin/openssl"].allSatisfy(FileManager.default.isExecutableFile(atPath:))

    init(_ folder: String) throws {
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../Tools/lab/authority.py").standardizedFileURL.path
        // The shell closes what it inherited before it starts the server: a server that holds the other end of another
        // process's pipe would keep that process from being seen to end.
        let shell = Process()
        shell.executableURL = URL(fileURLWithPath: "/bin/bash")
        shell.arguments = [
            "-c",
            """
            for f in /proc/$$/fd/*; do n=${f##*/}; if [ "$n" -gt 2 ]; then eval "exec $n>&-"; fi; done
            python3 -B "$0" "$1" < /dev/null > /dev/null 2>&1 &
            echo $! > "$1.pid"
            """, script, folder,
        ]
        try shell.run()
        shell.waitUntilExit()
        let text = try String(contentsOfFile: folder + ".pid", encoding: .utf8)
        identifier = try #require(pid_t(text.trimmingCharacters(in: .whitespacesAndNewlines)))
        var address: String?
        for _ in 0..<600 where address == nil {
            address = try? String(contentsOfFile: folder + "/url", encoding: .utf8)
            if address == nil { usleep(50_000) }
        }
        url = try #require(address)
        root = folder + "/root.pem"
    }

    // A process that a test starts inherits the blocked signals of its thread, so a polite signal never arrives.
    deinit { kill(identifier, SIGKILL) }

    func opensslAccepts(_ token: String, over file: String) throws -> Bool {
        let openssl = Process()
        openssl.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
        openssl.arguments = [
            "ts", "-verify", "-in", token, "-data", file, "-CAfile", root, "-attime",
            String(Int(Date().timeIntervalSince1970)),
        ]
        openssl.standardOutput = FileHandle.nullDevice
        openssl.standardError = FileHandle.nullDevice
        try openssl.run()
        openssl.waitUntilExit()
        return openssl.terminationStatus == 0
    }
}
