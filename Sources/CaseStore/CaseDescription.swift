internal import ContentAddressing
internal import ForensicTypes

/// The file `case.json`, which makes a folder a case.
struct CaseDescription: Codable, Sendable, Equatable {
    static let format = 1
    static let kind = "whorl-case"

    let kind: String
    let format: Int
    let name: String
    let created: String

    enum CodingKeys: String, CodingKey {
        case kind, format, name
        case created = "created_ns"
    }

    /// The part that every version shares.
    private struct Version: Decodable {
        let kind: String
        let format: Int
    }

    init(name: String, created: Int64) {
        self.kind = Self.kind
        self.format = Self.format
        self.name = name
        self.created = String(created)
    }

    /// Reads the file of a folder.
    init(folder: CaseFolder) throws(CaseStoreError) {
        guard CaseFolder.exists(folder.descriptionFile) else {
            throw CaseStoreError(
                .notACase, "\(folder.path) holds no case: case.json is missing. `whorl init` makes a case.")
        }
        let file = try Descriptor(path: folder.descriptionFile, access: .read)
        let length = try file.length()
        guard length <= 65_536, length > 0 else {
            throw CaseStoreError(.notACase, "\(folder.descriptionFile) has \(length) bytes")
        }
        var bytes = try file.read(count: length, at: 0)
        if bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
        let version: Version
        do {
            version = try CanonicalJSON.decode(Version.self, from: bytes)
        } catch {
            throw CaseStoreError(.notACase, "\(folder.descriptionFile) does not describe a case")
        }
        guard version.kind == Self.kind else {
            throw CaseStoreError(.notACase, "\(folder.descriptionFile) describes something else than a case")
        }
        guard version.format == Self.format else {
            throw CaseStoreError(
                .unsupportedVersion,
                "\(folder.path) is a case of format \(version.format); this build reads and writes format "
                    + "\(Self.format). Use the version of whorl that made it.")
        }
        do {
            self = try CanonicalJSON.decode(CaseDescription.self, from: bytes)
        } catch {
            throw CaseStoreError(.notACase, "\(folder.descriptionFile) lacks a field of format \(Self.format)")
        }
    }

    /// The file's bytes.
    func bytes() throws(CaseStoreError) -> [UInt8] {
        do {
            return try CanonicalJSON.encode(self) + [UInt8(ascii: "\n")]
        } catch {
            throw CaseStoreError(.unencodableRecord, "the case's name has no canonical form: \(error.message)")
        }
    }
}
