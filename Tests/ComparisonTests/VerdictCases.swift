import Comparison
import ForensicTypes

/// Hand-made scores with a known answer.
enum VerdictCases {
    static let protected = ModelIdentity(name: "owner", role: .protected, lineage: Lineage("owner"))

    static func score(
        _ comparator: ComparatorIdentifier, _ value: Double, error: Double? = 0.1, probes: Int = 50,
        reasons: [Score.Reason] = [], details: [String: Double] = [:]
    ) -> Score {
        Score(
            comparator: comparator, value: value, standardError: error, usableProbes: probes, reasons: reasons,
            details: details)
    }

    /// A panel with one model per value, one lineage each.
    static func panel(
        _ values: [Double], comparator: ComparatorIdentifier = .panelNormalisedSimilarity, distances: [Double] = [],
        stratum: Stratum = .unrelated
    ) -> [ScoredModel] {
        values.enumerated().map { index, value in
            let name = "\(stratum.rawValue)-\(index)"
            var scores = [score(comparator, value)]
            if index < distances.count { scores.append(score(.promptStratifiedMMD, distances[index])) }
            return ScoredModel(
                model: ModelIdentity(
                    name: name, role: stratum == .sibling ? .sibling : .panel, lineage: Lineage("lineage-\(name)")),
                stratum: stratum, scores: scores)
        }
    }

    static func redeployments(_ distances: [Double]) -> [ScoredModel] {
        distances.enumerated().map { index, distance in
            ScoredModel(
                model: ModelIdentity(name: "honest-\(index)", role: .redeployment),
                scores: [score(.promptStratifiedMMD, distance)])
        }
    }

    static func scored(
        suspect: [Score], panel: [ScoredModel], redeployments: [ScoredModel] = [], siblings: [ScoredModel] = [],
        answered: Int = 20
    ) -> ScoredCase {
        ScoredCase(
            protected: protected, protectedCoverage: Answers.coverage(answered: 20),
            suspect: ScoredModel(model: ModelIdentity(name: "accused", role: .suspect), scores: suspect),
            suspectCoverage: Answers.coverage(answered: answered), panel: panel, redeployments: redeployments,
            siblings: siblings)
    }

    /// Values around 0 as unrelated models have, all below 2.
    static func unrelated(_ count: Int) -> [Double] { (0..<count).map { Double(($0 * 7) % 20) / 10 - 0.5 } }
}

/// Recorded answers, made by hand.
enum Answers {
    static let model = ModelIdentity(name: "accused", role: .suspect)

    static func probes(
        _ count: Int, reading: Reading = .text, temperature: Double = 0, draws: Int = 1
    ) -> [IdentifiedProbe] {
        (0..<count).compactMap { index in
            Digest(bytes: [UInt8](repeating: UInt8(index), count: 32)).map { digest in
                IdentifiedProbe(
                    id: digest,
                    probe: Probe(
                        family: "test", prompt: .raw("probe \(index)"),
                        sampling: SamplingParameters(temperature: temperature), draws: draws, reading: reading))
            }
        }
    }

    static func responses(
        to probes: [IdentifiedProbe], draws: Int = 1, finishReason: FinishReason = .stop,
        text: (_ probe: Int, _ draw: Int) -> String?
    ) -> ResponseSet {
        var completions: [Completion] = []
        for (index, probe) in probes.enumerated() {
            for draw in 0..<draws {
                guard let text = text(index, draw) else { continue }
                completions.append(
                    Completion(probe: probe.id, draw: draw, text: Array(text.utf8), finishReason: finishReason))
            }
        }
        return ResponseSet(model: model, completions: completions)
    }

    static func coverage(answered: Int, of count: Int = 20) -> Coverage {
        let probes = probes(count)
        return Coverage(
            of: responses(to: probes) { index, _ in index < answered ? "answer \(index)" : nil }, probes: probes)
    }
}
