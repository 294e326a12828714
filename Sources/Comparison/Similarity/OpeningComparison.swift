internal import Features
internal import ForensicTypes

/// Secondary measures of a pair's texts, reported beside a similarity and never part of it.
///
/// A shared opening and few differing positions speak of equal decoding and are destroyed by any prefix. The length gap says
/// how much of a resemblance may be one of length alone.
struct OpeningComparison {
    /// The measures by name: means over the probes that both models answered.
    let details: [String: Double]

    init(_ evidence: PairEvidence) {
        var prefix = 0.0
        var equal = 0.0
        var exact = 0.0
        var gap = 0.0
        var probes = 0.0
        for probe in evidence.probes where PanelNormalisedSimilarity.readsText(probe.probe.reading) {
            guard let left = PanelNormalisedSimilarity.firstText(of: probe.id, in: evidence.protected),
                let right = PanelNormalisedSimilarity.firstText(of: probe.id, in: evidence.suspect)
            else { continue }
            let first = Array(left.prefix(4096))
            let second = Array(right.prefix(4096))
            prefix += LogTable.onePlus(TextPrefix.commonWords(first, second))
            equal += Double(TextPrefix.equalPositions(first, second, count: 100)) / 100
            exact += left == right ? 1 : 0
            gap += abs(LogTable.onePlus(left.count) - LogTable.onePlus(right.count))
            probes += 1
        }
        guard probes > 0 else {
            details = [:]
            return
        }
        details = [
            "mean_log_common_prefix_words": prefix / probes, "equal_positions_of_first_100": equal / probes,
            "exact_match_share": exact / probes, "mean_log_length_gap": gap / probes,
        ]
    }
}
