/// Text of others, made harmless and visible.
public enum VisibleText {
    /// Escapes text for HTML, scalar by scalar.
    ///
    /// Markup characters become entities. Controls, bidirectional overrides, zero-width characters, variation selectors,
    /// private-use and unassigned scalars become visible escapes, so that nothing on the page is unseen. Working by scalar
    /// and not by character leaves no way to hide a markup character behind a combining mark.
    public static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            case "\n": escaped += "\n"
            case _ where isHidden(scalar): escaped += name(scalar)
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }

    /// Makes text safe for one line of a terminal: the same scalars as for HTML become visible, line feeds too.
    public static func terminal(_ text: String) -> String {
        var shown = ""
        for scalar in text.unicodeScalars {
            if isHidden(scalar) || scalar == "\n" {
                shown += name(scalar)
            } else {
                shown.unicodeScalars.append(scalar)
            }
        }
        return shown
    }

    private static func name(_ scalar: Unicode.Scalar) -> String {
        "\\u{\(String(scalar.value, radix: 16))}"
    }

    private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: true
        case .nonspacingMark: (0xFE00...0xFE0F).contains(scalar.value) || (0xE0100...0xE01EF).contains(scalar.value)
        default: false
        }
    }
}
