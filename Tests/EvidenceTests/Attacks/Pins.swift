import Evidence
import ForensicTypes
import Foundation
import TestSupport
import Testing

/// What verifiers are told from outside: for ours as values, for the other two as files.
struct Pins: Sendable {
    var key: VerificationKey?
    var roots: [X509Certificate] = []
    var timestampRoots: [X509Certificate] = []
    var webRoots: [X509Certificate] = []
    var reviewer: VerificationKey?
    var archive: Digest?
    /// A newer register, for ours alone.
    var register: PlanRegister?
    /// A file that the other two are given for the key: ours is given keys that were read already.
    var keyFile: String?
    /// Checkpoints and bundles that were kept, for ours alone.
    var keptNotes: [[UInt8]] = []
    var keptBundles: [[UInt8]] = []
    /// The files of the folder beside the bundle; a name that ends with `/` is a folder's.
    var beside: [String: [UInt8]] = [:]
    /// Whether a file stands in the place of that folder.
    var isBesideAFile = false

    /// What our verifier takes.
    var trust: VerificationTrust {
        VerificationTrust(
            key: key, roots: roots, timestampRoots: timestampRoots, webRoots: webRoots, reviewer: reviewer,
            register: register)
    }

    /// The same with what was kept, which is written beside a bundle of a folder.
    func trust(in folder: Workspace, name: String) throws -> VerificationTrust {
        var trust = trust
        trust.kept = try keptNotes.map { .checkpoint(try Checkpoint(note: $0)) }
        for (number, bytes) in keptBundles.enumerated() {
            try folder.write(bytes, to: "\(name).kept-\(number)")
            trust.kept.append(.bundle(folder.path("\(name).kept-\(number)")))
        }
        return trust
    }

    /// Writes a bundle and what lies beside it into a folder.
    func write(_ bundle: [UInt8], in folder: Workspace, name: String) throws {
        try folder.write(bundle, to: name)
        let place = folder.url.appending(path: "after/\(name)")
        try? FileManager.default.removeItem(at: place)
        if isBesideAFile {
            try FileManager.default.createDirectory(
                at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data([1]).write(to: place)
        }
        guard !beside.isEmpty else { return }
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        for (file, bytes) in beside {
            let path = place.appending(path: file)
            if file.hasSuffix("/") {
                try FileManager.default.createDirectory(at: path, withIntermediateDirectories: true)
            } else {
                try Data(bytes).write(to: path)
            }
        }
    }

    /// What the script and the verifier in Python take after the bundle. The files are written into a folder.
    func arguments(in folder: Workspace, name: String = "pinned") throws -> [String] {
        func file(_ end: String, _ text: String?) throws -> String {
            guard let text, !text.isEmpty else { return "-" }
            try folder.write(Array(text.utf8), to: "\(name).\(end)")
            return folder.path("\(name).\(end)")
        }
        let trusted = try file("pem", keyFile ?? key?.pem ?? roots.map(\.pem).joined())
        let authorities = try file("tsa.pem", timestampRoots.map(\.pem).joined())
        let second = try file("reviewer.pem", reviewer?.pem)
        return [trusted, archive?.hex ?? "-", authorities] + (second == "-" ? [] : [second])
    }
}

/// The exit codes of the three verifiers about one bundle.
struct ThreeVerifiers {
    static let areAvailable = ExternalTool.areAvailable(
        "bash", "openssl", "jq", "sha256sum", "xxd", "cmp", "tar", "zstd", "python3")
    static let missing: Comment = "a tool is missing: bash, openssl, jq, sha256sum, xxd, cmp, tar, zstd, python3"

    private static let python = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../../Tools/verify/verify_bundle.py").standardizedFileURL.path

    /// Ours, by check.
    let report: VerificationReport
    /// Nil where it was not asked.
    let script: ExternalTool.Outcome?
    let python: ExternalTool.Outcome

    /// Asks all three.
    ///
    /// - Parameters:
    ///   - bundle: The bundle's bytes.
    ///   - script: The text of `verify.sh`, from a sound bundle; nil does not ask it.
    ///   - others: Files that lie in the folder of the bundle.
    init(_ bundle: [UInt8], pins: Pins, script text: [UInt8]?, others: [String: [UInt8]] = [:]) throws {
        let folder = try Workspace()
        for (name, bytes) in others { try folder.write(bytes, to: name) }
        try pins.write(bundle, in: folder, name: "b")
        try folder.write(text ?? [], to: "verify.sh")
        let arguments = [folder.path("b")] + (try pins.arguments(in: folder))
        guard let bash = ExternalTool("bash"), let interpreter = ExternalTool("python3") else {
            throw CocoaError(.fileNoSuchFile)
        }
        report = try BundleVerifier.verify(path: folder.path("b"), trust: pins.trust, expected: pins.archive)
        script = try text.map { _ in try bash.run([folder.path("verify.sh")] + arguments) }
        python = try interpreter.run(["-B", Self.python] + arguments)
    }

    /// The codes of ours, the script and the one in Python.
    var codes: [Int32?] { [report.exitCode, script?.status, python.status] }

    /// What each of them said.
    var words: String {
        let failed = report.checks.filter { $0.outcome == .failed }.map { "\($0.subject): \($0.detail)" }
        func last(_ outcome: ExternalTool.Outcome?) -> String {
            guard let outcome else { return "not asked" }
            let lines = String(decoding: outcome.output, as: UTF8.self).split(separator: "\n")
            return "\(lines.last ?? "") \(outcome.errors)"
        }
        return "ours: \(failed); script: \(last(script)); Python: \(last(python))"
    }
}
