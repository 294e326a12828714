import ForensicTypes
import Foundation
import WireFormats

/// Answers of providers, in megabytes of JSON per second of processor time on one core, beside Python's `json` and orjson in the same run.
enum AnswerBenchmark {
    static func run(_ arguments: [String]) throws {
        guard let digest = Digest(bytes: [UInt8](repeating: 1, count: 32)) else { return }
        let files = [("texts", texts(count: 20_000)), ("log-probabilities", logprobs(count: 4_000))]
        for (name, answers) in files {
            let megabytes = Double(answers.reduce(0) { $0 + $1.count }) / 1e6
            print("\(name): \(answers.count) answers of \(Int(1e6 * megabytes) / answers.count) bytes on average")
            let scan = ProcessorTime.best(of: 5) { for answer in answers { count += scanned(answer) } }
            print("  scanned          \(Int((megabytes / scan).rounded())) MB/s")
            let read = ProcessorTime.best(of: 5) {
                for answer in answers {
                    count += (try? ProviderResponse.completion(body: answer, probe: digest, draw: 0))?.text.count ?? 0
                }
            }
            print("  read as answers  \(Int((megabytes / read).rounded())) MB/s")
            try peers(answers)
        }
    }

    // What was found, so that no work can be left out.
    nonisolated(unsafe) private static var count = 0

    private static func scanned(_ answer: [UInt8]) -> Int {
        ((try? JSONDocument(answer))?.root.isObject ?? false) ? 1 : 0
    }

    private static func peers(_ answers: [[UInt8]]) throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("whorl-bench-\(UUID().uuidString)")
        try Data(answers.joined(separator: [0x0A])).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../reference/json_reference.py").standardized
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", script.path, file.path]
        try process.run()
        process.waitUntilExit()
    }

    /// Chat answers of about 2.8 kB of text, every second one with its letters outside ASCII escaped.
    private static func texts(count: Int) -> [[UInt8]] {
        SyntheticAnswers(seed: 3).texts(count: count, words: 420).enumerated().map { index, text in
            var body = Array(#"{"id":"chatcmpl-1","object":"chat.completion","created":1764000000,"#.utf8)
            body += Array(#""model":"vendor-7b","choices":[{"index":0,"message":{"role":"assistant","content":""#.utf8)
            let string = String(decoding: text, as: UTF8.self)
            body += index % 2 == 0 ? text : Array(escaped(string).utf8)
            body += Array(#"","refusal":null},"logprobs":null,"finish_reason":"stop"}],"#.utf8)
            return body + Array(#""usage":{"prompt_tokens":31,"completion_tokens":400,"total_tokens":431}}"#.utf8)
        }
    }

    private static func escaped(_ text: String) -> String {
        text.unicodeScalars.map { scalar in
            scalar.isASCII ? String(scalar) : "\\u" + String(scalar.value + 0x10000, radix: 16).suffix(4)
        }.joined()
    }

    /// Chat answers of 30 tokens with five alternatives each, as OpenAI and llama.cpp write them.
    private static func logprobs(count: Int) -> [[UInt8]] {
        let words = SyntheticAnswers(seed: 5).texts(count: 1, words: 4_000)[0].split(separator: 0x20).map { Array($0) }
        var state: UInt64 = 9
        func token() -> String {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let word = [0x20] + words[Int(state >> 33) % words.count]
            let list = word.map(String.init).joined(separator: ",")
            let logprob = -Double(state >> 40) / 1_000_003
            return #"{"token":"\#(String(decoding: word, as: UTF8.self))","bytes":[\#(list)],"logprob":\#(logprob)"#
        }
        return (0..<count).map { _ in
            let positions = (0..<30).map { _ in
                token() + ",\"top_logprobs\":[" + (0..<5).map { _ in token() + "}" }.joined(separator: ",") + "]}"
            }
            return Array(
                (#"{"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"x"},"logprobs":{"content":["#
                    + positions.joined(separator: ",")
                    + #"]},"finish_reason":"stop"}],"usage":{"prompt_tokens":31,"completion_tokens":30}}"#).utf8)
        }
    }
}
