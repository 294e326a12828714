import Evidence
import ForensicTypes
import Foundation

/// A register of plans on disk.
struct RegisterFile {
    let path: String

    /// Names a register, by a link or directly.
    init(path: String) { self.path = URL(filePath: path).resolvingSymlinksInPath().path }

    /// The register; empty where the file does not exist yet.
    ///
    /// - Throws: `CommandError` for a link that leads nowhere: the register that it stands for is somewhere else.
    func read() throws -> PlanRegister {
        // Asks about the link itself, not about what it leads to.
        guard (try? FileManager.default.attributesOfItem(atPath: path)) != nil else { return PlanRegister() }
        let bytes = try FileBytes.read(path)
        do throws(EvidenceError) {
            return try PlanRegister(bytes: bytes)
        } catch {
            throw CommandError(.badInput, "\(path): \(error.message)")
        }
    }

    /// Adds a line. The file is replaced as a whole, so that a full disk never leaves half of one, and by one process at a time.
    func add(_ action: PlanRegister.Action, plan: SealedPlan, bundle: Digest? = nil) throws {
        let lock = try FolderLock(folderOf: path)
        try withExtendedLifetime(lock) {
            let register = try read().adding(
                action, plan: plan, bundle: bundle, time: WallClock.nanoseconds)
            try FileBytes.write(register.bytes, to: path, replacing: true)
        }
    }
}
