import ContentAddressing
import Evidence
import ForensicTypes
import Foundation

/// A sound bundle of a collection that departed from its plan, or whose clocks disagree: what a verifier has to list.
struct DeviatingBundle: Sendable {
    let name: String
    let exitCode: Int32
    /// Every departure that has to be listed, and no other.
    let deviations: [String]
    /// Every finding that has to be listed, and no other.
    let findings: [String]
    private let change: @Sendable (inout PlannedCase, inout Pins) throws -> Void

    init(
        _ name: String, _ deviations: [String], findings: [String] = [], exitCode: Int32 = 0,
        _ change: @escaping @Sendable (inout PlannedCase, inout Pins) throws -> Void
    ) {
        self.name = name
        self.deviations = deviations
        self.findings = findings
        self.exitCode = exitCode
        self.change = change
    }

    /// The bundle, and what is pinned.
    func make() async throws -> (bytes: [UInt8], pins: Pins) {
        var planned = try PlannedCase()
        var pins = Pins(key: planned.key.verificationKey)
        try change(&planned, &pins)
        return (try await planned.bytes(), pins)
    }

    /// An attempt beside the planned ones.
    private static func attempt(_ model: Int, probe: Int = 0, draw: Int = 0, attempt: Int = 1) -> PlannedCase.Attempt {
        .init(model: model, probe: PlannedCase.probe(probe), draw: draw, attempt: attempt, start: 60_000_000_000)
    }

    static let all: [DeviatingBundle] =
        [
            DeviatingBundle("nothing departs", []) { _, _ in },
            DeviatingBundle("an unplanned probe", ["suspect-a: 1 records are of probes or draws that were not planned"])
            {
                planned, _ in planned.attempts.append(attempt(1, probe: 7))
            },
            DeviatingBundle("an unplanned draw", ["suspect-a: 1 records are of probes or draws that were not planned"])
            {
                planned, _ in planned.attempts.append(attempt(1, draw: 2))
            },
            DeviatingBundle("an unplanned model", ["stranger is not in the plan"]) { planned, _ in
                planned.attempts.append(attempt(3))
            },
            DeviatingBundle(
                "records of the panel outside the plan", ["2 records of panel-1 were collected outside the plan"]
            ) { planned, _ in
                planned.attempts[2].plan = ""
                planned.attempts[5].plan = String(repeating: "0", count: 64)
            },
            DeviatingBundle("a record of the suspect outside the plan", [], exitCode: 60) { planned, _ in
                planned.attempts[1].plan = ""
            },
            DeviatingBundle("a probe set with another root than the plan's", [], exitCode: 60) { planned, _ in
                planned.root = SHA256Digest.of([])
            },
            DeviatingBundle("missing draws", ["suspect-a: 2 of 4 planned draws have no answer"]) { planned, _ in
                planned.attempts.removeAll { $0.model == 1 && $0.draw == 1 }
            },
            DeviatingBundle("a draw that was refused", ["suspect-a: 1 of 4 planned draws have no answer"]) {
                planned, _ in
                planned.attempts[1].status = 503
            },
            DeviatingBundle(
                "a planned model without records",
                ["panel-1 is planned and has no record"]
            ) { planned, _ in planned.attempts.removeAll { $0.model == 2 } },
            DeviatingBundle(
                "more attempts than planned", ["1 draws were attempted more often than the plan's 2 times"]
            ) { planned, _ in planned.attempts += [attempt(1), attempt(1, attempt: 2)] },
            DeviatingBundle(
                "an early stop", ["the collection did not end: its last entry in the custody log is pause"]
            ) { planned, _ in planned.actions = ["open", "collect_start", "pause"] },
            DeviatingBundle("a pause after which it went on", []) { planned, _ in
                planned.actions = ["open", "collect_start", "pause", "resume", "collect_end", "seal"]
            },
            DeviatingBundle("records from before the plan", ["2 records began before the plan was written"]) {
                planned, _ in
                planned.attempts[0].start = -1
                planned.attempts[1].start = -900_000_000_000
            },
            DeviatingBundle(
                "a changed threshold",
                [
                    "data/results/suspect-a.json: the gate lineage was decided at level 0.1; the plan says 0.05",
                    "data/results/suspect-a.json: the gate student was decided at level 0.1; the plan says nothing of it",
                ]
            ) { planned, _ in
                planned.result =
                    #"{"verdict":{"gates":[{"gate":"validity"},{"gate":"lineage","level":"0.1"},{"gate":"student","level":"0.1"}]}}"#
            },
            DeviatingBundle(
                "another comparator", ["data/results/suspect-a.json: the comparator c is not in the plan"]
            ) { planned, _ in
                planned.result = #"{"suspect":{"scores":[{"comparator":"a"},{"comparator":"c"}]}}"#
            },
            DeviatingBundle(
                "plans that were never reported",
                [
                    "plan 0 of the register, of this case, was never reported (\(earlier(0)))",
                    "plan 2 of the register, of another case, was never reported (\(earlier(2)))",
                ]
            ) { planned, _ in planned.register = try register(upTo: 4) },
            DeviatingBundle("a checkpoint with another spelling of the case's name", [], exitCode: 41) { planned, _ in
                planned.caseName = "Caf\u{E9}"
                let key = planned.key
                planned.attest = { attestations, _, lines in
                    let note = try Checkpoint(
                        caseName: "Cafe\u{301}", size: lines.count, root: MerkleTree(leaves: lines).root,
                        time: 1_795_000_000_100_000_000, key: key
                    ).note
                    attestations.checkpoints = [StampedCheckpoint(note: note, timestamps: [])]
                }
            },
        ] + stamped

    /// Plans of the register before the case's own: 0 and 2 are never reported, 1 is.
    private static func plan(_ number: Int) throws -> SealedPlan {
        let place = try number == 0 ? PlanRegister().place : register(upTo: number).place
        let plan = try Plan(
            caseName: number == 2 ? "other" : "sample", writtenAt: Int64(number), protected: "protected",
            suspects: ["s"], panel: [], probes: .init(file: SHA256Digest.of([]), root: SHA256Digest.of([]), count: 1),
            comparators: [], thresholds: .object([:]), stoppingRule: "", exclusionRule: "", maximumAttempts: 1, seed: 1,
            register: place)
        return try SealedPlan(sealing: plan, with: SigningKey(pem: SampleCase.keyText))
    }

    private static func register(upTo count: Int) throws -> PlanRegister {
        var register = PlanRegister()
        for number in 0..<count {
            if number == 3 {
                register = try register.adding(.reported, plan: plan(1), time: 9)
            } else {
                register = try register.adding(.planned, plan: plan(number), time: Int64(number))
            }
        }
        return register
    }

    private static func earlier(_ number: Int) -> String { (try? plan(number).digest.hex) ?? "" }
}
