internal import Comparison

/// One comparator's scores on a line: the panel, the siblings, the redeployments and the suspect.
struct ScorePlot {
    let result: CaseResult

    /// The figure, or nothing where no score can be drawn.
    var markup: Markup? {
        let rows = result.suspect.scores.compactMap { score -> Row? in
            guard let value = score.value else { return nil }
            func values(_ models: [ScoredModel]) -> [Double] { models.compactMap { $0[score.comparator]?.value } }
            let row = Row(
                comparator: score.comparator, suspect: value, panel: values(result.panel),
                siblings: values(result.siblings), redeployments: values(result.redeployments))
            return row.isSpread ? row : nil
        }
        guard !rows.isEmpty else { return nil }
        return Drawing.figure(
            width: 640, height: Int(Double(rows.count) * Row.height + 34),
            title: "Scores of the suspect among those of the references",
            caption:
                "Each line has its own scale, from its least to its largest score; a comparator that gives every "
                + "model the same score is left out. An arrow says which end is more alike.",
            legend + rows.enumerated().map { $1.markup(top: Double($0) * Row.height + 28) })
    }

    private var legend: [Markup] {
        let marks: [(Ink, Double, String)] = [
            (.suspect, 0, "suspect"), (.reference, 4, "panel"), (.sibling, 5, "sibling"),
            (.redeployment, 6, "honest redeployment"),
        ]
        var x = Row.left
        var parts: [Markup] = []
        for (kind, radius, name) in marks {
            parts.append(
                kind == .suspect ? Drawing.diamond(x: x, y: 9) : Drawing.circle(kind, x: x, y: 9, radius: radius))
            parts.append(Drawing.text(name, x: x + 11, y: 13, ink: .scale))
            x += 34 + Double(name.count) * 6
        }
        return parts
    }

    private struct Row {
        static let height = 44.0
        static let left = 236.0
        static let right = 616.0

        let comparator: ComparatorIdentifier
        let suspect: Double
        let panel: [Double]
        let siblings: [Double]
        let redeployments: [Double]

        private var all: [Double] { [suspect] + panel + siblings + redeployments }

        /// Whether there is something to see: a line on which every score is the same says nothing.
        var isSpread: Bool { (all.max() ?? 0) - (all.min() ?? 0) >= 1e-12 }

        func markup(top: Double) -> Markup {
            let low = all.min() ?? 0
            let high = all.max() ?? 0
            func x(_ value: Double) -> Double {
                Self.left + (value - low) / (high - low) * (Self.right - Self.left)
            }
            let middle = top + 14
            let isSimilarity = comparator.orientation == .similarity
            var parts: [Markup] = [
                Drawing.text(ComparatorText.name(comparator), x: 0, y: middle + 4),
                Drawing.line(.axis, Self.left, middle, Self.right, middle),
                Drawing.text(
                    (isSimilarity ? "" : "← ") + VerdictText.short(low), x: Self.left, y: middle + 21, ink: .scale),
                Drawing.text(
                    VerdictText.short(high) + (isSimilarity ? " →" : ""), x: Self.right, y: middle + 21, anchor: .end,
                    ink: .scale),
            ]
            parts += panel.map { Drawing.circle(.reference, x: x($0), y: middle, radius: 4) }
            parts += siblings.map { Drawing.circle(.sibling, x: x($0), y: middle, radius: 5) }
            parts += redeployments.map { Drawing.circle(.redeployment, x: x($0), y: middle, radius: 6) }
            parts.append(Drawing.diamond(x: x(suspect), y: middle))
            return .element("g", [], parts)
        }
    }
}
