/// The parts that every drawing of a report is made of. Coordinates are in units of the view box.
enum Drawing {
    /// A drawing with a title for those who cannot see it, and a caption.
    static func figure(width: Int, height: Int, title: String, caption: String, _ parts: [Markup]) -> Markup {
        .element(
            "figure",
            [
                .element(
                    "svg",
                    [
                        .viewBox(width: width, height: height), .constant("role", "img"),
                        .constant("font-family", "Helvetica, Arial, 'Liberation Sans', sans-serif"),
                    ],
                    [.element("title", text: title)] + parts), .element("figcaption", text: caption),
            ])
    }

    static func line(_ ink: Ink, _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double) -> Markup {
        .element(
            "line",
            ink.attributes + [.number("x1", x1), .number("y1", y1), .number("x2", x2), .number("y2", y2)], [])
    }

    static func rectangle(_ ink: Ink, x: Double, y: Double, width: Double, height: Double) -> Markup {
        .element(
            "rect",
            ink.attributes + [
                .number("x", x), .number("y", y), .number("width", max(0, width)), .number("height", max(0, height)),
            ], [])
    }

    static func text(
        _ text: String, x: Double, y: Double, anchor: Markup.Word = .start, ink: Ink = .label
    ) -> Markup {
        .element(
            "text",
            ink.attributes + [.number("x", x), .number("y", y), .word("text-anchor", anchor)], text: text)
    }

    static func curve(_ ink: Ink, _ points: [(x: Double, y: Double)]) -> Markup {
        .element("polyline", ink.attributes + [Markup.path(points)], [])
    }

    static func circle(_ ink: Ink, x: Double, y: Double, radius: Double) -> Markup {
        .element(
            "circle", ink.attributes + [.number("cx", x), .number("cy", y), .number("r", radius)], [])
    }

    /// The mark of the suspect, the same in every drawing.
    static func diamond(x: Double, y: Double, radius: Double = 6.5) -> Markup {
        .element(
            "polygon",
            Ink.suspect.attributes
                + [Markup.path([(x, y - radius), (x + radius, y), (x, y + radius), (x - radius, y)])], [])
    }

    /// A power of ten as people write it: 1/100, 1, 1,000.
    static func powerOfTen(_ exponent: Int) -> String {
        let digits = "1" + String(repeating: "0", count: abs(exponent))
        var grouped = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { grouped += "," }
            grouped.append(digit)
        }
        return exponent < 0 ? "1/" + grouped : grouped
    }
}
