import ContentAddressing
import Evidence
import ForensicTypes
import Foundation
import TestSupport
import Testing

/// How well the coat fits: beside what the zstd program makes of the same archive.
@Suite("Coat", .enabled(if: ExternalTool.areAvailable("zstd"), "zstd is missing"))
struct CoatTests {
    /// What exchanges read like.
    enum Wording: CaseIterable {
        /// Each word is followed by one of a few, as in speech.
        case speech
        /// Passages that occur again, some from answers far before.
        case passages
    }

    /// Draws numbers, words and texts from a seed.
    private struct Speaker {
        private var state: UInt64 = 9
        private var words: [String] = []
        private var next: [[Int]] = []
        private var passages: [String] = []

        init(_ wording: Wording) {
            let letters = Array("etaoinshrdlucmfwypvbgk")
            words = (0..<6_000).map { _ in
                String((0..<(2 + draw(8))).map { _ in letters[min(draw(22), draw(22))] })
            }
            next = (0..<6_000).map { _ in (0..<24).map { _ in min(draw(6_000), draw(6_000)) } }
            guard wording == .passages else { return }
            passages = (0..<60_000).map { _ in spoken(40 + draw(160)) }
        }

        mutating func draw(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(bound))
        }

        private mutating func spoken(_ length: Int) -> String {
            var (text, word) = ("", draw(6_000))
            while text.utf8.count < length {
                text += words[word] + " "
                word = next[word][min(draw(24), draw(24))]
            }
            return text
        }

        mutating func text(_ length: Int) -> String {
            guard !passages.isEmpty else { return spoken(length) }
            var text = ""
            while text.utf8.count < length { text += passages[draw(passages.count)] }
            return text
        }
    }

    /// A case whose exchanges are those of a chat interface.
    private static func chat(_ wording: Wording, count: Int) throws -> SampleCase {
        var sample = try SampleCase(count: count)
        var speaker = Speaker(wording)
        let prompts = (0..<100).map { _ in speaker.text(120) }
        sample.records = sample.records.enumerated().map { number, record in
            guard let parts = record.parts else { return record }
            let body = #"{"max_tokens":512,"messages":[{"content":"\#(prompts[number / 8 % 100])","role":"user"}]}"#
            let answer =
                #"{"choices":[{"finish_reason":"stop","index":0,"message":{"content":"\#(speaker.text(1_800))","role":"#
                + #""assistant"}}],"id":"\#(SHA256Digest.of(text: "\(number)").hex)","object":"chat.completion"}"#
            let texts = [
                "POST /v1/chat/completions HTTP/1.1\r\nhost: a.example\r\ncontent-length: \(body.utf8.count)\r\n\r\n"
                    + body,
                "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nserver: x\r\n\r\n" + answer,
            ]
            var line = String(decoding: record.line, as: UTF8.self)
            var given: [[UInt8]] = []
            for (part, text) in zip(parts, texts) {
                let bytes = Array(part.prefix(32)) + Array(text.utf8)
                line = line.replacing(SHA256Digest.of(part).hex, with: SHA256Digest.of(bytes).hex)
                    .replacing("\"len\":\(part.count),", with: "\"len\":\(bytes.count),", maxReplacements: 1)
                given.append(bytes)
            }
            return BundleRecord(line: Array(line.utf8), parts: given)
        }
        return sample
    }

    /// An archive of fewer than 8 MiB is one frame, a longer one two; the last is longer than a window.
    @Test(
        "It is within 5 % of what `zstd -19` makes of the archive, and the quick one within a quarter",
        arguments: [(Wording.speech, 12), (.speech, 1_200), (.speech, 4_000), (.passages, 16_000)])
    func size(wording: Wording, count: Int) async throws {
        let workspace = try Workspace()
        let sample = try Self.chat(wording, count: count)
        var sizes: [BundleWriter.Compression: Int] = [:]
        for compression in [BundleWriter.Compression.none, .fast, .archive] {
            try await sample.write(to: workspace.path("b"), compression: compression)
            sizes[compression] = try workspace.read("b").count
            #expect(
                try BundleVerifier.verify(path: workspace.path("b"), pinned: sample.key.verificationKey).exitCode == 0)
            if compression == .none { try workspace.write(try workspace.read("b"), to: "b.tar") }
        }
        let peer = try #require(ExternalTool("zstd")).run(["-19", "-T2", "-qc", workspace.path("b.tar")]).output.count
        let archive = try #require(sizes[.archive]), quick = try #require(sizes[.fast])
        #expect(try #require(sizes[.none]) > 2_500 * count)
        #expect(Double(archive) < 1.05 * Double(peer), "\(archive) and \(peer)")
        #expect(Double(quick) < 1.25 * Double(peer) && quick > archive, "\(quick) and \(peer)")
    }
}
