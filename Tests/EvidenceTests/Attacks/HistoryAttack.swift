import ContentAddressing
import Evidence
import ForensicTypes
import Foundation

/// A sound bundle that is held against a checkpoint, a bundle or a register that was kept elsewhere. Ours alone is shown those.
struct HistoryAttack: Sendable {
    let name: String
    let exitCode: Int32
    let make: @Sendable () async throws -> (bytes: [UInt8], pins: Pins)

    /// The kept checkpoint covers 8 records, if not stated otherwise.
    private static func note(
        _ name: String, _ code: Int32, caseName: String = "sample", size: Int = 8, root other: Digest? = nil,
        time: Int64 = 1, key: SigningKey? = nil, pins hasKey: Bool = true
    ) -> HistoryAttack {
        HistoryAttack(name: name, exitCode: code) {
            let sample = try SampleCase()
            let root = other ?? MerkleTree(leaves: sample.records.prefix(size).map(\.line)).root
            let note = try Checkpoint(caseName: caseName, size: size, root: root, time: time, key: key ?? sample.key)
                .note
            var pins = Pins(key: hasKey ? sample.key.verificationKey : nil, keptNotes: [note])
            pins.keyFile = sample.key.verificationKey.pem
            return (try await bytes(of: sample), pins)
        }
    }

    private static func bytes(of sample: SampleCase) async throws -> [UInt8] {
        let workspace = try Workspace()
        try await sample.write(to: workspace.path("b"), compression: .none)
        return try workspace.read("b")
    }

    /// A state of the case: how many records, how many of them are the common ones, and the seconds of the log.
    private struct State {
        var records = 12
        var common = 12
        var log: [Int64] = [3600, 7200]
        var isDamaged = false

        func bytes() async throws -> [UInt8] {
            var sample = try SampleCase(count: records)
            let others = try SampleCase(count: records, body: 301)
            sample.records = Array(sample.records.prefix(common)) + others.records.dropFirst(common)
            var custody: [[UInt8]] = []
            for (number, time) in log.enumerated() {
                let head = custody.last.map { SHA256Digest.of($0).hex } ?? String(repeating: "0", count: 64)
                let text = #"{"action":"collect_end","n":\#(number),"prev":"\#(head)","t":"\#(time * 1_000_000_000)"}"#
                custody.append(Array(text.utf8))
            }
            sample.contents = BundleContents(
                caseName: "sample", suspect: "suspect-a", protected: "protected", plan: sample.contents.plan,
                tool: BundleTool(version: "0.0.1"), probes: sample.contents.probes, results: sample.contents.results,
                custody: custody)
            var archive = TapeArchive(try await HistoryAttack.bytes(of: sample))
            if isDamaged { archive["data/results/suspect-a.json"] = Array("{}".utf8) }
            return archive.bytes
        }
    }

    private static func states(_ name: String, _ code: Int32, _ mine: State, kept: State) -> HistoryAttack {
        HistoryAttack(name: name, exitCode: code) {
            let key = try SigningKey(pem: SampleCase.keyText).verificationKey
            return (try await mine.bytes(), Pins(key: key, keptBundles: [try await kept.bytes()]))
        }
    }

    /// A bundle with a register, held against a bundle of another case with another.
    private static func registers(_ name: String, _ code: Int32, mine: PlanRegister?, kept: PlanRegister?)
        -> HistoryAttack
    {
        HistoryAttack(name: name, exitCode: code) {
            var case1 = try PlannedCase(), case2 = try PlannedCase()
            case1.register = mine
            case2.register = kept
            case2.caseName = "other"
            return (
                try await case1.bytes(),
                Pins(key: case1.key.verificationKey, keptBundles: [try await case2.bytes()])
            )
        }
    }

    private static func register(_ seeds: UInt64...) -> PlanRegister? {
        var register = PlanRegister()
        for seed in seeds {
            guard
                let plan = try? Plan(
                    caseName: "earlier", writtenAt: 0, protected: "p", suspects: ["s"], panel: [],
                    probes: .init(file: SHA256Digest.of([]), root: SHA256Digest.of([]), count: 1), comparators: [],
                    thresholds: .object([:]), stoppingRule: "", exclusionRule: "", maximumAttempts: 1, seed: seed,
                    register: register.place),
                let key = try? SigningKey(pem: SampleCase.keyText),
                let sealed = try? SealedPlan(sealing: plan, with: key),
                let next = try? register.adding(.planned, plan: sealed, time: 1)
            else { return nil }
            register = next
        }
        return register
    }

    static let all: [HistoryAttack] = [
        note("a kept checkpoint: nothing wrong", 0),
        note("a kept checkpoint of another case", 50, caseName: "other"),
        note("a kept checkpoint by another key", 50, key: try? .generate()),
        note("a kept checkpoint, and nothing pinned", 50, pins: false),
        note("a kept checkpoint over more records", 50, size: 20, root: SHA256Digest.of([])),
        note(
            "a kept checkpoint from after the bundle over more records: nothing wrong", 0, size: 20,
            root: SHA256Digest.of([]), time: 1_000_000_000_000),
        note("a kept checkpoint over other records", 50, root: SHA256Digest.of([])),
        states("a kept bundle: nothing wrong", 0, State(), kept: State(records: 8, common: 8)),
        states("a kept bundle that does not verify", 50, State(), kept: State(isDamaged: true)),
        states("a kept bundle with another log", 50, State(), kept: State(log: [3600, 7201])),
        states("a kept bundle with other records", 50, State(), kept: State(common: 8)),
        states(
            "a kept bundle with more in its log, and fewer records", 50, State(),
            kept: State(records: 8, common: 8, log: [3600, 7200, 7201])),
        states(
            "a kept bundle that is longer, and was sealed earlier", 50, State(log: [3600, 7200]),
            kept: State(log: [3600, 7200, 10])),
        states(
            "a kept bundle that is shorter, and was sealed later", 50, State(log: [3600, 7200, 10]),
            kept: State(log: [3600, 7200])),
        HistoryAttack(name: "a kept bundle of another case before this one in the register: nothing wrong", exitCode: 0)
        {
            var first = try PlannedCase(), second = try PlannedCase()
            first.caseName = "other"
            first.register = register(1)
            let kept = try await first.bytes()
            second.register = try PlanRegister(bytes: TapeArchive(kept)["data/plan/register.jsonl"])
            return (try await second.bytes(), Pins(key: first.key.verificationKey, keptBundles: [kept]))
        },
        registers("a kept bundle of another case with another register", 50, mine: register(1), kept: register(2)),
        registers("a kept bundle of another case without a register", 50, mine: nil, kept: nil),
        HistoryAttack(name: "a pinned register, and a plan without a place in one", exitCode: 60) {
            let planned = try PlannedCase()
            return (try await planned.bytes(), Pins(key: planned.key.verificationKey, register: PlanRegister()))
        },
        HistoryAttack(name: "a pinned register that does not go on from the bundle's", exitCode: 60) {
            var planned = try PlannedCase()
            planned.register = register(1)
            return (try await planned.bytes(), Pins(key: planned.key.verificationKey, register: register(2, 3, 4)))
        },
    ]
}
