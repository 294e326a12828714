import ContentAddressing
import Evidence
import Foundation
import ForensicTypes
import TestSupport

/// A small case with every kind of content, the same bytes every time.
struct SampleCase {
    var records: [BundleRecord]
    var contents: BundleContents
    let key: SigningKey

    static let keyText = PublishedKey.pem

    /// Makes a case.
    ///
    /// - Parameters:
    ///   - count: Records; every fifth is of another suspect and is withheld.
    ///   - body: The length of a response.
    init(
        count: Int = 12, body: Int = 300, hasPlan: Bool = true, planOfRecords: Digest? = nil,
        plan given: SealedPlan? = nil,
        key: SigningKey? = nil, start: Int64 = 1_795_000_000_000_000_000
    ) throws {
        let key = try key ?? SigningKey(pem: Self.keyText)
        self.key = key
        let commitment = BundleDocument(name: "commitment.json", bytes: Array(#"{"name":"sample","size":3}"#.utf8))
        var plan = given
        if hasPlan, plan == nil {
            plan = try SealedPlan(
                sealing: try Self.plan(commitment: SHA256Digest.of(commitment.bytes)), with: key)
        }
        let bound = planOfRecords ?? plan?.digest
        records = (0..<count).map { Self.record(number: $0, body: body, plan: bound, start: start) }
        contents = BundleContents(
            caseName: "sample", suspect: "suspect-a", protected: "protected", plan: plan,
            tool: BundleTool(version: "0.0.1"), probes: [commitment],
            results: [BundleDocument(name: "suspect-a.json", bytes: Array(#"{"outcome":"inconclusive"}"#.utf8) + [10])],
            custody: Self.custody(at: 0))
    }

    static func digest(of text: String) -> Digest { SHA256Digest.of(text: text) }

    static func custody(at time: Int64) -> [[UInt8]] {
        var custody: [[UInt8]] = []
        for (number, action) in ["open", "collect_start", "collect_end"].enumerated() {
            let head = custody.last.map { SHA256Digest.of($0).hex } ?? String(repeating: "0", count: 64)
            custody.append(
                Array(#"{"action":"\#(action)","n":\#(number),"prev":"\#(head)","t":"\#(time + Int64(number))"}"#.utf8))
        }
        return custody
    }

    static func plan(
        commitment: Digest, register: Plan.RegisterPlace? = nil, writtenAt: Int64 = 0
    ) throws -> Plan {
        try Plan(
            caseName: "sample", writtenAt: writtenAt, protected: "protected", suspects: ["suspect-b", "suspect-a"],
            panel: [.init(name: "panel-1", lineage: Lineage("opt"), purpose: .report)],
            probes: .init(file: commitment, root: SHA256Digest.of(text: "root"), count: 3), comparators: ["b", "a"],
            thresholds: .object(["level": .string("0.05")]), stoppingRule: "after every draw", exclusionRule: "none",
            maximumAttempts: 2, seed: 7, register: register)
    }

    static func record(
        number: Int, body: Int, plan: Digest?, start base: Int64 = 1_795_000_000_000_000_000
    ) -> BundleRecord {
        let models = [
            (#"{"name":"protected","role":"protected"}"#), #"{"name":"suspect-a","role":"suspect"}"#,
            #"{"lineage":"opt","name":"panel-1","role":"panel"}"#, #"{"name":"suspect-a","role":"suspect"}"#,
            #"{"name":"suspect-b","role":"suspect"}"#,
        ]
        var parts: [[UInt8]] = []
        var offset = number * 1000
        var fields: [String] = []
        for (name, length) in [("request", 40), ("response", body)] {
            let salt = SHA256Digest.of(text: "salt \(number) \(name)").bytes
            let part = salt + (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ number) }
            fields.append(
                #"{"commit":"\#(SHA256Digest.of(part).hex)","len":\#(part.count),"name":"\#(name)","off":\#(offset),"seg":0}"#
            )
            offset += part.count
            parts.append(part)
        }
        let start = Int(base) + number * 1_000
        let planField = plan.map { #""plan_sha256":"\#($0.hex)","# } ?? ""
        let line =
            #"{"attempt":0,"model":\#(models[number % 5]),"outcome":"http","parts":[\#(fields.joined(separator: ","))],"#
            + planField
            + #""probe":"\#(SHA256Digest.of(text: "probe \(number)").hex)","rep":0,"run":"r1","#
            + #""salt":"\#(SHA256Digest.of(text: "line \(number)").hex)","seq":\#(number),"status":200,"#
            + #""t_end_ns":"\#(start + 900)","t_start_ns":"\#(start)","v":1}"#
        return BundleRecord(line: Array(line.utf8), parts: number % 5 == 4 ? nil : parts)
    }

    /// What verifiers list of every such case: it holds a stand-in for the commitment to its probes.
    static let withoutProbes =
        "which draws were planned is not known: the bundle holds the commitment to the probes, and not the probes"

    /// Writes the bundle into a folder of its own.
    @discardableResult
    func write(
        to path: String, compression: BundleWriter.Compression = .fast, faults: SealingFaults = SealingFaults()
    ) async throws -> BundleFacts {
        let records = records
        let stream = AsyncStream<BundleRecord> { continuation in
            for record in records { continuation.yield(record) }
            continuation.finish()
        }
        return try await BundleWriter(key: key, compression: compression, faults: faults)
            .write(contents, records: stream, to: path)
    }
}

extension SampleCase {
    /// A sound bundle as plain archive, made once for all attacks on it: hundreds of cases that each wrote one would have more than
    /// a thousand files open at a time, beyond which Foundation's `Process` reads over the end of its list of them.
    struct Sound: Sendable {
        let sample: SampleCase
        let bytes: [UInt8]
        /// The text of the script in it.
        var script: [UInt8] { TapeArchive(bytes)["data/verify.sh"] }

        private static let made = Task {
            let workspace = try Workspace()
            let sample = try SampleCase()
            try await sample.write(to: workspace.path("b"), compression: .none)
            return Sound(sample: sample, bytes: try workspace.read("b"))
        }

        static var shared: Sound { get async throws { try await made.value } }

        /// The bundle after an attack.
        func attacked(by attack: Attack) throws -> [UInt8] {
            var archive = TapeArchive(bytes)
            try attack.apply(&archive, sample.key)
            return archive.bytes
        }
    }
}

/// A folder of one test. All of them are removed when the process ends: a path does not keep its folder alive.
struct Workspace {
    let url: URL

    private static let root: URL = {
        atexit { try? FileManager.default.removeItem(at: Workspace.root) }
        return FileManager.default.temporaryDirectory.appending(path: "evidence-\(UUID().uuidString)")
    }()

    /// A folder that is there already and that stays.
    init(at url: URL) { self.url = url }

    init() throws {
        url = Self.root.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    func path(_ name: String) -> String { url.appending(path: name).path }

    func write(_ bytes: [UInt8], to name: String) throws { try Data(bytes).write(to: url.appending(path: name)) }

    func read(_ name: String) throws -> [UInt8] { Array(try Data(contentsOf: url.appending(path: name))) }

    var names: [String] { get throws { try FileManager.default.contentsOfDirectory(atPath: url.path).sorted() } }
}
