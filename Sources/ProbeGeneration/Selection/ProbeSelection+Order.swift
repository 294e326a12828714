extension ProbeSelection {
    /// Candidates by a rule, best first; ties go to the one named first.
    ///
    /// - Parameters:
    ///   - indices: The candidates, as places in the other lists, in the order that decides ties.
    ///   - discrimination: d′; nil comes last.
    ///   - information: Information, per token where tokens count; nil comes last.
    ///   - profiles: The agreements by pair of lineages.
    ///   - rule: The rule.
    static func order(
        _ indices: [Int], discrimination: [Double?], information: [Double?], profiles: [[Double]],
        rule: SelectionRule
    ) -> [Int] {
        func byValue(_ values: [Double?]) -> [Int] {
            let values = values.map { $0.map(CandidateScorer.rounded) ?? -.infinity }
            return indices.enumerated().sorted { left, right in
                let (leftValue, rightValue) = (values[left.element], values[right.element])
                return leftValue == rightValue ? left.offset < right.offset : leftValue > rightValue
            }.map(\.element)
        }
        func greedily(_ values: [Double?], _ weight: Double) -> [Int] {
            let order = byValue(values)
            return DiverseOrder.of(
                order.map { values[$0] ?? 0 }, profiles: order.map { profiles[$0] }, weight: weight
            ).map { order[$0] }
        }
        switch rule {
        case .conditionalDiscrimination, .moderatedDiscrimination, .discrimination: return byValue(discrimination)
        case .informationPerToken: return byValue(information)
        case .diverse(let weight): return greedily(discrimination, weight)
        case .diverseInformation(let weight): return greedily(information, weight)
        }
    }
}
