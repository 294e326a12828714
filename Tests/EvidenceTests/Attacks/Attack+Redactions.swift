extension Attack {
    private static func redacted(_ name: String, _ exitCode: Int32, _ redactions: String) -> Attack {
        rerooted(name, exitCode) { lines in
            lines[0] = lines[0].replacing(#","rep":"#, with: #","redactions":\#(redactions),"rep":"#)
        }
    }

    static let digest = String(repeating: "0", count: 64)

    /// Lines that say that something was masked.
    static let redactions: [Attack] = [
        redacted("a masked place that holds something", 42, #"[{"len":4,"off":3,"part":"request"}]"#),
        redacted(
            "a masked place that holds something, at the end of the part", 42,
            #"[{"len":1,"off":299,"part":"response"}]"#),
        redacted("a redaction of a part that is not there", 20, #"[{"len":4,"off":3,"part":"trailer"}]"#),
        redacted("a redaction beyond its part", 20, #"[{"len":4,"off":37,"part":"request"}]"#),
        redacted("a redaction before its part", 20, #"[{"len":4,"off":-1,"part":"request"}]"#),
        redacted("a redaction of nothing", 20, #"[{"len":0,"off":3,"part":"request"}]"#),
        redacted("a redaction longer than any part", 20, #"[{"len":9007199254740991,"off":0,"part":"request"}]"#),
        redacted("a redaction without a length", 20, #"[{"off":3,"part":"request"}]"#),
        redacted("a redaction without a place", 20, #"[{"len":4,"part":"request"}]"#),
        redacted(
            "a redaction with a damaged commitment", 20,
            #"[{"commit":"00","len":4,"off":3,"part":"request","salt":"\#(digest)"}]"#),
        redacted(
            "a redaction with a commitment without a salt", 20,
            #"[{"commit":"\#(digest)","len":4,"off":3,"part":"request"}]"#),
        redacted(
            "a redaction with a salt without a commitment", 20,
            #"[{"len":4,"off":3,"part":"request","salt":"\#(digest)"}]"#),
        redacted("a redaction at a place that is no number", 20, #"[{"len":1,"off":true,"part":"request"}]"#),
        redacted("redactions that are no list", 20, #""all""#),
    ]
}
