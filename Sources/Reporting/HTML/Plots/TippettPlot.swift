internal import Comparison

/// For every size of a likelihood ratio, the share of related and of unrelated pairs that reach it.
struct TippettPlot {
    let points: [EvaluationReport.TippettPoint]
    /// The logarithm of the suspect's ratio.
    let suspect: Double?

    private static let left = 56.0
    private static let right = 500.0
    private static let top = 16.0
    private static let bottom = 236.0

    private func x(_ log10: Double) -> Double {
        let low = points.first?.log10Ratio ?? -3
        let high = points.last?.log10Ratio ?? 3
        return Self.left + (min(max(log10, low), high) - low) / max(high - low, 1e-9) * (Self.right - Self.left)
    }

    private func y(_ share: Double) -> Double { Self.bottom - share * (Self.bottom - Self.top) }

    var markup: Markup {
        guard points.count > 1 else { return .group([]) }
        var parts: [Markup] = []
        for share in [0, 0.25, 0.5, 0.75, 1] {
            parts.append(Drawing.line(.grid, Self.left, y(share), Self.right, y(share)))
            parts.append(
                Drawing.text(VerdictText.short(share), x: Self.left - 8, y: y(share) + 4, anchor: .end, ink: .scale))
        }
        for exponent in -3...3 {
            let place = x(Double(exponent))
            parts.append(Drawing.line(.tick, place, Self.bottom, place, Self.bottom + 5))
            parts.append(
                Drawing.text(
                    Drawing.powerOfTen(exponent), x: place, y: Self.bottom + 19, anchor: .middle, ink: .scale))
        }
        parts.append(Drawing.line(.axis, Self.left, Self.bottom, Self.right, Self.bottom))
        parts.append(Drawing.line(.zero, x(0), Self.top, x(0), Self.bottom))
        parts.append(Drawing.curve(.related, points.map { (x($0.log10Ratio), y($0.related)) }))
        parts.append(Drawing.curve(.unrelated, points.map { (x($0.log10Ratio), y($0.unrelated)) }))
        if let last = points.last {
            let related = y(last.related)
            let unrelated = max(y(last.unrelated), related + 14) == y(last.unrelated) ? y(last.unrelated) : related + 14
            parts.append(Drawing.text("related pairs", x: Self.right + 8, y: related + 4))
            parts.append(Drawing.text("unrelated pairs", x: Self.right + 8, y: unrelated + 4))
        }
        if let suspect {
            parts.append(Drawing.line(.mark, x(suspect), Self.top, x(suspect), Self.bottom))
            parts.append(Drawing.diamond(x: x(suspect), y: Self.top))
        }
        parts.append(
            Drawing.text(
                "likelihood ratio of shared weights against independence", x: (Self.left + Self.right) / 2,
                y: Self.bottom + 38, anchor: .middle))
        return Drawing.figure(
            width: 620, height: 280, title: "Tippett plot",
            caption:
                "Tippett plot of the evaluation: the share of pairs with at least this ratio. Unrelated pairs right of 1 and "
                + "related pairs left of 1 mislead. The diamond marks the ratio of this case.", parts)
    }
}
