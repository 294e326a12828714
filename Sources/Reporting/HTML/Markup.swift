/// HTML that is well formed by construction.
///
/// Text enters as element content only, escaped scalar by scalar. Attribute values are the program's own constants.
struct Markup: Sendable {
    private(set) var html: String

    private init(trusted html: String) { self.html = html }

    /// Text of any origin.
    static func text(_ text: String) -> Markup { Markup(trusted: VisibleText.escaped(text)) }

    /// Elements one after the other.
    static func group(_ parts: [Markup]) -> Markup { Markup(trusted: parts.map(\.html).joined()) }

    /// An element. The name and the attributes are constants of this module or numbers.
    static func element(_ name: StaticString, _ attributes: [Attribute] = [], _ content: [Markup]) -> Markup {
        let attributes = attributes.map { " \($0.name)=\"\($0.value)\"" }.joined()
        return Markup(trusted: "<\(name)\(attributes)>\(content.map(\.html).joined())</\(name)>\n")
    }

    /// An element that holds text.
    static func element(_ name: StaticString, _ attributes: [Attribute] = [], text: String) -> Markup {
        element(name, attributes, [.text(text)])
    }

    /// An attribute whose value cannot come from outside.
    struct Attribute: Sendable {
        let name: String
        let value: String

        static func constant(_ name: StaticString, _ value: StaticString) -> Attribute {
            Attribute(name: "\(name)", value: "\(value)")
        }

        /// One of this module's own words, for example a class that depends on a number.
        static func word(_ name: StaticString, _ value: Word) -> Attribute {
            Attribute(name: "\(name)", value: value.rawValue)
        }

        /// The class of a part of a drawing.
        static func ink(_ ink: Ink) -> Attribute { Attribute(name: "class", value: ink.rawValue) }

        /// A colour of a part of a drawing.
        static func colour(_ name: StaticString, _ colour: Palette) -> Attribute {
            Attribute(name: "\(name)", value: colour.rawValue)
        }

        /// The coordinates of a drawing.
        static func viewBox(width: Int, height: Int) -> Attribute {
            Attribute(name: "viewBox", value: "0 0 \(width) \(height)")
        }

        /// A coordinate or size, with at most one decimal.
        static func number(_ name: StaticString, _ value: Double) -> Attribute {
            let tenths = Int((value * 10).rounded())
            let sign = tenths < 0 ? "-" : ""
            return Attribute(name: "\(name)", value: "\(sign)\(abs(tenths) / 10).\(abs(tenths) % 10)")
        }
    }

    /// Attribute values that are chosen when the page is made.
    enum Word: String, Sendable {
        case start, middle, end
    }

    /// A point list or path of a drawing: numbers only.
    static func path(_ points: [(x: Double, y: Double)]) -> Attribute {
        func text(_ value: Double) -> String {
            let tenths = Int((value * 10).rounded())
            return "\(tenths < 0 ? "-" : "")\(abs(tenths) / 10).\(abs(tenths) % 10)"
        }
        return Attribute(points: points.map { "\(text($0.x)),\(text($0.y))" }.joined(separator: " "))
    }
}

extension Markup.Attribute {
    fileprivate init(points: String) {
        name = "points"
        value = points
    }
}
