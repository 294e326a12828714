import Foundation

/// The table of the architecture page.
struct ArchitecturePage {
    struct Row {
        let ours: Set<String>
        let others: Set<String>
    }

    let rows: [String: Row]

    static func read() throws -> ArchitecturePage {
        let path = SourceTree.root + "/Sources/whorl/Documentation.docc/Architecture.md"
        let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
        let table = lines.compactMap { line -> (String, String, String)? in
            let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            guard cells.count == 3, cells[0].hasPrefix("`") else { return nil }
            return (cells[0].trimmingCharacters(in: ["`"]), cells[1], cells[2])
        }
        let modules = table.map(\.0)
        var rows: [String: Row] = [:]
        for (module, ours, others) in table {
            rows[module] = Row(
                ours: ours.hasPrefix("all of the above")
                    ? Set(modules).subtracting([module, "COpenBLAS", "CZstd"]) : names(ours), others: names(others))
        }
        return ArchitecturePage(rows: rows)
    }

    private static func names(_ cell: String) -> Set<String> {
        cell == "–" ? [] : Set(cell.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) })
    }
}
