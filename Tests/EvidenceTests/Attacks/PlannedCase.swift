import ContentAddressing
import Evidence
import ForensicTypes
import Foundation

/// A small case that keeps to its plan: two probes, two draws of each, three models. Tests make it depart from it.
struct PlannedCase {
    struct Attempt {
        var model: Int
        var probe: String
        var draw: Int
        var attempt = 0
        var status = 200
        /// Nanoseconds after the plan was written.
        var start: Int64
        /// Another plan than that of the case; "" for none.
        var plan: String?
        var certificates: [String] = []
        /// What the collector made of them.
        var verification: String?
        var host = "model.example"
        var redactions: String?
        var run = "r1"
        /// Whether it came from a file, and was not collected.
        var isImported = false
    }

    /// The models as records name them.
    var models: [(name: String, fields: String)] = [
        ("protected", #"{"name":"protected","role":"protected"}"#),
        ("suspect-a", #"{"name":"suspect-a","role":"suspect"}"#),
        ("panel-1", #"{"lineage":"opt","name":"panel-1","role":"panel"}"#),
        ("stranger", #"{"name":"stranger","role":"panel"}"#),
        ("suspect-b", #"{"name":"suspect-b","role":"suspect"}"#),
    ]

    var suspects = ["suspect-a"]
    /// The numbers of records that the bundle has as leaves alone.
    var withheld: Set<Int> = []
    /// Whether the bundle holds the probes, and not their commitment alone.
    var holdsProbes = true
    var calibration: String?
    var plannedCalibration: Digest?
    var caseName = "sample"
    var attempts: [Attempt]
    var writtenAt: Int64 = 1_795_000_000_000_000_000
    var actions = ["open", "collect_start", "collect_end"]
    /// Acts that are logged after these, with the digest of what they were done to.
    var logged: @Sendable (BundleAttestations) -> [(action: String, object: Digest)] = { _ in [] }
    var claimed: Int64?
    var result = #"{"outcome":"inconclusive"}"#
    var thresholds: [String: JSONValue] = ["lineage": .object(["level": .string("0.05")])]
    var registered: [String] = []
    var register: PlanRegister?
    /// The root of the probes that the plan states, where it is not that of the set.
    var root: Digest?
    var attestations = BundleAttestations()
    /// Is given the sealed plan and the roots of the tree at every size, and makes what speaks about them.
    var attest: (inout BundleAttestations, SealedPlan, [[UInt8]]) throws -> Void = { _, _, _ in }
    let key: SigningKey

    init() throws {
        key = try SigningKey(pem: SampleCase.keyText)
        attempts = []
        for draw in 0..<2 {
            for probe in 0..<2 {
                for model in 0..<3 {
                    attempts.append(
                        Attempt(
                            model: model, probe: Self.probe(probe), draw: draw,
                            start: Int64(attempts.count + 1) * 1_000_000_000))
                }
            }
        }
    }

    /// A probe as it stands in the set.
    static func probe(_ number: Int) -> String { #"{"draws":2,"text":"probe \#(number)"}"# }

    static let leaves = (0..<2).map { Array(#"{"probe":\#(probe($0)),"salt":"\#($0)"}"#.utf8) }

    private func line(_ attempt: Attempt, number: Int, plan: Digest, parts: [[UInt8]]) -> [UInt8] {
        let start = writtenAt + attempt.start
        let bound = attempt.isImported ? "" : attempt.plan ?? plan.hex
        let names = zip(["request", "response"], parts).map { name, part in
            #"{"commit":"\#(SHA256Digest.of(part).hex)","len":\#(part.count),"name":"\#(name)","off":0,"seg":0}"#
        }
        let chain = attempt.certificates.map { "\"\($0)\"" }.joined(separator: ",")
        let verified = attempt.verification.map { #","verify":"\#($0)""# } ?? ""
        let text =
            #"{"attempt":\#(attempt.attempt),"model":\#(models[attempt.model].fields),"outcome":"\#(attempt.isImported ? "imported" : "http")","#
            + #""parts":[\#(names.joined(separator: ","))],"#
            + (bound.isEmpty ? "" : #""plan_sha256":"\#(bound)","#)
            + #""probe":"\#(SHA256Digest.of(text: attempt.probe).hex)","#
            + (attempt.redactions.map { #""redactions":\#($0),"# } ?? "")
            + #""rep":\#(attempt.draw),"run":"\#(attempt.run)","#
            + #""salt":"\#(SHA256Digest.of(text: "line \(number)").hex)","seq":\#(number),"sni":"\#(attempt.host)","#
            + #""status":\#(attempt.status),"t_end_ns":"\#(start + 900)","t_start_ns":"\#(start)","#
            + (chain.isEmpty ? "" : #""tls":{"chain":[\#(chain)]\#(verified)},"#) + #""v":1}"#
        return Array(text.utf8)
    }

    /// Writes the bundle.
    func bytes() async throws -> [UInt8] {
        let set = Array(
            (#"{"format":"whorl-probe-set","probes":["#
                + Self.leaves.map { String(decoding: $0, as: UTF8.self) }.joined(separator: ",") + "]}").utf8)
        let held = holdsProbes ? set : Array(#"{"root":"committed"}"#.utf8)
        let plan = try SealedPlan(
            sealing: try Plan(
                caseName: caseName, writtenAt: writtenAt, protected: "protected", suspects: suspects,
                panel: [.init(name: "panel-1", lineage: Lineage("opt"), role: .panel, purpose: .report)],
                probes: .init(
                    file: SHA256Digest.of(held), root: root ?? MerkleTree(leaves: Self.leaves).root, count: 2),
                comparators: ["b", "a"], thresholds: .object(thresholds), calibration: plannedCalibration,
                stoppingRule: "after every draw",
                exclusionRule: "none", maximumAttempts: 2, seed: 7, register: register?.place), with: key)
        let records = attempts.enumerated().map { number, attempt in
            let parts = ["request", "response"].map { name in
                SHA256Digest.of(text: "salt \(number) \(name)").bytes
                    + Array(attempt.redactions == nil ? "\(name) \(number)".utf8 : "key: ****".utf8)
            }
            let line = line(attempt, number: number, plan: plan.digest, parts: parts)
            return BundleRecord(line: line, parts: withheld.contains(number) ? nil : parts)
        }
        var attestations = attestations
        if let register { attestations.register = try register.adding(.planned, plan: plan, time: 2) }
        try attest(&attestations, plan, records.map(\.line))
        let acts = actions.map { ($0, Digest?.none) } + logged(attestations).map { ($0.action, $0.object) }
        var custody: [[UInt8]] = []
        for (number, (action, object)) in acts.enumerated() {
            let head = custody.last.map { SHA256Digest.of($0).hex } ?? String(repeating: "0", count: 64)
            let time = claimed ?? writtenAt + Int64(number)
            let object = object.map { #""object":{"digest":"\#($0.hex)"},"# } ?? ""
            custody.append(
                Array(#"{"action":"\#(action)","n":\#(number),\#(object)"prev":"\#(head)","t":"\#(time)"}"#.utf8))
        }
        let contents = BundleContents(
            caseName: caseName, suspect: "suspect-a", protected: "protected", plan: plan,
            tool: BundleTool(version: "0.0.1"), probes: [BundleDocument(name: "set.json", bytes: held)],
            results: [BundleDocument(name: "suspect-a.json", bytes: Array(result.utf8))]
                + (calibration.map { [BundleDocument(name: "calibration.json", bytes: Array($0.utf8))] } ?? []),
            custody: custody,
            attestations: attestations)
        let workspace = try Workspace()
        let stream = AsyncStream<BundleRecord> { continuation in
            for record in records { continuation.yield(record) }
            continuation.finish()
        }
        _ = try await BundleWriter(
            key: key, compression: .none, faults: SealingFaults(keepsContradictions: true)
        ).write(
            contents, records: stream, to: workspace.path("b"))
        return try workspace.read("b")
    }
}
