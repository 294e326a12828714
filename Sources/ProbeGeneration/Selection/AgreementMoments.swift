internal import Glibc

/// How the related and the unrelated pairs of models agree on one candidate: what d′ is computed from.
///
/// An agreement may have several views (text has four). They are put together only when the spread of each view over all
/// candidates is known, so means and covariances are kept.
struct AgreementMoments: Sendable {
    /// Weighted means and covariances over pairs of one kind.
    struct Side: Sendable {
        /// The weight of the pairs that both models answered, 0 to 1.
        var weight = 0.0
        /// By view.
        var means: [Double]
        /// By view and view, row by row.
        var covariances: [Double]
    }

    let related: Side
    let unrelated: Side
    /// The mean unrelated agreement by view and pair of lineages; nan where nothing is there.
    let profile: [[Double]]

    var views: Int { related.means.count }

    /// Takes the moments.
    ///
    /// - Parameters:
    ///   - agreements: By view: all pairs of models, row by row, nan where missing.
    ///   - relations: The pairs.
    init(_ agreements: [[Double]], relations: PairRelations) {
        related = Self.side(relations.related, agreements: agreements, models: relations.models)
        unrelated = Self.side(relations.unrelated, agreements: agreements, models: relations.models)
        profile = agreements.map { view in
            var sums = [Double](repeating: 0, count: relations.cells)
            var counts = sums
            for pair in relations.unrelated {
                let value = view[pair.left * relations.models + pair.right]
                guard !value.isNaN else { continue }
                sums[pair.cell] += value
                counts[pair.cell] += 1
            }
            return zip(sums, counts).map { $1 > 0 ? $0 / $1 : .nan }
        }
    }

    /// Moments where no related pair was asked and the related agreement is one number, from a single run of the protected model.
    init(related agreement: Double, views: Int, unrelated: Side, profile: [[Double]]) {
        related = Side(
            weight: 1, means: Array(repeating: agreement, count: views),
            covariances: Array(repeating: 0, count: views * views))
        self.unrelated = unrelated
        self.profile = profile
    }

    private static func side(_ pairs: [PairRelations.Pair], agreements: [[Double]], models: Int) -> Side {
        let views = agreements.count
        var side = Side(
            means: Array(repeating: 0, count: views), covariances: Array(repeating: 0, count: views * views))
        // A pair is either there in all views or in none.
        let present = pairs.filter { !(agreements.first?[$0.left * models + $0.right].isNaN ?? true) }
        side.weight = present.reduce(0) { $0 + $1.weight }
        guard side.weight > 0 else { return side }
        for view in 0..<views {
            let sum = present.reduce(0) { $0 + $1.weight * agreements[view][$1.left * models + $1.right] }
            side.means[view] = sum / side.weight
        }
        for one in 0..<views {
            for two in one..<views {
                var sum = 0.0
                for pair in present {
                    let cell = pair.left * models + pair.right
                    sum +=
                        pair.weight * (agreements[one][cell] - side.means[one])
                        * (agreements[two][cell] - side.means[two])
                }
                side.covariances[one * views + two] = sum / side.weight
                side.covariances[two * views + one] = sum / side.weight
            }
        }
        return side
    }
}
