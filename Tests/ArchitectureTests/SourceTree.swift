import Foundation

/// The package's own files.
enum SourceTree {
    static let root: String = {
        var url = URL(fileURLWithPath: #filePath)
        for _ in 0..<3 { url.deleteLastPathComponent() }
        return url.path
    }()

    static func swiftFiles(under folder: String) throws -> [String] {
        let base = root + "/" + folder
        return try FileManager.default.subpathsOfDirectory(atPath: base)
            .filter { $0.hasSuffix(".swift") }
            .sorted()
            .map { base + "/" + $0 }
    }

    static func imports(of file: String) throws -> Set<String> {
        let text = try String(contentsOfFile: file, encoding: .utf8)
        var modules: Set<String> = []
        for line in text.split(separator: "\n") {
            var words = line.split(separator: " ").map(String.init)
            if let first = words.first, ["public", "package", "internal", "private", "@preconcurrency"].contains(first)
            {
                words.removeFirst()
            }
            guard words.count >= 2, words[0] == "import" else { continue }
            let name = ["struct", "enum", "func", "class"].contains(words[1]) && words.count > 2 ? words[2] : words[1]
            modules.insert(String(name.split(separator: ".").first ?? ""))
        }
        return modules
    }
}
