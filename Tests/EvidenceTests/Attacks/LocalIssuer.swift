import Evidence
import Foundation
import TestSupport

/// Certificates that openssl makes, with one mistake or more: a chain for a key from a root, each member with a profile.
struct LocalIssuer {
    /// How one certificate is made.
    struct Profile {
        var extensions: [String]
        /// Arguments of `openssl genpkey`; ignored where the key is given.
        var algorithm = LocalAuthority.p256
        /// Days from now at which it begins, and how long it lives.
        var life = (start: -1, days: 30)
        /// The digest by which its issuer signs it.
        var digest = "sha256"
        /// Whether it is of version 1, without extensions.
        var isFirstVersion = false

        static let authority = Profile(extensions: [
            "basicConstraints=critical,CA:true", "keyUsage=critical,keyCertSign",
        ])
        static let collector = Profile(extensions: [
            "basicConstraints=critical,CA:false", "keyUsage=critical,digitalSignature",
            "extendedKeyUsage=1.3.6.1.5.5.7.3.36",
        ])
        static let server = Profile(extensions: [
            "basicConstraints=critical,CA:false", "keyUsage=critical,digitalSignature", "extendedKeyUsage=serverAuth",
            "subjectAltName=DNS:model.example,DNS:*.models.example,IP:127.0.0.1,IP:::1",
        ])
        static let stamper = Profile(extensions: [
            "basicConstraints=critical,CA:false", "keyUsage=critical,digitalSignature",
            "extendedKeyUsage=critical,timeStamping",
        ])

        /// The profile with one extension in the place of that of its name, or added.
        func with(_ line: String) -> Profile {
            var changed = self
            let name = line.split(separator: "=")[0] + "="
            changed.extensions = extensions.filter { !$0.hasPrefix(name) } + (line.hasSuffix("=") ? [] : [line])
            return changed
        }

        func living(_ start: Int, _ days: Int) -> Profile {
            var changed = self
            changed.life = (start, days)
            return changed
        }

        func signed(by digest: String) -> Profile {
            var changed = self
            changed.digest = digest
            return changed
        }

        func keyed(_ algorithm: [String]) -> Profile {
            var changed = self
            changed.algorithm = algorithm
            return changed
        }
    }

    /// What openssl made. Not all of it can be read: ours knows neither SHA-1 nor short keys.
    struct Made {
        let pem: String
        var certificate: X509Certificate { get throws { try X509Certificate.decode(pem: pem)[0] } }
        var der: [UInt8] { Base64Text.decode(pem.split(separator: "\n").dropFirst().dropLast().joined()) }
    }

    private let workspace = try? Workspace()

    /// The certificates of a chain, the root first, for a public key at its end.
    ///
    /// - Parameters:
    ///   - profiles: The root's first.
    ///   - key: The private key of the last, in PEM; nil draws one.
    ///   - publicKey: A public key that the last certificate is for instead, in PEM.
    func chain(_ profiles: [Profile], key: String?, publicKey: String? = nil) throws -> [Made] {
        guard let workspace, let openssl = ExternalTool("openssl") else { throw CocoaError(.fileNoSuchFile) }
        func run(_ arguments: [String]) throws {
            let outcome = try openssl.run(arguments)
            guard outcome.status == 0 else {
                throw EvidenceError(.certificate, "openssl \(arguments[0]): \(outcome.errors)")
            }
        }
        func path(_ number: Int, _ end: String) -> String { workspace.path("\(number).\(end)") }
        for (number, profile) in profiles.enumerated() {
            if number == profiles.count - 1, let key {
                try workspace.write(Array(key.utf8), to: "\(number).key")
            } else {
                try run(["genpkey"] + profile.algorithm + ["-out", path(number, "key")])
            }
            let configuration = """
                [req]
                distinguished_name = dn
                [dn]
                [ext]
                \(profile.extensions.joined(separator: "\n"))
                [issue]
                database = \(path(number, "index"))
                new_certs_dir = \(workspace.url.path)
                rand_serial = yes
                policy = any
                unique_subject = no
                [any]
                commonName = supplied
                """
            try workspace.write(Array(configuration.utf8), to: "\(number).cnf")
            try workspace.write([], to: "\(number).index")
            try run([
                "req", "-new", "-key", path(number, "key"), "-out", path(number, "csr"), "-subj",
                "/CN=member \(number)",
                "-config", path(number, "cnf"),
            ])
            let issuer = max(number - 1, 0)
            var arguments = [
                "ca", "-batch", "-notext", "-name", "issue", "-config", path(number, "cnf"), "-keyfile",
                path(issuer, "key"), "-in", path(number, "csr"), "-out", path(number, "crt"), "-md", profile.digest,
                "-startdate", Self.day(profile.life.start), "-enddate",
                Self.day(profile.life.start + profile.life.days),
            ]
            arguments += number == 0 ? ["-selfsign"] : ["-cert", path(issuer, "crt")]
            if !profile.isFirstVersion { arguments += ["-extensions", "ext"] }
            if number == profiles.count - 1, let publicKey {
                try workspace.write(Array(publicKey.utf8), to: "forced.pem")
                arguments = [
                    "x509", "-new", "-force_pubkey", workspace.path("forced.pem"), "-subj", "/CN=member \(number)",
                    "-CA", path(issuer, "crt"), "-CAkey", path(issuer, "key"), "-days", "20", "-extfile",
                    path(number, "cnf"), "-extensions", "ext", "-out", path(number, "crt"),
                ]
            }
            try run(arguments)
        }
        return try profiles.indices.map { Made(pem: String(decoding: try workspace.read("\($0).crt"), as: UTF8.self)) }
    }

    private static func day(_ offset: Int) -> String {
        let format = DateFormatter()
        format.locale = Locale(identifier: "en_US_POSIX")
        format.timeZone = .gmt
        format.dateFormat = "yyyyMMddHHmmss'Z'"
        return format.string(from: Date(timeIntervalSinceNow: Double(offset) * 86_400 - 60))
    }
}

/// Base64 of a test's own, not that of the module.
enum Base64Text {
    static func decode(_ text: String) -> [UInt8] { Data(base64Encoded: text).map(Array.init) ?? [] }
}
