import ForensicTypes
import ProbeGeneration

/// Probe sets: a hundred thousand instances, and two hundred probes out of ten thousand that eight models answered.
enum ProbeBenchmark {
    static func run(_ arguments: [String]) throws {
        let clock = ContinuousClock()
        let library = try ProbeLibrary.shipped()
        let generator = ProbeGenerator(library: library, seed: 1)
        var count = 0
        var wall = Duration.seconds(1000)
        let generation = try ProcessorTime.best(of: 3) {
            wall = min(
                wall,
                try clock.measure {
                    count = try generator.candidates(
                        count: 50_000, families: ["own-mistakes", "tokenizer-strings"]
                    ).count
                })
        }
        print("generation: \(count) instances: \(wall) wall, \(generation) s processor")

        let texts = try generator.candidates(count: 3_000, families: ["continuation"])
        let numbers = try generator.candidates(count: 7_000, families: ["own-mistakes"])
        let candidates = texts + numbers
        let words = SyntheticAnswers(seed: 7).texts(count: 5_000, words: 20)
        let answers = try SelectionAnswers(
            protected: [set("own", "own", 0, candidates, words), set("own", "own", 0, candidates, words)],
            redeployments: [set("own-q8", "own", 1, candidates, words)],
            panel: (0..<5).map { set("panel-\($0)", "lineage-\($0)", 11 + $0, candidates, words) })
        for rule in [SelectionRule.moderatedDiscrimination, .diverse(weight: 0.3)] {
            var chosen = 0
            var wall = Duration.seconds(1000)
            let processor = try ProcessorTime.best(of: 3) {
                wall = min(
                    wall,
                    try clock.measure {
                        chosen = try ProbeSelection.select(
                            candidates, answers: answers, budget: ProbeBudget(queries: 200, tokens: 1_000_000),
                            quotas: ["continuation": 200], rule: rule
                        ).chosen.count
                    })
            }
            print(
                "selection, \(rule.name): \(chosen) of \(candidates.count) candidates, 8 runs of 7 models: "
                    + "\(wall) wall, \(processor) s processor")
        }
    }

    /// Answers of about 20 words, and numbers; models of one number answer alike, others shift.
    private static func set(
        _ name: String, _ lineage: String, _ shift: Int, _ candidates: [CandidateProbe], _ words: [[UInt8]]
    ) -> ResponseSet {
        ResponseSet(
            model: ModelIdentity(name: name, role: .panel, lineage: Lineage(lineage)),
            completions: candidates.enumerated().map { index, candidate in
                let text =
                    candidate.probe.reading == .text
                    ? words[(index + (index % 7 < 3 ? shift : 0)) % words.count]
                    : Array("The result is \((index * 37) % (900 + shift)), I believe.".utf8)
                return Completion(probe: candidate.id, draw: 0, text: text, finishReason: .stop)
            })
    }
}
