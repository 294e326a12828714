import CaseStore
import Foundation

/// One investigation on disk: the folder of a case, with the probe set, the plan, the endpoints and the results beside the
/// spool.
struct Investigation {
    /// The folder.
    let path: String

    var probeSetFile: String { path + "/probes.json" }
    var commitmentFile: String { path + "/probes.commitment.json" }
    var publicKeyFile: String { path + "/collector.pub.pem" }
    var calibrationFile: String { path + "/calibration.json" }
    var planFile: String { path + "/plan.json" }
    var planStem: String { path + "/plan" }
    var sealedPlanFile: String { path + "/plan.dsse.json" }
    var endpointsFolder: String { path + "/endpoints" }
    var resultsFolder: String { path + "/results" }

    func resultFile(_ suspect: String) -> String { "\(resultsFolder)/\(suspect).json" }

    /// Makes the folder and the empty case in it.
    static func create(at path: String, name: String) async throws -> Investigation {
        _ = try await CaseStore.create(at: path, name: name, who: .current, tool: .current)
        return Investigation(path: path)
    }

    /// Copies the folder, without what belongs to its writer alone.
    func copy(to other: String) throws {
        guard !FileManager.default.fileExists(atPath: other) else {
            throw CommandError(.cannotWrite, "\(other) exists already and is not overwritten")
        }
        do {
            try FileManager.default.copyItem(atPath: path, toPath: other)
            for name in try FileManager.default.contentsOfDirectory(atPath: other)
            where name == "lock" || name.hasPrefix("index.sqlite") {
                try FileManager.default.removeItem(atPath: "\(other)/\(name)")
            }
        } catch {
            throw CommandError(.cannotWrite, "\(path) cannot be copied to \(other): \(error.localizedDescription)")
        }
    }

    /// Opens the case.
    func open(_ access: CaseStore.Access) async throws -> CaseStore {
        try await CaseStore.open(at: path, access: access, who: .current, tool: .current)
    }
}

extension Custodian {
    /// The account that runs the command.
    static var current: Custodian { Custodian(name: NSUserName()) }
}

extension ToolIdentity {
    /// The version of this build, as the command, the custody log and the bundles state it.
    static let releasedVersion = "0.1.0"

    /// This build, with the digest of its own binary.
    static let current = ToolIdentity(version: releasedVersion, sha256: BinaryDigest.own)
}
