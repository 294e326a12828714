import Evidence
import Foundation

/// Whole files, read and written with errors that name the file.
enum FileBytes {
    static func read(_ path: String) throws -> [UInt8] {
        guard let data = FileManager.default.contents(atPath: path) else {
            let reason = FileManager.default.fileExists(atPath: path) ? "cannot be read" : "does not exist"
            throw CommandError(.badInput, "\(path) \(reason)")
        }
        return Array(data)
    }

    /// Writes a file beside its place and moves it there, so that a full disk never leaves half of one.
    static func write(_ bytes: [UInt8], to path: String, replacing: Bool = false) throws {
        if !replacing, FileManager.default.fileExists(atPath: path) {
            throw CommandError(.cannotWrite, "\(path) exists already and is not overwritten")
        }
        do {
            let file = try OutputFile(path: path)
            try file.write(bytes)
            try file.finish()
        } catch {
            throw CommandError(.cannotWrite, "\(path) cannot be written: \(error.message)")
        }
    }

    static func makeFolder(_ path: String) throws {
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            throw CommandError(.cannotWrite, "\(path) cannot be made: \(error.localizedDescription)")
        }
    }
}
