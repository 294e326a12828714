internal import ForensicTypes
internal import Glibc

/// How alike models answer one probe, between 0 and 1, for all pairs of models at once.
///
/// Choices and numbers: the overlap of the two distributions over draws, `Σ min(p, q)`. Text: the overlap of the next-token
/// laws as long as the texts run together, where every model reports alternatives; else the four views of ``TextViews``. Token counts: 1
/// where they differ by no more than the constant that the two models' templates differ by.
///
/// A measure to rank probes by, not evidence: the comparators do that, on other lineages.
struct AnswerAgreement {
    /// By view: all pairs of models, row by row; nan where one of both has no answer that can be read.
    let views: [[Double]]
    private let models: Int

    /// Compares.
    ///
    /// - Parameters:
    ///   - answers: The draws of each model.
    ///   - reading: What is read.
    ///   - weights: What each model weighs in counts of shared n-grams; 0 leaves it out.
    ///   - offsets: What the token counts of two models differ by always.
    init(_ answers: [[Completion]], reading: Reading, weights: [Double], offsets: TokenOffsets) {
        models = answers.count
        switch reading {
        case .choice, .number, .integerList:
            let values = answers.map { ReadAnswer.values($0, reading: reading) }
            views = [Self.matrix(models, weights) { Self.overlap(values[$0], values[$1]) }]
        case .promptTokens:
            let counts = answers.map { $0.first?.usage?.prompt }
            views = [
                Self.matrix(models, weights) { left, right in
                    guard let one = counts[left], let two = counts[right] else { return nil }
                    return one - two == offsets[left, right] ? 1 : 0
                }
            ]
        case .nextToken: views = [Self.laws(answers, weights)]
        case .text:
            let answered = answers.compactMap(\.first)
            if !answered.isEmpty, answered.allSatisfy({ $0.positions.first?.top.isEmpty == false }) {
                views = [Self.laws(answers, weights)]
            } else {
                let texts = TextViews(answers.map { $0.first.flatMap { $0.text.isEmpty ? nil : $0.text } })
                views = (0..<TextViews.count).map { texts.cosines($0, weights: weights) }
            }
        }
    }

    /// The mean over views of a pair; nil where one of both has no answer.
    func mean(_ left: Int, _ right: Int) -> Double? {
        let values = views.map { $0[left * models + right] }
        guard !values.isEmpty, !values.contains(where: \.isNaN) else { return nil }
        return values.reduce(0, +) / Double(values.count)
    }

    private static func matrix(
        _ models: Int, _ weights: [Double], _ agreement: (Int, Int) -> Double?
    ) -> [Double] {
        var result = [Double](repeating: .nan, count: models * models)
        for left in 0..<models where weights[left] > 0 {
            for right in left..<models where weights[right] > 0 {
                guard let value = agreement(left, right) else { continue }
                result[left * models + right] = value
                result[right * models + left] = value
            }
        }
        return result
    }

    private static func overlap(_ left: [String], _ right: [String]) -> Double? {
        guard !left.isEmpty, !right.isEmpty else { return nil }
        var counts: [String: (left: Int, right: Int)] = [:]
        for value in left { counts[value, default: (0, 0)].left += 1 }
        for value in right { counts[value, default: (0, 0)].right += 1 }
        // Whole numbers over a common denominator: the sum does not depend on the order of a dictionary.
        let shared = counts.values.reduce(0) { $0 + min($1.left * right.count, $1.right * left.count) }
        return Double(shared) / Double(left.count * right.count)
    }

    private static func laws(_ answers: [[Completion]], _ weights: [Double]) -> [Double] {
        matrix(answers.count, weights) { left, right in
            guard let one = answers[left].first, let two = answers[right].first else { return nil }
            return nextTokenLaws(one, two)
        }
    }

    private static func nextTokenLaws(_ left: Completion, _ right: Completion) -> Double? {
        var sum = 0.0
        var count = 0
        for (leftPosition, rightPosition) in zip(left.positions, right.positions) {
            guard !leftPosition.top.isEmpty, !rightPosition.top.isEmpty else { break }
            let law = Dictionary(
                rightPosition.top.map { ($0.bytes, $0.logprob) }, uniquingKeysWith: { first, _ in first })
            var shared = 0.0
            for token in leftPosition.top {
                guard let other = law[token.bytes] else { continue }
                shared += exp(min(token.logprob, other))
            }
            // Both sides show a part of their law only; equal parts count as full agreement.
            let shown = max(mass(of: leftPosition), mass(of: rightPosition))
            sum += shown > 0 ? min(1, shared / shown) : 0
            count += 1
            guard leftPosition.chosen.bytes == rightPosition.chosen.bytes else { break }
        }
        return count == 0 ? nil : sum / Double(count)
    }

    private static func mass(of position: TokenPosition) -> Double {
        position.top.reduce(0) { $0 + exp($1.logprob) }
    }
}
