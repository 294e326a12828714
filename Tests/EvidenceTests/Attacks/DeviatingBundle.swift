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
            DeviatingBundle("an unplanned probe", ["suspect-a: 1 record is of a probe or draw that was not planned"]) {
                planned, _ in planned.attempts.append(attempt(1, probe: 7))
            },
            DeviatingBundle("an unplanned draw", ["suspect-a: 1 record is of a probe or draw that was not planned"]) {
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
            DeviatingBundle("a draw that was refused", ["suspect-a: 1 of 4 planned draws has no answer"]) {
                planned, _ in
                planned.attempts[1].status = 503
            },
            DeviatingBundle(
                "a planned model without records",
                ["panel-1 is planned and has no record"]
            ) { planned, _ in planned.attempts.removeAll { $0.model == 2 } },
            DeviatingBundle(
                "more attempts than planned",
                [
                    "1 draw was attempted more often than the plan's 2 times",
                    "suspect-a: 1 planned draw has more than one answer",
                ]
            ) { planned, _ in planned.attempts += [attempt(1), attempt(1, attempt: 2)] },
            DeviatingBundle(
                "attempts at one draw in several runs", ["1 draw was attempted more often than the plan's 2 times"]
            ) { planned, _ in
                for (number, run) in ["r2", "r3"].enumerated() {
                    var more = attempt(1, attempt: number)
                    (more.run, more.status) = (run, 503)
                    planned.attempts.append(more)
                }
            },
            DeviatingBundle("a draw that was asked again", ["suspect-a: 1 planned draw has more than one answer"]) {
                planned, _ in planned.attempts.append(attempt(1))
            },
            DeviatingBundle(
                "answers that were imported",
                [
                    "2 records of suspect-a were imported, not collected",
                    "suspect-a: 1 record is of a probe or draw that was not planned",
                ]
            ) { planned, _ in
                planned.attempts[1].isImported = true
                var other = attempt(1, probe: 7)
                other.isImported = true
                planned.attempts.append(other)
            },
            DeviatingBundle(
                "records that are withheld though there is one suspect",
                [
                    "2 records of the case are withheld, though the plan names no other suspect",
                    "suspect-a: 2 of 4 planned draws have no answer",
                ]
            ) { planned, _ in planned.withheld = [1, 4] },
            DeviatingBundle(
                "records that are withheld of another suspect", [],
                findings: ["1 record of the case is withheld; the plan names 1 other suspect"]
            ) { planned, _ in
                planned.suspects.append("suspect-b")
                planned.attempts.append(attempt(4))
                planned.withheld = [12]
            },
            DeviatingBundle(
                "a bundle without the probes",
                [
                    "which draws were planned is not known: the bundle holds the commitment to the probes, and not the probes"
                ]
            ) { planned, _ in planned.holdsProbes = false },
            DeviatingBundle(
                "a model of the panel in another role, and of another lineage",
                [
                    "panel-1 is recorded as sibling; the plan has it as panel",
                    "panel-1 is recorded with the lineage fresh; the plan says opt",
                ]
            ) { planned, _ in planned.models[2].fields = #"{"lineage":"fresh","name":"panel-1","role":"sibling"}"# },
            DeviatingBundle(
                "a model of the panel without its lineage",
                ["panel-1 is recorded with no lineage; the plan says opt"]
            ) { planned, _ in planned.models[2].fields = #"{"name":"panel-1","role":"panel"}"# },
            DeviatingBundle(
                "a custody log that says nothing of the collection",
                ["the custody log has no entry about the collection, neither its begin nor its end"]
            ) { planned, _ in planned.actions = [] },
            DeviatingBundle(
                "a checkpoint and time stamps that were taken away before sealing",
                [
                    "the custody log names 1 checkpoint that is not in the bundle",
                    "the custody log names 2 time stamps that are not in the bundle",
                ]
            ) { planned, _ in
                planned.logged = { _ in
                    ["checkpoint", "stamp", "stamp"].enumerated().map { ($1, SHA256Digest.of([UInt8($0)])) }
                }
            },
            DeviatingBundle(
                "a calibration that was not planned", ["the bundle holds a calibration; the plan names none"]
            ) { planned, _ in planned.calibration = "{}" },
            DeviatingBundle(
                "a calibration that is missing", ["the calibration that the plan names is not in the bundle"]
            ) { planned, _ in planned.plannedCalibration = SHA256Digest.of(text: "{}") },
            DeviatingBundle(
                "another calibration", ["data/results/calibration.json is another calibration than the planned one"]
            ) { planned, _ in
                planned.plannedCalibration = SHA256Digest.of(text: "{}")
                planned.calibration = "[]"
            },
            DeviatingBundle("the planned calibration", []) { planned, _ in
                planned.plannedCalibration = SHA256Digest.of(text: "{}")
                planned.calibration = "{}"
            },
            DeviatingBundle(
                "a gate that was decided without a level, and one that may not exclude",
                [
                    "data/results/suspect-a.json: the gate lineage was decided without a level; the plan says 0.05",
                    "data/results/suspect-a.json: the gate sameness excludes; the plan lets it give a ratio only",
                ]
            ) { planned, _ in
                planned.thresholds["sameness"] = .object(["effect": .string("ratio_only"), "level": .string("0.05")])
                planned.result =
                    #"{"verdict":{"gates":[{"gate":"lineage","outcome":"rejected"},"#
                    + #"{"gate":"sameness","level":"0.05","outcome":"rejected"},{"gate":"student","outcome":"not_tested"}]}}"#
            },
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
                    "data/results/suspect-a.json: the gate sameness was decided at level 0.1; the plan says nothing of it",
                ]
            ) { planned, _ in
                planned.result =
                    #"{"verdict":{"gates":[{"gate":"validity"},{"gate":"lineage","level":"0.1"},{"gate":"student","level":"0.1"},"#
                    + #"{"gate":"sameness","level":"0.1","outcome":"not_tested"}]}}"#
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
