import ContentAddressing
import Evidence
import ForensicTypes
import Foundation
import TestSupport

extension DeviatingBundle {
    private static let second: Int64 = 1_000_000_000

    /// A case of now, with an authority's tokens over its plan and over one checkpoint of all records.
    ///
    /// - Parameters:
    ///   - written: Seconds from now at which the plan says it was written.
    ///   - start: Seconds from now at which the first record began; a second lies between two.
    ///   - noted: Seconds from now at which the checkpoint says it was made.
    ///   - covered: How many records the checkpoint covers.
    private static func clocks(
        _ name: String, _ deviations: [String], findings: [String] = [], written: Int64 = -30, start: Int64 = 1,
        noted: Int64 = 0, covered: Int? = nil, isStamped: Bool = true,
        change: @escaping @Sendable (inout PlannedCase) -> Void = { _ in }
    ) -> DeviatingBundle {
        DeviatingBundle(name, deviations, findings: findings) { planned, pins in
            let authority = try LocalAuthority(in: Workspace())
            let now = VerificationTrust.clock / second * second
            planned.writtenAt = now + written * second
            planned.claimed = now
            for index in planned.attempts.indices {
                planned.attempts[index].start = (start - written + Int64(index)) * second
            }
            pins.timestampRoots = try authority.root
            let key = planned.key
            planned.attest = { attestations, plan, lines in
                attestations.planTimestamps = [try authority.stamp(plan.envelope.bytes)]
                let size = covered ?? lines.count
                let note = try Checkpoint(
                    caseName: "sample", size: size, root: MerkleTree(leaves: Array(lines.prefix(size))).root,
                    time: now + noted * second, key: key
                ).note
                attestations.checkpoints = [
                    StampedCheckpoint(note: note, timestamps: isStamped ? [try authority.stamp(note)] : [])
                ]
            }
            change(&planned)
        }
    }

    /// Bundles with tokens, made where openssl is.
    static var stamped: [DeviatingBundle] {
        guard ExternalTool("openssl") != nil else { return [] }
        return [
            clocks("clocks that agree", []),
            clocks("a log that names the checkpoint and the time stamps", []) { planned in
                planned.logged = { attestations in
                    let notes = attestations.checkpoints.map(\.note)
                    let stamps = attestations.planTimestamps + attestations.checkpoints.flatMap(\.timestamps)
                    return notes.map { ("checkpoint", SHA256Digest.of($0)) }
                        + stamps.map { ("stamp", SHA256Digest.of($0.response)) }
                }
            },
            clocks(
                "records from before the plan's stamp", ["3 records began before the plan was stamped"], written: -300,
                start: -3),
            clocks(
                "a plan stamped long after it was written", [],
                findings: [
                    "the plan was stamped 15 minutes away from the time at which it claims to be written"
                ], written: -910),
            clocks(
                "a collector's clock that is ahead of the authority's", [],
                findings: [
                    "the collector's clock is ahead: by it 1 checkpoint was made more than 60 s after the stamp"
                ],
                noted: 75),
            clocks(
                "a checkpoint stamped late", [],
                findings: [
                    "1 checkpoint was stamped more than 60 s after being made, the latest after 75 s"
                ], noted: -75),
            clocks(
                "records that ended after the checkpoint over them", [],
                findings: ["12 records ended, by the collector's clock, after the checkpoint above was stamped"],
                start: 70),
            clocks(
                "records that no checkpoint covers", [], findings: ["no checkpoint covers the last 5 records"],
                covered: 7),
            clocks(
                "a checkpoint that nobody stamped", [], findings: ["1 of 1 checkpoint without a time stamp"],
                isStamped: false),
            clocks(
                "certificates that are not there", [],
                findings: ["1 certificate that records name is not in the bundle"]
            ) { planned in
                planned.attestations.endpointCertificates = [[1]]
                planned.attempts[0].certificates = [
                    SHA256Digest.of([1]).hex, String(repeating: "0", count: 64),
                ]
            },
        ]
    }
}
