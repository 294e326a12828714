internal import Glibc

/// d′ of many candidates at once: the gap between related and unrelated agreement over its spread.
///
/// Views are put on one scale by their spread over unrelated pairs, averaged over the candidates, and then averaged. The
/// variance of a candidate is estimated from few pairs; it is drawn towards the mean variance of all candidates, as in the moderated
/// variance of Smyth ("Linear models and empirical Bayes methods", 2004). Without it the smallest variances win, and they are
/// mostly luck.
///
/// For texts it may be taken of what candidates add to the partial correlations (``PartialAgreement``) in place of the agreements.
///
/// It ranks probes. It says nothing about any suspect.
struct Discrimination {
    /// The least spread, in units of agreement, so that equal answers do not make d′ infinite.
    static let spreadFloor = 0.02

    /// By candidate; nil where nothing related or nothing unrelated was answered.
    let values: [Double?]
    /// The combined unrelated agreement by candidate and pair of lineages, nan where missing.
    let profiles: [[Double]]

    /// Computes d′.
    ///
    /// - Parameters:
    ///   - moments: The candidates', all with the same number of views.
    ///   - moderation: What the mean variance of all candidates weighs beside a candidate's own; 0 for plain d′.
    init(_ moments: [AgreementMoments], moderation: Double) {
        let views = moments.first?.views ?? 0
        let usable = moments.map { $0.related.weight > 0 && $0.unrelated.weight > 0 }
        let scales = (0..<views).map { view in
            let spread = zip(moments, usable).filter(\.1).map(\.0.unrelated.covariances[view * views + view])
            let mean = spread.isEmpty ? 0 : spread.reduce(0, +) / Double(spread.count)
            return 1 / (mean + Self.spreadFloor * Self.spreadFloor).squareRoot()
        }
        func mean(_ side: AgreementMoments.Side) -> Double {
            (0..<views).reduce(0) { $0 + scales[$1] * side.means[$1] } / Double(max(views, 1))
        }
        func variance(_ side: AgreementMoments.Side) -> Double {
            var sum = 0.0
            for one in 0..<views {
                for two in 0..<views { sum += scales[one] * scales[two] * side.covariances[one * views + two] }
            }
            return sum / Double(max(views * views, 1))
        }
        let variances = moments.map { (variance($0.related) + variance($0.unrelated)) / 2 }
        let known = zip(variances, usable).filter(\.1).map(\.0)
        let typical = known.isEmpty ? 0 : known.reduce(0, +) / Double(known.count)
        let scale = scales.reduce(0, +) / Double(max(views, 1))
        let floor = Self.spreadFloor * Self.spreadFloor * scale * scale
        values = moments.indices.map { index in
            guard usable[index] else { return nil }
            let moderated = (variances[index] + moderation * typical) / (1 + moderation)
            return (mean(moments[index].related) - mean(moments[index].unrelated)) / (moderated + floor).squareRoot()
        }
        profiles = moments.map { moment in
            (moment.profile.first ?? []).indices.map { cell in
                (0..<views).reduce(0) { $0 + scales[$1] * moment.profile[$1][cell] }
            }
        }
    }
}

extension Discrimination {
    /// The moments of what the texts of candidates add to the partial correlations; nil where these cannot be computed.
    ///
    /// - Parameters:
    ///   - texts: The candidates' agreements.
    ///   - relations: The pairs.
    static func conditionalMoments(_ texts: [PackedAgreement], relations: PairRelations) -> [AgreementMoments]? {
        var partials: [PartialAgreement] = []
        for view in 0..<TextViews.count {
            let mean = PackedAgreement.mean(of: texts, view: view)
            guard let partial = PartialAgreement(mean: mean, relations: relations) else { return nil }
            partials.append(partial)
        }
        return texts.map { text in
            AgreementMoments(zip(partials, text.views).map { $0.added(by: $1) }, relations: relations)
        }
    }
}
