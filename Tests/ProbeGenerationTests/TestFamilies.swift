import ProbeGeneration

/// Small families for tests.
enum TestFamilies {
    /// The JSON of a family of English templates that reads text.
    static func json(
        id: String = "small", templates: [String], slots: String = "{}", reading: String = #"{"kind": "text"}"#,
        draws: Int = 1, version: Int = 1
    ) -> String {
        let list = templates.map { "\"\($0)\"" }.joined(separator: ", ")
        return """
            {"format": "whorl-probe-family", "version": \(version), "id": "\(id)", "revision": 1, "title": "t",
             "asks": "a", "reads": "r", "parser": "p", "stealth": {"grade": "ordinary", "note": "n"},
             "comparators": ["prompt-stratified-mmd"], "cost": {"prompt_tokens": 10, "answer_tokens": 5},
             "sampling": {"temperature": "1.0", "top_p": "1.0", "maximum_tokens": 4, "top_logprobs": 0},
             "draws": \(draws), "source": {"kind": "templates", "variants": [
               {"language": "en", "templates": [\(list)], "slots": \(slots), "reading": \(reading)}]}}
            """
    }

    /// A family of English templates that reads text.
    static func family(
        id: String = "small", templates: [String], slots: String = "{}", reading: String = #"{"kind": "text"}"#,
        draws: Int = 1
    ) throws -> ProbeFamily {
        try ProbeFamily(
            bytes: Array(json(id: id, templates: templates, slots: slots, reading: reading, draws: draws).utf8))
    }
}
