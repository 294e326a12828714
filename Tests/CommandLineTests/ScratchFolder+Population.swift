import Foundation
import Testing

extension ScratchFolder {
    /// Writes ten lineages of two models, each with words of its own, and thirty prompts; returns the options that name them.
    func writePopulation() throws -> [String] {
        var lines: [String] = []
        var entries: [String] = []
        var pairs: [String] = []
        var state: UInt64 = 5
        func next(_ bound: UInt64) -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return (state >> 33) % bound
        }
        for lineage in 0..<10 {
            for model in ["a", "b"] {
                let name = "l\(lineage)\(model)"
                entries.append(
                    #""\#(name)": {"fam": "l\#(lineage)", "base": "b\#(lineage)", "vendor": "v\#(lineage)"}"#)
                for prompt in 0..<30 {
                    let text = (0..<40).map { place in
                        next(3) == 0 ? "s\(prompt)x\(next(6))" : "l\(lineage)x\(prompt)x\(place)"
                    }
                    let output = text.joined(separator: " ")
                    lines.append(#"{"model": "\#(name)", "prompt": "\#(prompt)", "output": "\#(output)"}"#)
                }
            }
            pairs.append(
                #"{"a": "l\#(lineage)a", "b": "l\#(lineage)b", "relation": "same-model", "confidence": 1}"#)
        }
        let population = try write(lines.joined(separator: "\n"), to: "answers.jsonl")
        let lineage = try write(
            #"{"entries": {\#(entries.joined(separator: ","))}, "pairs": [\#(pairs.joined(separator: ","))]}"#,
            to: "lineage.json")
        return ["--population", population, "--format", "jsonl", "--lineage", lineage]
    }
}
