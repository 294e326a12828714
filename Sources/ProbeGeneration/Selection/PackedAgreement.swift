/// The agreements of the models that take part on one candidate, kept for all candidates at once.
///
/// By view the upper triangle with the diagonal, row by row, in single precision; nan where missing.
struct PackedAgreement: Sendable {
    let views: [[Float]]

    /// Packs agreements.
    ///
    /// - Parameters:
    ///   - agreements: By view: all pairs of models, row by row.
    ///   - members: The models that take part, ascending.
    ///   - models: How many models there are.
    init(_ agreements: [[Double]], members: [Int], models: Int) {
        views = agreements.map { view in
            var packed: [Float] = []
            packed.reserveCapacity(members.count * (members.count + 1) / 2)
            for (place, row) in members.enumerated() {
                for column in members[place...] { packed.append(Float(view[row * models + column])) }
            }
            return packed
        }
    }

    /// The mean over candidates in a view, by place in the triangle; nan where no candidate has a value.
    static func mean(of candidates: [PackedAgreement], view: Int) -> [Double] {
        var sums: [Double] = []
        var counts: [Double] = []
        for candidate in candidates {
            let values = candidate.views[view]
            if sums.isEmpty {
                sums = Array(repeating: 0, count: values.count)
                counts = sums
            }
            for place in values.indices where !values[place].isNaN {
                sums[place] += Double(values[place])
                counts[place] += 1
            }
        }
        return zip(sums, counts).map { $1 > 0 ? $0 / $1 : .nan }
    }
}
