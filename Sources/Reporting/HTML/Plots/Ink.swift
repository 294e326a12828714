/// What a part of a drawing is, and with it how it is drawn.
///
/// The style sheet colours the parts by their class. Colours also stand in attributes, which the sheet overrides, because some
/// renderers of paper do not apply a page's sheet inside a drawing; widths, dashes and sizes stand in attributes alone.
enum Ink: String {
    case band, beyond
    case axis, tick, grid, zero, interval, mark
    case related, unrelated
    case reference, sibling, redeployment, suspect
    case label, scale, term, side
    case beyondLabel = "beyond-label"

    /// The class of the part, its colours, widths and sizes.
    var attributes: [Markup.Attribute] {
        [.ink(self)]
            + {
                switch self {
                case .band: [.colour("fill", .panel), .colour("stroke", .rule), .constant("stroke-width", "0.75")]
                case .beyond: [.colour("fill", .rule), .constant("opacity", "0.45")]
                case .axis, .tick: Self.line(.rule, "1")
                case .grid: Self.line(.line, "1")
                case .zero: Self.line(.ink, "1")
                case .interval: Self.line(.accent, "3")
                case .mark: Self.line(.mark, "1") + [.constant("stroke-dasharray", "3 3")]
                case .related: Self.line(.accent, "2")
                case .unrelated: Self.line(.quiet, "2") + [.constant("stroke-dasharray", "6 4")]
                case .reference: [.colour("fill", .quiet), .constant("opacity", "0.75")]
                case .sibling: Self.line(.good, "2")
                case .redeployment: Self.line(.accent, "1.75")
                case .suspect: [.colour("fill", .mark), .colour("stroke", .ground), .constant("stroke-width", "1.5")]
                case .label: Self.text(.ink, "12")
                case .scale: Self.text(.quiet, "10.5")
                case .term: Self.text(.quiet, "9.5")
                case .side: Self.text(.ink, "11") + [.constant("font-weight", "600")]
                case .beyondLabel: Self.text(.ink, "10")
                }
            }()
    }

    private static func line(_ colour: Palette, _ width: StaticString) -> [Markup.Attribute] {
        [.colour("fill", .none), .colour("stroke", colour), .constant("stroke-width", width)]
    }

    private static func text(_ colour: Palette, _ size: StaticString) -> [Markup.Attribute] {
        [.colour("fill", colour), .constant("font-size", size)]
    }
}
