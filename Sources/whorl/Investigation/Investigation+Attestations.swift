import CaseStore
import ContentAddressing
import Evidence
import Foundation

extension Investigation {
    var checkpointsFolder: String { path + "/checkpoints" }

    /// The tokens over a file of the case: `STEM-AUTHORITY.tsq` and `.tsr` beside it.
    func timestamps(_ stem: String) throws -> [StoredTimestamp] {
        let folder = (stem as NSString).deletingLastPathComponent
        let start = (stem as NSString).lastPathComponent + "-"
        let names = try InputFolder.names(in: folder).filter { $0.hasPrefix(start) && $0.hasSuffix(".tsr") }
        return try names.map { name in
            let base = "\(folder)/\(name.dropLast(4))"
            return StoredTimestamp(
                authority: String(name.dropFirst(start.count).dropLast(4)), query: try FileBytes.read(base + ".tsq"),
                response: try FileBytes.read(base + ".tsr"))
        }
    }

    /// Writes tokens beside the file that they are over.
    func save(_ timestamps: [StoredTimestamp], stem: String) throws {
        for timestamp in timestamps {
            try FileBytes.write(timestamp.query, to: "\(stem)-\(timestamp.authority).tsq")
            try FileBytes.write(timestamp.response, to: "\(stem)-\(timestamp.authority).tsr")
        }
    }

    /// Names tokens in the custody log, once they lie in the case: one that is taken away afterwards is missed.
    func log(_ timestamps: [StoredTimestamp], of what: String, in store: CaseStore) async throws {
        for timestamp in timestamps {
            try await store.log(
                .stamp, object: SHA256Digest.of(timestamp.response), why: "\(timestamp.authority) stamped \(what)")
        }
    }

    /// The checkpoints that were made during collection, in order.
    func checkpoints() throws -> [StampedCheckpoint] {
        try InputFolder.names(in: checkpointsFolder).filter { $0.hasSuffix(".note") }.map { name in
            StampedCheckpoint(
                note: try FileBytes.read("\(checkpointsFolder)/\(name)"),
                timestamps: try timestamps("\(checkpointsFolder)/\(name.dropLast(5))"))
        }
    }
}
