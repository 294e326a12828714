/// Columns of text, each as wide as its widest cell, two spaces apart.
public struct TerminalTable: Sendable {
    /// The rows, the head first.
    public let rows: [[String]]

    /// Makes a table; rows may have different lengths.
    public init(rows: [[String]]) { self.rows = rows }

    /// The table, a line feed between rows. Hidden characters are shown.
    public var text: String {
        let shown = rows.map { $0.map(VisibleText.terminal) }
        let columns = shown.map(\.count).max() ?? 0
        let widths = (0..<columns).map { column in
            // The last cell of a row may be as long as it likes.
            shown.filter { column < $0.count - 1 }.map { $0[column].count }.max() ?? 0
        }
        return shown.map { row in
            row.enumerated().map { column, cell in
                column == row.count - 1
                    ? cell : cell + String(repeating: " ", count: max(0, widths[column] - cell.count) + 2)
            }
            .joined()
        }
        .joined(separator: "\n")
    }
}
