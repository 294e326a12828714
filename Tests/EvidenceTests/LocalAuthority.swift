import Evidence
import Foundation
import Synchronization
import TestSupport

/// A time-stamp authority made with openssl: a root, a signer under it, and answers to queries.
///
/// `mistakes` make it an authority that must not be believed.
struct LocalAuthority {
    /// What is wrong with it.
    struct Mistakes {
        var extendedUsage = "critical,timeStamping"
        var signerConstraints = "critical,CA:false"
        var rootConstraints = "critical,CA:true"
        var digest = "sha256"
        var bindingDigest = "sha256"
        var includesRoot = false
        /// Days from now at which the signer's certificate begins, and how long it lives.
        var life = (start: -1, days: 365)
        /// How many days the root lives from now.
        var rootDays = 3650
    }

    let workspace: Workspace
    let name: String
    private let openssl: ExternalTool
    private let includesRoot: Bool

    /// The root, to be pinned.
    var root: [X509Certificate] { get throws { try X509Certificate.load(path: workspace.path("\(name)-ca.pem")) } }
    var rootFile: String { workspace.path("\(name)-ca.pem") }

    /// Makes the authority.
    ///
    /// - Parameter algorithm: Arguments of `openssl genpkey`.
    init(
        in workspace: Workspace, name: String = "tsa", algorithm: [String] = Self.p256, mistakes: Mistakes = Mistakes()
    ) throws {
        self.workspace = workspace
        self.name = name
        guard let openssl = ExternalTool("openssl") else { throw CocoaError(.fileNoSuchFile) }
        self.openssl = openssl
        includesRoot = mistakes.includesRoot
        let configuration = """
            [tsa]
            default_tsa = a
            [a]
            serial = \(workspace.path("\(name)-serial"))
            signer_digest = \(mistakes.digest)
            default_policy = 1.2.3.4.1
            digests = sha1, sha256, sha384, sha512
            ordering = no
            tsa_name = no
            ess_cert_id_chain = no
            ess_cert_id_alg = \(mistakes.bindingDigest)
            [req]
            distinguished_name = dn
            [dn]
            [ca]
            basicConstraints = \(mistakes.rootConstraints)
            keyUsage = critical,keyCertSign,cRLSign
            subjectKeyIdentifier = hash
            [stamp]
            basicConstraints = \(mistakes.signerConstraints)
            keyUsage = critical,digitalSignature
            extendedKeyUsage = \(mistakes.extendedUsage)
            subjectKeyIdentifier = hash
            authorityKeyIdentifier = keyid
            """
        try workspace.write(Array(configuration.utf8), to: "\(name).cnf")
        try workspace.write(Array("01\n".utf8), to: "\(name)-serial")
        for part in ["ca", "signer"] {
            try run(["genpkey"] + algorithm + ["-out", file("\(part).key")])
        }
        for (part, subject) in [("ca", "\(name) root"), ("signer", name)] {
            try run([
                "req", "-new", "-key", file("\(part).key"), "-out", file("\(part).csr"), "-subj", "/CN=\(subject)",
                "-config",
                workspace.path("\(name).cnf"),
            ])
        }
        let dates = DateFormatter()
        dates.locale = Locale(identifier: "en_US_POSIX")
        dates.timeZone = .gmt
        dates.dateFormat = "yyyyMMdd'000000Z'"
        func day(_ offset: Int) -> String { dates.string(from: Date(timeIntervalSinceNow: Double(offset) * 86_400)) }
        // `ca` is the one command that takes dates.
        try workspace.write([], to: "\(name)-index.txt")
        let issuing = """

            [issue]
            database = \(file("index.txt"))
            new_certs_dir = \(workspace.url.path)
            rand_serial = yes
            default_md = sha256
            policy = any
            unique_subject = no
            [any]
            commonName = supplied
            """
        try workspace.write(Array((configuration + issuing).utf8), to: "\(name).cnf")
        try run([
            "ca", "-batch", "-notext", "-name", "issue", "-config", workspace.path("\(name).cnf"), "-selfsign",
            "-keyfile",
            file("ca.key"), "-in", file("ca.csr"), "-out", file("ca.pem"), "-extensions", "ca", "-startdate", day(-1),
            "-enddate", day(mistakes.rootDays),
        ])
        try run([
            "ca", "-batch", "-notext", "-name", "issue", "-config", workspace.path("\(name).cnf"), "-cert",
            file("ca.pem"),
            "-keyfile", file("ca.key"), "-in", file("signer.csr"), "-out", file("signer.pem"), "-extensions", "stamp",
            "-startdate", day(mistakes.life.start), "-enddate", day(mistakes.life.start + mistakes.life.days),
        ])
    }

    static let p256 = ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"]
    static let p384 = ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384"]
    static let rsa = ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"]

    /// openssl writes the next serial number into a file, so one answer is made at a time.
    private static let turn = Mutex(())

    /// What a server would answer to a query, by this machine's clock or by one that was moved to a time.
    func answer(_ query: [UInt8], at time: String? = nil) throws -> [UInt8] {
        try Self.turn.withLock { _ in try made(query, at: time) }
    }

    private func made(_ query: [UInt8], at time: String?) throws -> [UInt8] {
        let scratch = UUID().uuidString
        try workspace.write(query, to: scratch + ".tsq")
        try run(
            [
                "ts", "-reply", "-config", workspace.path("\(name).cnf"), "-section", "a", "-queryfile",
                workspace.path(scratch + ".tsq"), "-signer", file("signer.pem"), "-inkey", file("signer.key"), "-out",
                workspace.path(scratch + ".tsr"),
            ] + (includesRoot ? ["-chain", file("ca.pem")] : []), at: time)
        return try workspace.read(scratch + ".tsr")
    }

    /// A token over some bytes, taken without looking at the authority's certificate.
    func stamp(_ bytes: [UInt8]) throws -> StoredTimestamp {
        let query = TimestampQuery(about: bytes)
        return StoredTimestamp(
            authority: name, query: query.der, response: try TimestampToken.stored(answer: try answer(query.der)))
    }

    /// openssl's own verdict about a token over some bytes, at the time that the token states.
    func opensslAccepts(_ response: [UInt8], over bytes: [UInt8], at seconds: Int64) throws -> Bool {
        let scratch = UUID().uuidString
        try workspace.write(response, to: scratch + ".tsr")
        try workspace.write(bytes, to: scratch)
        return try openssl.run([
            "ts", "-verify", "-in", workspace.path(scratch + ".tsr"), "-data", workspace.path(scratch), "-CAfile",
            file("ca.pem"), "-attime", String(seconds),
        ]).status == 0
    }

    private func file(_ part: String) -> String { workspace.path("\(name)-\(part)") }

    private func run(_ arguments: [String], at time: String? = nil) throws {
        guard let tool = time == nil ? openssl : ExternalTool("faketime") else { throw CocoaError(.fileNoSuchFile) }
        let outcome = try tool.run(time.map { [$0, openssl.path] + arguments } ?? arguments)
        guard outcome.status == 0 else {
            throw EvidenceError(.timestamp, "openssl \(arguments.first ?? ""): \(outcome.errors)")
        }
    }
}

extension VerificationTrust {
    /// The clock of the machine, for tests.
    static var clock: Int64 { VerificationTrust().now }
}
