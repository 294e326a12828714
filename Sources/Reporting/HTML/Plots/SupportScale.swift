internal import Comparison
internal import ForensicTypes

/// A likelihood ratio on the verbal scale, with its interval and the bounds of its data.
///
/// The scale runs both ways at the same length, so that neither side looks nearer.
struct SupportScale {
    let ratio: LikelihoodRatio

    private static let left = 20.0
    private static let right = 620.0
    private static let top = 34.0
    private static let height = 26.0

    private static let terms: [(low: Double, high: Double, word: String)] = [
        (0, 1, "weak"), (1, 2, "moderate"), (2, 3, "mod. strong"), (3, 4, "strong"), (4, 6, "very strong"),
    ]

    /// How many powers of ten the scale shows on either side.
    private var reach: Int {
        let ends = [
            ratio.log10, ratio.ceilingLog10, ratio.floorLog10, ratio.interval?.upperBound, ratio.interval?.lowerBound,
        ]
        return (ends.compactMap(\.self).map(\.magnitude).max() ?? 0) > 3 ? 6 : 3
    }

    private func x(_ log10: Double) -> Double {
        let share = (min(max(log10, Double(-reach)), Double(reach)) + Double(reach)) / Double(2 * reach)
        return Self.left + share * (Self.right - Self.left)
    }

    var markup: Markup {
        let middle = Self.top + Self.height / 2
        var parts = bands + outOfReach
        for exponent in -reach...reach where reach == 3 || exponent % 2 == 0 {
            let place = x(Double(exponent))
            parts.append(Drawing.line(.tick, place, Self.top + Self.height, place, Self.top + Self.height + 5))
            parts.append(
                Drawing.text(
                    Drawing.powerOfTen(exponent), x: place, y: Self.top + Self.height + 18, anchor: .middle,
                    ink: .scale))
        }
        parts.append(Drawing.line(.zero, x(0), Self.top - 6, x(0), Self.top + Self.height + 5))
        if let interval = ratio.interval {
            parts.append(Drawing.line(.interval, x(interval.lowerBound), middle, x(interval.upperBound), middle))
            for end in [interval.lowerBound, interval.upperBound] {
                parts.append(Drawing.line(.interval, x(end), middle - 6, x(end), middle + 6))
            }
        }
        parts.append(Drawing.diamond(x: x(ratio.log10), y: middle, radius: 7.5))
        parts.append(Drawing.text("← \(ratio.denominator.short)", x: x(0) - 12, y: 14, anchor: .end, ink: .side))
        parts.append(Drawing.text("\(ratio.numerator.short) →", x: x(0) + 12, y: 14, ink: .side))
        for beyond in [(Double(-reach), ratio.floorLog10), (ratio.ceilingLog10, Double(reach))]
        where x(beyond.1) - x(beyond.0) > 96 {
            parts.append(
                Drawing.text(
                    "beyond this data", x: (x(beyond.0) + x(beyond.1)) / 2, y: middle + 3.5, anchor: .middle,
                    ink: .beyondLabel))
        }
        return Drawing.figure(
            width: 640, height: 84, title: ratio.sentence,
            caption:
                "Times more probable under one proposition than under the other, with the terms of the ENFSI scale.",
            parts)
    }

    private var bands: [Markup] {
        Self.terms.filter { $0.low < Double(reach) }.flatMap { term -> [Markup] in
            [-1.0, 1.0].flatMap { side -> [Markup] in
                let ends = [x(side * term.low), x(side * term.high)].sorted()
                return [
                    Drawing.rectangle(
                        .band, x: ends[0], y: Self.top, width: ends[1] - ends[0], height: Self.height),
                    Drawing.text(
                        term.word, x: (ends[0] + ends[1]) / 2, y: Self.top - 3, anchor: .middle, ink: .term),
                ]
            }
        }
    }

    /// Where the data supports no ratio.
    private var outOfReach: [Markup] {
        [(Double(-reach), ratio.floorLog10), (ratio.ceilingLog10, Double(reach))].map { low, high in
            Drawing.rectangle(.beyond, x: x(low), y: Self.top, width: x(high) - x(low), height: Self.height)
        }
    }
}

extension Proposition {
    /// The proposition in a word or two, for a drawing.
    var short: String {
        if isSibling { return "a sibling" }
        return switch hypotheses {
        case [.copy, .derivative]: "the protected model or one made from it"
        case [.copy]: "the protected model"
        case [.derivative]: "a model made from it"
        case [.student]: "trained on its outputs"
        case [.independent]: "developed independently"
        default: hypotheses.map(\.rawValue).joined(separator: " or ")
        }
    }
}
