/// Fills the slots `{name}` of templates.
enum TemplateRenderer {
    /// The names of a template's slots, in order.
    static func slots(of template: String) -> [String] {
        var names: [String] = []
        var rest = template[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            names.append(String(rest[rest.index(after: open)..<close]))
            rest = rest[rest.index(after: close)...]
        }
        return names
    }

    /// The template with each slot replaced by what `filling` gives for its name; a name occurs once per template or is
    /// filled alike each time.
    static func render(_ template: String, filling: (String) -> String) -> String {
        fill(template, filling: filling).text
    }

    /// The rendered template and what filled each slot.
    static func fill(_ template: String, filling: (String) -> String) -> (text: String, fillings: [String: String]) {
        var result = ""
        var filled: [String: String] = [:]
        var rest = template[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            result += rest[..<open]
            let name = String(rest[rest.index(after: open)..<close])
            let text = filled[name] ?? filling(name)
            filled[name] = text
            result += text
            rest = rest[rest.index(after: close)...]
        }
        return (result + rest, filled)
    }
}
