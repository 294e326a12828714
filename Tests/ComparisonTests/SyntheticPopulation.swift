import Comparison
import ForensicTypes
import Statistics

/// Models that were never trained: every lineage has its own habits of words, every probe its own topic, and the two models of
/// a lineage share most of their words.
enum SyntheticPopulation {
    static func name(_ lineage: Int, _ model: Int) -> String { "l\(lineage)-m\(model)" }

    /// A record with two models per lineage; the even lineages are of one model, the odd ones parent and derivative.
    /// Lineage 2 is taught by lineage 1.
    static func record(lineages: Int) throws -> LineageRecord {
        var entries: [String: LineageRecord.Entry] = [:]
        var relations: [(first: String, second: String, documented: LineageRecord.Documented)] = []
        for lineage in 0..<lineages {
            for model in 0..<2 {
                entries[name(lineage, model)] = LineageRecord.Entry(
                    lineage: Lineage("l\(lineage)"), base: "base-\(lineage)", vendor: "vendor-\(lineage)",
                    parent: lineage % 2 == 1 && model == 1 ? name(lineage, 0) : nil)
            }
            relations.append(
                (
                    name(lineage, 0), name(lineage, 1),
                    LineageRecord.Documented(relation: lineage % 2 == 0 ? .sameModel : .derivative, confidence: 1)
                ))
        }
        if lineages > 2 {
            relations.append(
                (name(1, 0), name(2, 0), LineageRecord.Documented(relation: .distilled, confidence: 0.9)))
        }
        return try LineageRecord(entries: entries, relations: relations, file: "lineage.json")
    }

    static func files(lineages: Int, probes: Int) throws -> [AnswerFile] {
        try (0..<lineages).flatMap { lineage in
            try (0..<2).map { model in
                try AnswerFile(
                    model: name(lineage, model),
                    answers: (0..<probes).map { probe in
                        AnswerFile.Answer(
                            prompt: "prompt \(probe)", output: answer(lineage: lineage, model: model, probe: probe))
                    }, file: "f")
            }
        }
    }

    static func population(lineages: Int, probes: Int) throws -> Population {
        var population = Population(record: try record(lineages: lineages))
        for file in try files(lineages: lineages, probes: probes) { try population.add(file, file: file.model) }
        return population
    }

    /// Sixteen phrases of five words: half of them from the eight of the topic, which everybody uses, the others from the thirty
    /// habits of the lineage; the model changes every fifth.
    static func answer(lineage: Int, model: Int, probe: Int) -> String {
        var shared = SeededGenerator(seed: UInt64(lineage * 1000 + probe + 7))
        var own = SeededGenerator(seed: UInt64(1_000_000 + (lineage * 2 + model) * 1000 + probe))
        var text = ""
        for position in 0..<16 {
            let topic = shared.index(below: 8)
            let habit = shared.index(below: 30)
            var phrase = position % 2 == 0 ? "t\(probe % 5)x\(topic)" : "h\(lineage)x\(habit)"
            if own.index(below: 5) == 0 { phrase = "t\(probe % 5)x\(own.index(below: 8))" }
            text += (0..<5).map { "\(phrase)w\($0)" }.joined(separator: " ")
            text += shared.index(below: 12) < lineage % 12 ? "\n- " : own.index(below: 9) == 0 ? ": " : ". "
        }
        return text
    }

    static func responses(_ role: ModelRole, lineage: Int, model: Int, probes: [IdentifiedProbe]) -> ResponseSet {
        ResponseSet(
            model: ModelIdentity(
                name: name(lineage, model), role: role, lineage: role == .suspect ? nil : Lineage("l\(lineage)")),
            completions: probes.enumerated().map { index, probe in
                Completion(
                    probe: probe.id, draw: 0, text: Array(answer(lineage: lineage, model: model, probe: index).utf8),
                    finishReason: .stop)
            })
    }
}
