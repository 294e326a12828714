import Foundation
import Testing

@Suite("Two-sample verb")
struct TwoSampleVerbTests {
    static func line(_ prompt: Int, _ side: String, _ text: String) -> String {
        #"{"prompt": \#(prompt), "side": "\#(side)", "text": "\#(text)"}"#
    }

    @Test("The JSON has the documented keys, and p is never 0")
    func keys() throws {
        let folder = try ScratchFolder()
        var lines: [String] = []
        for prompt in 0..<5 {
            for draw in 0..<6 {
                lines.append(Self.line(prompt, "a", "alpha \(draw % 2)"))
                lines.append(Self.line(prompt, "b", "omega \(draw % 2)"))
            }
        }
        let file = try folder.write(lines.joined(separator: "\n"), to: "samples.jsonl")
        let arguments = [
            "two-sample", file, "--kernel", "hamming", "--chars", "20", "--permutations", "200", "--seed", "3",
        ]
        let run = try CommandLineRun(arguments + ["--json"])
        #expect(run.status == 0)
        let result = try run.json()
        for key in [
            "statistic", "p_value", "permutations", "n_a", "n_b", "kernel_seconds", "permutation_seconds",
        ] { #expect(result[key] != nil, "\(key)") }
        #expect(result["n_a"] as? Int == 30)
        let p = try #require(result["p_value"] as? Double)
        #expect(p >= 1.0 / 201 && p < 0.05)
        let again = try CommandLineRun(arguments + ["--json"])
        #expect(try again.json()["p_value"] as? Double == p)
    }

    @Test(
        "Statistic and p-value are the same to the bit for one and two threads and for two processor kernels",
        arguments: [
            "hamming", "spectrum", "embedding",
        ])
    func sameEverywhere(kernel: String) throws {
        let folder = try ScratchFolder()
        var lines: [String] = []
        var state: UInt64 = 5
        func next(_ bound: UInt64) -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return (state >> 33) % bound
        }
        for prompt in 0..<6 {
            for draw in 0..<40 {
                let words = (0..<(20 + next(40))).map { _ in "w\(next(draw % 2 == 0 ? 50 : 55))" }
                lines.append(Self.line(prompt, draw % 2 == 0 ? "a" : "b", words.joined(separator: " ")))
            }
        }
        let file = try folder.write(lines.joined(separator: "\n"), to: "samples.jsonl")
        var found: Set<String> = []
        var kernels: Set<String> = []
        for core in ["Prescott", "Haswell", nil] {
            for threads in ["1", "2"] {
                let run = try CommandLineRun(
                    [
                        "two-sample", file, "--kernel", kernel, "--permutations", "300", "--seed", "11", "--threads",
                        threads,
                        "--json",
                    ], environment: core.map { ["OPENBLAS_CORETYPE": $0] } ?? [:])
                #expect(run.status == 0, "\(run.errors)")
                let result = try run.json()
                let arithmetic = try #require(result["arithmetic"] as? [String: Any])
                #expect(arithmetic["threads"] as? Int == Int(threads))
                kernels.insert(try #require(arithmetic["kernel"] as? String))
                let statistic = try #require(result["statistic"] as? Double)
                let p = try #require(result["p_value"] as? Double)
                found.insert("\(statistic.bitPattern) \(p.bitPattern)")
            }
        }
        #expect(found.count == 1)
        // The library is built for several kernels and took the ones that were asked for.
        #expect(kernels.count >= 2)
    }

    @Test(
        "Bad lines are named, and nothing of an answer is printed",
        arguments: [
            ("not json", "line 1"), (#"{"prompt": 1, "side": "c", "text": "secret answer"}"#, "line 1"),
            (#"{"prompt": 1, "side": "a"}"#, "line 1"), ("", "no sample"),
        ])
    func badLines(text: String, expected: String) throws {
        let folder = try ScratchFolder()
        let run = try CommandLineRun("two-sample", try folder.write(text, to: "bad.jsonl"))
        #expect(run.status == 3)
        #expect(run.errors.contains(expected))
        #expect(!run.errors.contains("secret answer"))
    }

    @Test("One sample per side is too few, and one-sided prompts are left out by number")
    func tooFew() throws {
        let folder = try ScratchFolder()
        let single = [Self.line(1, "a", "x"), Self.line(1, "b", "y")].joined(separator: "\n")
        let run = try CommandLineRun("two-sample", try folder.write(single, to: "single.jsonl"))
        #expect(run.status == 3)

        let lines = (0..<4).flatMap { draw in [Self.line(1, "a", "x\(draw)"), Self.line(1, "b", "y\(draw)")] }
        let text = (lines + [Self.line(2, "a", "alone")]).joined(separator: "\n")
        let kept = try CommandLineRun("two-sample", try folder.write(text, to: "kept.jsonl"), "--json")
        #expect(kept.status == 0)
        #expect(try kept.json()["excluded_prompts"] as? [String] == ["2"])
    }
}
