import Evidence
import ForensicTypes
import Foundation

/// The corpus with what the verifier says about each attack and which checks refused it, kept in a folder: a check whose loss ends
/// the process would otherwise cost all of this again.
struct TracedCorpus: Codable {
    /// What a verifier says that somebody can act on: the exit code, the checks that failed, departures and findings.
    struct Verdict: Codable, Equatable {
        let exitCode: Int32
        let failed: [String]
        let listed: [String]

        init(_ report: VerificationReport) {
            exitCode = report.exitCode
            failed = report.checks.filter { $0.outcome == .failed }.map(\.subject.rawValue)
            listed = report.deviations + report.findings
        }
    }

    struct Attack: Codable {
        let name: String
        let exitCode: Int32
        private let key, reviewer: String?
        private let roots, timestampRoots, webRoots: [String]
        private let archive: Digest?
        private let register: [UInt8]?
        private let keptNotes, keptBundles: [[UInt8]]
        private let beside: [String: [UInt8]]
        private let isBesideAFile: Bool
        var verdict: Verdict?
        /// The conditions that refused it.
        var refused: Set<Int> = []

        init(_ entry: AttackCorpus.Entry) {
            name = entry.name
            exitCode = entry.exitCode
            key = entry.pins.key?.pem
            reviewer = entry.pins.reviewer?.pem
            roots = entry.pins.roots.map(\.pem)
            timestampRoots = entry.pins.timestampRoots.map(\.pem)
            webRoots = entry.pins.webRoots.map(\.pem)
            archive = entry.pins.archive
            register = entry.pins.register?.bytes
            keptNotes = entry.pins.keptNotes
            keptBundles = entry.pins.keptBundles
            beside = entry.pins.beside
            isBesideAFile = entry.pins.isBesideAFile
        }

        var pins: Pins {
            get throws {
                func certificates(_ texts: [String]) throws -> [X509Certificate] {
                    try texts.flatMap { try X509Certificate.decode(pem: $0) }
                }
                return Pins(
                    key: try key.map { try VerificationKey(pem: $0) }, roots: try certificates(roots),
                    timestampRoots: try certificates(timestampRoots), webRoots: try certificates(webRoots),
                    reviewer: try reviewer.map { try VerificationKey(pem: $0) }, archive: archive,
                    register: try register.map { try PlanRegister(bytes: $0) }, keptNotes: keptNotes,
                    keptBundles: keptBundles, beside: beside, isBesideAFile: isBesideAFile)
            }
        }
    }

    var attacks: [Attack]

    /// Reads what was kept, or makes the corpus and writes its bundles.
    init(in folder: Workspace) async throws {
        if let kept = try? folder.read("corpus.json") {
            self = try JSONDecoder().decode(Self.self, from: Data(kept))
            return
        }
        let corpus = try await AttackCorpus()
        for (number, entry) in corpus.entries.enumerated() { try folder.write(entry.bytes, to: "\(number).attack") }
        attacks = corpus.entries.map(Attack.init)
    }

    func save(in folder: Workspace) throws {
        try folder.write(Array(try JSONEncoder().encode(self)), to: "corpus.json")
    }

    /// What the verifier says about an attack.
    func judge(_ number: Int, in folder: Workspace) throws -> Verdict {
        let attack = attacks[number]
        let pins = try attack.pins
        let name = "\(number).attack"
        if !pins.beside.isEmpty || pins.isBesideAFile { try pins.write(try folder.read(name), in: folder, name: name) }
        return Verdict(
            try BundleVerifier.verify(
                path: folder.path(name), trust: pins.trust(in: folder, name: name), expected: pins.archive))
    }
}
