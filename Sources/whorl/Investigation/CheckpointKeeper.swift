import Acquisition
import CaseStore
import ContentAddressing
import Evidence
import ForensicTypes
import Foundation

/// Signs a head of the records every hundred records or quarter of an hour while they are collected, and has it stamped.
///
/// Without checkpoints the collector could make up or change records until the bundle is sealed; with them only those after the
/// last one.
actor CheckpointKeeper {
    private static let recordsBetween = 100
    private static let secondsBetween = 900.0
    private static let greatestNumber = 9_999

    private let investigation: Investigation
    private let store: CaseStore
    private let key: SigningKey
    private let authorities: TimestampAuthorities
    private let told: @Sendable (CheckpointReport) -> Void
    private var heads = TreeHeads()
    private var place = RecordPlace.start
    private var number: Int
    private var covered: Int
    private var last = ContinuousClock.now
    /// How many checkpoints were made.
    private(set) var made = 0
    /// Why the last stamp failed; the checkpoint stands without it, and a verifier says so.
    private(set) var problem: String?

    /// Goes on after the checkpoints that the case holds.
    ///
    /// - Parameter told: Is told of each checkpoint after it was written.
    init(
        _ investigation: Investigation, store: CaseStore, key: SigningKey, authorities: TimestampAuthorities,
        told: @escaping @Sendable (CheckpointReport) -> Void
    ) throws {
        guard try key.verificationKey == VerificationKey.load(path: investigation.publicKeyFile) else {
            throw CommandError(.badInput, "--key is not the key that sealed the plan, which has to sign checkpoints")
        }
        self.investigation = investigation
        self.store = store
        self.key = key
        self.authorities = authorities
        self.told = told
        let earlier = try investigation.checkpoints()
        number = earlier.count
        covered = try earlier.last.map { try Checkpoint(note: $0.note).size } ?? 0
    }

    /// Makes checkpoints until the task is cancelled.
    func run() async throws {
        while !Task.isCancelled {
            try? await Task.sleep(for: .seconds(1))
            let new = await store.recordCount - covered
            if new >= Self.recordsBetween || (new > 0 && last.duration(to: .now).inSeconds >= Self.secondsBetween) {
                try await make()
            }
        }
    }

    /// Makes one over all records that are acknowledged, if there are new ones.
    func make() async throws {
        let (records, end) = await store.records(after: place)
        for try await record in records { heads.append(MerkleTree.leafHash(record.line)) }
        place = end
        guard heads.size > covered, number < Self.greatestNumber else { return }
        let note = try Checkpoint(
            caseName: store.name, size: heads.size, root: heads.root, time: WallClock.nanoseconds, key: key
        ).note
        number += 1
        covered = heads.size
        last = .now
        made += 1
        try FileBytes.makeFolder(investigation.checkpointsFolder)
        let digits = String(number)
        let stem = investigation.checkpointsFolder + "/" + String(repeating: "0", count: 4 - digits.count) + digits
        try FileBytes.write(note, to: stem + ".note")
        try await store.log(
            .checkpoint, object: SHA256Digest.of(note), why: "signed checkpoint \(number) over \(heads.size) records")
        var report = CheckpointReport(number: number, records: heads.size, root: heads.root.hex)
        do {
            let stamps = try await authorities.stamp(note)
            try investigation.save(stamps, stem: stem)
            try await investigation.log(stamps, of: "checkpoint \(number)", in: store)
            report.timestamps = stamps.map(\.authority)
        } catch {
            report.problem = ErrorReport(error).message
            problem = report.problem
        }
        told(report)
    }
}

/// A checkpoint that was made.
struct CheckpointReport: Sendable, Encodable {
    /// Its number in the case, from 1.
    let number: Int
    /// How many records it covers.
    let records: Int
    /// The Merkle root over them, in hexadecimal.
    let root: String
    /// The authorities that stamped it.
    var timestamps: [String] = []
    /// Why it bears no stamp; nil where it does, or where none was wanted.
    var problem: String?
}
