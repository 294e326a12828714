import Foundation
import TestSupport
import Testing

@Suite("The curve of selection", .timeLimit(.minutes(5)))
struct ProbesCurveTests {
    private let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    /// Three models of each lineage, related as one model. To every third prompt a lineage answers in words of its own; to the others
    /// every model answers in words that tell nothing.
    private func population(lineages: Int) throws -> [String] {
        var lines: [String] = []
        var entries: [String: Any] = [:]
        var pairs: [[String: Any]] = []
        for lineage in 0..<lineages {
            for model in 0..<3 {
                let name = "l\(lineage)m\(model)"
                entries[name] = [
                    "fam": "lineage \(lineage)", "base": "base \(lineage)", "vendor": "vendor \(lineage)",
                    "teachers": [String](),
                ]
                for other in 0..<model {
                    pairs.append(["a": "l\(lineage)m\(other)", "b": name, "relation": "same-model", "confidence": 1.0])
                }
                for prompt in 0..<24 {
                    let words = (0..<16).map { place -> String in
                        let noise = (lineage * 7_919 + model * 104_729 + prompt * 1_299_709 + place * 15_485_863) % 997
                        return prompt % 3 == 0 && place % 4 != 3
                            ? "w\((lineage * 31 + prompt * 17 + place * 7) % 101)" : "n\(noise)"
                    }
                    lines.append(
                        "{\"model\":\"\(name)\",\"prompt\":\"prompt \(prompt)\",\"output\":\"\(words.joined(separator: " "))\"}"
                    )
                }
            }
        }
        let record: [String: Any] = ["entries": entries, "pairs": pairs]
        try folder.write(lines.joined(separator: "\n") + "\n", to: "answers.jsonl")
        let bytes = try JSONSerialization.data(withJSONObject: record)
        try folder.write(String(decoding: bytes, as: UTF8.self), to: "lineage.json")
        return [
            "--population", folder.path("answers.jsonl"), "--format", "jsonl", "--lineage", folder.path("lineage.json"),
        ]
    }

    @Test("Chosen prompts beat random ones on lineages that did not choose, the same way every time")
    func chosen() throws {
        let command =
            try ["probes", "curve"] + population(lineages: 16)
            + ["--divisions", "2", "--draws", "100", "--sizes", "1,4", "--json"]
        let run = try CommandLineRun(command)
        #expect(run.status == 0, "\(run.errors)")
        let report = try run.json()
        let curve = try #require(report["curve"] as? [[String: Any]])
        func power(_ rule: String, _ size: Int) -> Double {
            curve.first { $0["rule"] as? String == rule && $0["prompts"] as? Int == size }?["power"] as? Double ?? .nan
        }
        #expect(power("conditional_discrimination", 4) > power("random", 4) + 0.1)
        #expect(curve.allSatisfy { $0["interval"] is [String: Any] || $0["interval"] is [Any] })
        let savings = try #require(report["savings"] as? [[String: Any]])
        #expect(savings.count == 6)
        #expect(savings.allSatisfy { $0["chosen"] as? Int == 1 && $0["random"] as? Int == 4 })
        // One prompt of the best kind does more than one random one; a number that is missing is above the curve.
        let equivalent = try #require(savings.first?["random_for_same_power"] as? [String: Double])
        #expect(equivalent["prompts"] ?? 5 > 1.5)
        #expect(try CommandLineRun(command).output == run.output)
    }

    @Test("A population that cannot be divided is refused with numbers")
    func tooSmall() throws {
        let command = try ["probes", "curve"] + population(lineages: 8) + ["--divisions", "2", "--draws", "99"]
        #expect(try CommandLineRun(command).status == 3)
        #expect(try CommandLineRun("probes", "curve").errors.contains("--population, --format and --lineage"))
    }

    @Test(
        "Live models of three lineages give a curve",
        .enabled(if: ExternalTool.areAvailable("python3"), "python3 is missing"))
    func live() throws {
        let server = try MockEndpoint(folder)
        var endpoints: [String] = []
        for (name, lineage) in [("a", "a"), ("a2", "a"), ("b", "b"), ("b2", "b"), ("c", "c")] {
            endpoints += ["--endpoint", try server.file(name, "panel", model: lineage, lineage: lineage, in: folder)]
        }
        let command =
            ["probes", "curve", "--family", "knowledge-boundary", "--candidates", "12", "--json"]
            + ["--workspace", folder.path("answers")]
        let run = try CommandLineRun(command + endpoints)
        #expect(run.status == 0, "\(run.errors)")
        let report = try run.json()
        // The lineage of one model protects nothing, but chooses and stands by: a and b with two others in two orders.
        #expect(report["arrangements"] as? Int == 4)
        let curve = try #require(report["curve"] as? [[String: Any]])
        #expect(curve.count == 3 && curve.allSatisfy { ($0["chosen"] as? Double ?? 0) > 0.95 })
        // Nearly every candidate tells these models apart, whichever are drawn; an interval is a list of two ends.
        #expect(curve.allSatisfy { ($0["chosen_interval"] as? [Double]).map { $0.count == 2 && $0[0] > 0.8 } ?? false })
        #expect(curve.allSatisfy { ($0["difference_interval"] as? [Double])?.count == 2 })
        let asked = server.requests.count
        #expect(try CommandLineRun(command + endpoints).output == run.output)
        #expect(server.requests.count == asked)
        let two = try CommandLineRun(command + endpoints.prefix(8))
        #expect(two.status == 3 && two.errors.contains("three lineages"))
    }
}
