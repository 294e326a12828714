internal import FoundationEssentials

/// Folders whose files count as evidence.
package enum InputFolder {
    /// The names in a folder in order; none where there is no such folder.
    ///
    /// - Throws: `inputOutput` if the folder is there and cannot be read: what lies in it must not pass for absent.
    package static func names(in path: String) throws(EvidenceError) -> [String] {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: path).sorted()
        } catch let error as CocoaError where [.fileReadNoSuchFile, .fileNoSuchFile].contains(error.code) {
            return []
        } catch {
            throw EvidenceError(.inputOutput, "\(path) cannot be read, so what lies in it is not known")
        }
    }
}
