import Acquisition
import Evidence
import ForensicTypes
import Foundation

/// An endpoint file: its bytes, and what they say.
struct EndpointSource {
    let bytes: [UInt8]
    let configuration: EndpointConfiguration

    init(path: String) throws {
        bytes = try FileBytes.read(path)
        configuration = try EndpointConfiguration.load(bytes, path: path)
    }

    /// The endpoint files of a case, in order of their names.
    static func all(in folder: String) throws -> [EndpointSource] {
        let names = try InputFolder.names(in: folder).filter { $0.hasSuffix(".toml") }
        return try names.map { try EndpointSource(path: "\(folder)/\($0)") }
    }

    /// Copies the file into a case.
    ///
    /// Paths in it are relative to its folder, so the copy has to mean the same as the original.
    func copy(to folder: String) throws {
        let path = "\(folder)/\(configuration.identity.name).toml"
        guard try EndpointConfiguration.load(bytes, path: path) == configuration else {
            throw CommandError(
                .badInput,
                "the endpoint \(configuration.identity.name) names a file by a relative path; its file moves into the case, "
                    + "so write `key_file` and `ca_file` as absolute paths")
        }
        try FileBytes.write(bytes, to: path)
    }
}
