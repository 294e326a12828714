import Foundation

/// What `swift package dump-package` says of the targets.
struct PackageDescription {
    struct Target {
        let name: String
        let type: String
        /// Modules of this package that it depends on.
        let modules: [String]
        /// Products of other packages that it depends on.
        let products: [String]
    }

    let targets: [Target]

    static func read() throws -> PackageDescription {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        // A scratch folder of its own: the package's is locked by the run of these tests.
        let scratch = FileManager.default.temporaryDirectory.appendingPathComponent("whorl-dump-" + UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: scratch) }
        process.arguments = [
            "swift", "package", "--package-path", SourceTree.root, "--scratch-path", scratch.path, "dump-package",
        ]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()

        struct Failure: Error {}
        guard process.terminationStatus == 0,
            let object = try JSONSerialization.jsonObject(with: data) as? [String: Any],
            let targets = object["targets"] as? [[String: Any]]
        else { throw Failure() }
        return PackageDescription(
            targets: targets.compactMap { target in
                guard let name = target["name"] as? String, let type = target["type"] as? String else { return nil }
                let dependencies = target["dependencies"] as? [[String: Any]] ?? []
                func names(_ kind: String) -> [String] {
                    dependencies.compactMap { ($0[kind] as? [Any])?.first as? String }
                }
                return Target(
                    name: name, type: type, modules: names("byName") + names("target"), products: names("product"))
            })
    }
}
