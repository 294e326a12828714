/// Text of others, made safe for a terminal.
enum TerminalText {
    /// Replaces controls, bidirectional overrides and zero-width characters by visible escapes.
    static func visible(_ text: String) -> String {
        var shown = ""
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x20...0x7E, 0xA0..<0x200B, 0x2010..<0x202A, 0x2030..<0x2060, 0x2070..<0xE000, 0xF900..<0xFEFF,
                0xFF00..<0xFFF0, 0x10000..<0xE0000:
                shown.unicodeScalars.append(scalar)
            default:
                shown += "\\u{\(String(scalar.value, radix: 16))}"
            }
        }
        return shown
    }

    /// Columns of text, each as wide as its widest cell, two spaces apart.
    static func table(_ rows: [[String]]) -> String {
        let columns = rows.map(\.count).max() ?? 0
        let widths = (0..<columns).map { column in
            rows.map { $0.indices.contains(column) ? $0[column].count : 0 }.max() ?? 0
        }
        return rows.map { row in
            var line = ""
            for (column, cell) in row.enumerated() {
                line += cell
                if column < row.count - 1 { line += String(repeating: " ", count: widths[column] - cell.count + 2) }
            }
            return line
        }
        .joined(separator: "\n")
    }
}
