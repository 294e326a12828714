internal import Comparison

/// One comparator's scores on a line: the panel, the redeployments and the suspect.
struct ScorePlot {
    let result: CaseResult

    /// The figure, or nothing where no score can be drawn.
    var markup: Markup? {
        let rows = result.suspect.scores.compactMap { score -> Row? in
            guard let value = score.value else { return nil }
            func values(_ models: [ScoredModel]) -> [Double] { models.compactMap { $0[score.comparator]?.value } }
            return Row(
                name: score.comparator.rawValue, suspect: value, panel: values(result.panel),
                redeployments: values(result.redeployments))
        }
        guard !rows.isEmpty else { return nil }
        let height = Double(rows.count) * Row.height + 8
        return .element(
            "figure",
            [
                .element(
                    "svg",
                    [.viewBox(width: 640, height: Int(height)), .constant("role", "img")],
                    rows.enumerated().map { $1.markup(top: Double($0) * Row.height) }),
                .element(
                    "figcaption",
                    text:
                        "Each line has its own scale, from its least to its largest score. Grey: models of the panel. "
                        + "Rings: honest redeployments of the protected model. Orange: the suspect."),
            ])
    }

    private struct Row {
        static let height = 34.0
        static let left = 250.0
        static let right = 625.0

        let name: String
        let suspect: Double
        let panel: [Double]
        let redeployments: [Double]

        func markup(top: Double) -> Markup {
            let all = [suspect] + panel + redeployments
            let low = all.min() ?? 0
            let span = max((all.max() ?? 0) - low, 1e-12)
            func x(_ value: Double) -> Double {
                all.count == 1
                    ? (Self.left + Self.right) / 2 : Self.left + (value - low) / span * (Self.right - Self.left)
            }
            let middle = top + 18
            var parts: [Markup] = [
                .element(
                    "text", [.number("x", 0), .number("y", middle + 4)], text: name),
                .element(
                    "line",
                    [
                        .constant("class", "axis"), .number("x1", Self.left), .number("x2", Self.right),
                        .number("y1", middle), .number("y2", middle),
                    ], []),
            ]
            parts += panel.map { circle("reference", x($0), middle, 4) }
            parts += redeployments.map { circle("redeployment", x($0), middle, 6) }
            parts.append(circle("suspect", x(suspect), middle, 5))
            return .element("g", [], parts)
        }

        private func circle(_ kind: StaticString, _ x: Double, _ y: Double, _ radius: Double) -> Markup {
            .element(
                "circle",
                [.constant("class", kind), .number("cx", x), .number("cy", y), .number("r", radius)], [])
        }
    }
}
