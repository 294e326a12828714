import ContentAddressing
import Evidence
import ForensicTypes
import Foundation

/// A sound bundle beside which lies a handover that is not what it has to be. The other two verifiers do not read handovers.
struct HandoverAttack: Sendable {
    let name: String
    let exitCode: Int32
    private let change: @Sendable (inout Handovers) throws -> Void

    private init(_ name: String, _ exitCode: Int32 = 50, _ change: @escaping @Sendable (inout Handovers) throws -> Void)
    {
        self.name = name
        self.exitCode = exitCode
        self.change = change
    }

    /// The files of two handovers, and who signs them.
    private struct Handovers {
        var files: [String: [UInt8]] = [:]
        let signers: [SigningKey]

        func path(_ number: Int, _ role: String) -> String { "000\(number).\(role).dsse.json" }

        /// The first statement.
        var statement: String {
            get throws {
                String(decoding: try DSSEEnvelope(bytes: files[path(1, "giver")] ?? []).payload, as: UTF8.self)
            }
        }

        /// Has a statement of the first two signed by both, or by the receiver another one.
        mutating func sign(_ text: String, receiver other: String? = nil, number: Int = 1) throws {
            for (role, signer, text) in [("giver", signers[0], text), ("receiver", signers[1], other ?? text)] {
                files[path(number, role)] = try DSSEEnvelope(
                    signing: Array(text.utf8), type: DSSEEnvelope.statementType, key: signer
                ).bytes
            }
        }

        mutating func remove(_ number: Int, _ roles: String...) {
            for role in roles { files[path(number, role)] = nil }
        }
    }

    /// The bundle, and what lies beside it.
    func make() async throws -> (bytes: [UInt8], pins: Pins) {
        let workspace = try Workspace()
        let sample = try SampleCase()
        let archive = try await sample.write(to: workspace.path("b"), compression: .none).archive
        var handovers = Handovers(signers: [sample.key, try .generate(), try .generate(.p256)])
        func chain() throws -> HandoverChain {
            try HandoverChain(beside: workspace.path("b"), archive: archive, signer: sample.key.verificationKey)
        }
        for (giver, receiver) in zip(handovers.signers, handovers.signers.dropFirst()) {
            _ = try chain().give(
                with: giver, as: "a", to: "b", key: receiver.verificationKey, why: "opinion", time: 1)
            _ = try chain().receive(with: receiver)
        }
        let folder = URL(filePath: HandoverChain.folder(beside: workspace.path("b")))
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
            handovers.files[name] = Array(try Data(contentsOf: folder.appending(path: name)))
        }
        try change(&handovers)
        return (try workspace.read("b"), Pins(key: sample.key.verificationKey, beside: handovers.files))
    }

    /// A change of the only statement, which both sign.
    private static func stated(_ name: String, _ pattern: String, _ replacement: String) -> HandoverAttack {
        HandoverAttack(name) { handovers in
            handovers.remove(2, "giver", "receiver")
            let changed = try handovers.statement.replacing(Regex(pattern), with: replacement, maxReplacements: 1)
            try handovers.sign(changed)
        }
    }

    static let all: [HandoverAttack] = [
        HandoverAttack("two handovers: nothing wrong", 0) { _ in },
        HandoverAttack("a handover that is signed again: nothing wrong", 0) {
            $0.remove(2, "giver", "receiver")
            try $0.sign($0.statement)
        },
        HandoverAttack("a last handover that nobody received: nothing wrong", 0) { $0.remove(2, "receiver") },
        HandoverAttack("a handover before the last that nobody received") { $0.remove(1, "receiver") },
        HandoverAttack("a receiver's signature without a giver's") { $0.remove(2, "giver") },
        HandoverAttack("something among the handovers that has no place there") { $0.files["notes.txt"] = [1] },
        HandoverAttack("a receiver who signs another statement") { handovers in
            handovers.remove(2, "giver", "receiver")
            let statement = try handovers.statement
            try handovers.sign(statement, receiver: statement.replacing("opinion", with: "gift"))
        },
        HandoverAttack("a second handover by the giver of a first that nobody received") { handovers in
            try handovers.sign(handovers.statement.replacing(#""n":1"#, with: #""n":2"#), number: 2)
            handovers.remove(1, "receiver")
        },
        stated("a handover of version 2", #""v":1"#, #""v":2"#),
        stated("a handover that asks for something unknown", #""crit":\[\]"#, #""crit":["x"]"#),
        stated("a handover of another bundle", #""sha256":"[0-9a-f]{64}""#, #""sha256":"\#(Attack.digest)""#),
        stated("a handover with the number of the next", #""n":1"#, #""n":2"#),
        stated("a handover that follows from another", #""prev":"[0-9a-f]{64}""#, #""prev":"\#(Attack.digest)""#),
        stated(
            "a giver who is somebody else", #""giver":\{"key":"[0-9a-f]{64}""#,
            #""giver":{"key":"\#(Attack.digest)""#),
        stated(
            "a receiver's key that the statement does not name", #""receiver":\{"key":"[0-9a-f]{64}""#,
            #""receiver":{"key":"\#(Attack.digest)""#),
        stated("a receiver's key that is no base64", #""receiver_key":""#, #""receiver_key":"!"#),
    ]
}
