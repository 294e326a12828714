internal import Statistics

/// The lineage gate as a verdict would use it, with every model of a population once as the protected model and every other
/// as its suspect.
///
/// The references of a test are the other lineages, each by its model that is most like the protected one; the lineages of
/// the pair, and models related to the protected one, are left out.
struct ConformalEvaluation {
    private let measurement: PopulationMeasurement
    /// Per protected model: its pairs with every other model.
    private let rows: [[(other: Int, pair: PopulationMeasurement.Pair)]]

    init(_ measurement: PopulationMeasurement) {
        var rows = [[(other: Int, pair: PopulationMeasurement.Pair)]](repeating: [], count: measurement.models.count)
        for pair in measurement.pairs {
            rows[pair.first].append((pair.second, pair))
            rows[pair.second].append((pair.first, pair))
        }
        self.measurement = measurement
        self.rows = rows
    }

    func test(level: Double) -> EvaluationReport.ConformalTest {
        var unrelated = (tests: 0, rejected: 0)
        var related = (tests: 0, rejected: 0)
        let lineages = measurement.lineageOfModel
        for row in rows {
            var largest = [Double?](repeating: nil, count: measurement.lineages.count)
            for (other, pair) in row where pair.kind.isUnrelated {
                largest[lineages[other]] = max(largest[lineages[other]] ?? pair.lineage, pair.lineage)
            }
            for (other, pair) in row {
                let isRelated = pair.kind == .sameModel || pair.kind == .derivative
                guard isRelated || pair.kind.isUnrelated else { continue }
                let references = largest.indices.compactMap { $0 == lineages[other] ? nil : largest[$0] }
                guard ConformalFloor.attains(level: level, references: references.count),
                    let pValue = try? ConformalPValue(score: pair.lineage, panel: references)
                else { continue }
                if isRelated {
                    related.tests += 1
                    if pValue.value <= level { related.rejected += 1 }
                } else {
                    unrelated.tests += 1
                    if pValue.value <= level { unrelated.rejected += 1 }
                }
            }
        }
        func share(_ counts: (tests: Int, rejected: Int)) -> Double {
            counts.tests == 0 ? 0 : (Double(counts.rejected) / Double(counts.tests)).roundedToSixDigits
        }
        return EvaluationReport.ConformalTest(
            level: level, unrelatedTests: unrelated.tests, falsePositiveRate: share(unrelated),
            relatedTests: related.tests, truePositiveRate: share(related))
    }
}
