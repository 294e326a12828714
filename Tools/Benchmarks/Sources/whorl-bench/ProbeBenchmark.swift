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
        for rule in [SelectionRule.conditionalDiscrimination, .moderatedDiscrimination, .diverse(weight: 0.3)] {
            var outcome: ProbeSelection.Outcome?
            var wall = Duration.seconds(1000)
            let processor = try ProcessorTime.best(of: 3) {
                wall = min(
                    wall,
                    try clock.measure {
                        outcome = try ProbeSelection.select(
                            candidates, answers: answers, budget: ProbeBudget(queries: 200, tokens: 1_000_000),
                            rule: rule)
                    })
            }
            let fates = outcome?.record.counts.map { "\($0.value) \($0.key.rawValue)" }.sorted() ?? []
            print(
                "selection, \(rule.name): \(outcome?.chosen.count ?? 0) of \(candidates.count) candidates, 8 runs of "
                    + "7 models: \(wall) wall, \(processor) s processor; \(fates.joined(separator: ", "))")
        }
    }

    /// Answers of about 20 words, and numbers. Every model has its own on some candidates, by its shift, and the common one on the
    /// others: the protected model on two of three, a redeployment on one more of ten, a panel model on one of two.
    private static func set(
        _ name: String, _ lineage: String, _ shift: Int, _ candidates: [CandidateProbe], _ words: [[UInt8]]
    ) -> ResponseSet {
        ResponseSet(
            model: ModelIdentity(name: name, role: .panel, lineage: Lineage(lineage)),
            completions: candidates.enumerated().map { index, candidate in
                let isOwners = index % 3 > 0
                let strays = shift == 1 ? index % 10 == 0 : shift > 1 && (index + shift) % 2 == 0
                let offset = (shift <= 1 && isOwners ? 1 : 0) + (strays ? 2 + shift : 0)
                let text =
                    candidate.probe.reading == .text
                    ? words[(index + offset) % words.count]
                    : Array("The result is \((index * 37) % 900 + offset), I believe.".utf8)
                return Completion(probe: candidate.id, draw: 0, text: text, finishReason: .stop)
            })
    }
}
