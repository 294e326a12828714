import Foundation
import Testing

extension ScratchFolder {
    /// A case with a sealed plan, records of endpoints that nobody answers at, and a result.
    ///
    /// - Parameter calibration: The file of the calibration that the plan names.
    func makeCase(calibration: String? = nil) throws {
        #expect(try CommandLineRun("init", path("case")).status == 0)
        #expect(try CommandLineRun("key", "new", path("key.pem")).status == 0)
        for (name, role, lineage) in [
            ("protected", "protected", "own"), ("suspect", "suspect", ""), ("panel", "panel", "other"),
        ] {
            let line = lineage.isEmpty ? "" : "lineage = \"\(lineage)\"\n"
            try write(
                """
                name = "\(name)"
                role = "\(role)"
                url = "http://127.0.0.1:1/v1"
                model = "m"
                connect_timeout_s = 2
                \(line)
                """, to: "\(name).toml")
        }
        let probes = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Fixtures/probes.json")
        let seal =
            ["plan", "seal", path("case"), "--probes", probes.path, "--key", path("key.pem")]
            + ["protected", "suspect", "panel"].flatMap { ["--endpoint", path("\($0).toml")] }
            + (calibration.map { ["--calibration", $0] } ?? [])
        #expect(try CommandLineRun(seal).status == 0)
        #expect(try CommandLineRun("collect", path("case")).status == 4)
        #expect(try CommandLineRun("compare", path("case")).status == 0)
    }
}
