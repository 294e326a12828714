internal import Features

/// A question with a known answer.
struct ErrorQuestion {
    /// Its position in the table of decisions.
    let index: Int
    /// The correct decision.
    let gold: Decision
    /// The number of options, 2 or more.
    let options: Int
}

/// Agreement of two models beyond what their accuracies lead to expect: κ of Goel et al. (ICML 2025).
struct ChanceAdjustedAgreement {
    /// κ: 1 for equal decisions, 0 for the agreement that chance gives.
    let kappa: Double
    /// The first model's mean share of the correct decision.
    let firstAccuracy: Double
    /// The second model's mean share of the correct decision.
    let secondAccuracy: Double
    /// The agreement on questions where neither has the correct decision as its modal one; nil if there are none.
    let wrongAgreement: Double?
    /// How many questions both answered readably.
    let questions: Int

    /// Compares shares of decisions; nil if no question is answered by both, or chance explains everything.
    init?(_ first: [[Decision: Double]?], _ second: [[Decision: Double]?], _ questions: [ErrorQuestion]) {
        var observed = 0.0
        var right = (0.0, 0.0)
        var inverse = 0.0
        var wrong = (0.0, 0.0)
        var count = 0
        for question in questions {
            guard let left = first[question.index], let other = second[question.index] else { continue }
            var overlap = 0.0
            for decision in left.keys.sorted() { overlap += (left[decision] ?? 0) * (other[decision] ?? 0) }
            let leftRight = left[question.gold] ?? 0
            let otherRight = other[question.gold] ?? 0
            observed += overlap
            right.0 += leftRight
            right.1 += otherRight
            inverse += 1 / Double(question.options - 1)
            if leftRight < 0.5, otherRight < 0.5 {
                wrong.0 += overlap
                wrong.1 += 1
            }
            count += 1
        }
        guard count > 0 else { return nil }
        let total = Double(count)
        let accuracies = (right.0 / total, right.1 / total)
        let expected = accuracies.0 * accuracies.1 + (1 - accuracies.0) * (1 - accuracies.1) * inverse / total
        guard 1 - expected > 1e-9 else { return nil }
        self.kappa = (observed / total - expected) / (1 - expected)
        self.firstAccuracy = accuracies.0
        self.secondAccuracy = accuracies.1
        self.wrongAgreement = wrong.1 > 0 ? wrong.0 / wrong.1 : nil
        self.questions = count
    }
}
