import CoreFoundation
import Evidence
import ForensicTypes
import Foundation
import TestSupport
import Testing

/// Input that is made to keep a reader busy. What counts is the processor time of the thread, whatever else the machine does.
@Suite("Bounded time")
struct BoundedTimeTests {
    /// The processor time that something takes, in seconds.
    private func seconds(_ body: () throws -> Void) rethrows -> Double {
        func now() -> Double {
            var time = timespec()
            unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
            return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
        }
        let start = now()
        try body()
        return now() - start
    }

    @Test(
        "A hundred thousand empty frames in the midst of a file are read without copying what waits for its rest",
        .enabled(if: ExternalTool.areAvailable("zstd"), "zstd is missing"))
    func emptyFrames() async throws {
        let workspace = try Workspace()
        let sample = try SampleCase(count: 4, body: 400_000)
        try await sample.write(to: workspace.path("b"), compression: .none)
        let plain = try workspace.read("b")
        let archive = TapeArchive(plain)
        let segment = archive["data/segments/000000.seg"]
        #expect(segment.count > 1_100_000)
        let start = try #require(plain.firstRange(of: segment.prefix(64))?.lowerBound)
        let cut = start + 1_000_000
        for (name, bytes) in [("1", plain[..<cut]), ("0", plain[..<0]), ("2", plain[cut...])] {
            try workspace.write(Array(bytes), to: name)
        }
        let zstd = try #require(ExternalTool("zstd"))
        func frame(_ name: String) throws -> [UInt8] { try zstd.run(["-1", "-qc", workspace.path(name)]).output }
        let empty = try frame("0")
        #expect(empty.count == 13)
        let front = try frame("1")
        let frames = front + (0..<100_000).flatMap { _ in empty } + (try frame("2"))
        try workspace.write(frames, to: "b")
        let spent = try seconds {
            let report = try BundleVerifier.verify(path: workspace.path("b"), pinned: sample.key.verificationKey)
            #expect(report.exitCode == 0)
        }
        #expect(spent < 8, "\(spent) s")
    }

    @Test(
        "Files of 40 MiB that grow in memory are refused at once",
        arguments: [
            ("data/keys/reviewer.pem", "\n", 11), ("data/custody.jsonl", "\n", 20), ("data/results/a.json", "[", 20),
            ("data/results/a.json", "[0,", 20), ("data/plan/register.jsonl", "\n", 60),
        ] as [(String, String, Int32)])
    func growing(path: String, text: String, code: Int32) async throws {
        let workspace = try Workspace()
        let sample = try SampleCase()
        try await sample.write(to: workspace.path("b"), compression: .none)
        var archive = TapeArchive(try workspace.read("b"))
        let unit = Array(text.utf8).suffix(2)
        let count = (40 << 20) / unit.count
        archive[path] = Array(text.utf8.prefix(1)) + Array(repeating: Array(unit), count: count).joined()
        try archive.seal(with: sample.key)
        try workspace.write(archive.bytes, to: "b")
        let spent = try seconds {
            let report = try BundleVerifier.verify(path: workspace.path("b"), pinned: sample.key.verificationKey)
            #expect(report.exitCode == code, "\(report.checks.filter { $0.outcome == .failed })")
        }
        #expect(spent < 5, "\(spent) s")
    }

    @Test("Certificates that all signed each other are not tried in every order")
    func mutualCertificates() throws {
        let start: Int64 = 1_795_000_000
        let key = try SigningKey.generate()
        func root(_ key: SigningKey, _ name: String = "one of many") throws -> CertificateIssuer {
            try CertificateIssuer.makeRoot(name: name, key: key, start: start, days: 3650)
        }
        let issuers = try (0..<7).map { _ in try root(key) }
        #expect(Set(issuers.map(\.root)).count == 7)
        let leaf = try issuers[0].certify(
            SigningKey.generate().verificationKey, name: "Laboratory A", start: start, days: 90)
        let stranger = try root(.generate(), "another").root
        let others = issuers.map(\.root)
        let spent = seconds {
            #expect(!leaf.leads(to: [stranger], among: others, at: start + 1))
        }
        #expect(spent < 1, "\(spent) s")
        // The way is still found where there is one.
        #expect(leaf.leads(to: [others[6]], among: Array(others.prefix(6)), at: start + 1))
    }
}
