import ContentAddressing
import Evidence
import ForensicTypes
import Glibc

/// Where the targets of fuzzing stand: a sound bundle that they take apart, what a reader of it trusts, and files to write to.
struct FuzzGround {
    let template: TapeArchive
    /// The digest of the template.
    let identity: Digest
    let key: SigningKey
    let trust: VerificationTrust
    private let folder: String

    /// The file that a bundle is read from.
    var bundle: String { folder + "/bundle" }
    /// A case without records.
    var caseFolder: String { folder + "/case" }

    /// Prepares the ground.
    ///
    /// - Parameters:
    ///   - template: The bundle, without its coat, signed by ``PublishedKey``.
    ///   - roots: The roots that it is verified under.
    ///   - folder: A folder of its own.
    init?(template: [UInt8], roots: [X509Certificate], folder: String) {
        guard let key = try? SigningKey(pem: PublishedKey.pem) else { return nil }
        self.template = TapeArchive(template)
        identity = SHA256Digest.of(template)
        self.key = key
        self.folder = folder
        // The bundle's own time: certificates end, and inputs have to be read alike for ever.
        trust = VerificationTrust(key: key.verificationKey, roots: roots, timestampRoots: roots, now: Self.now)
        let made = ["", "/case", "/case/spool"].allSatisfy { unsafe mkdir(folder + $0, 0o700) == 0 || errno == EEXIST }
        guard made, write(Self.description, to: caseFolder + "/case.json") else { return nil }
    }

    /// Replaces a file.
    ///
    /// - Returns: Whether it was written.
    func write(_ bytes: [UInt8], to path: String) -> Bool {
        let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var done = 0
        while done < bytes.count {
            let step = unsafe bytes.withUnsafeBytes { buffer in
                unsafe Glibc.write(descriptor, buffer.baseAddress.map { unsafe $0 + done }, buffer.count - done)
            }
            guard step > 0 else { return false }
            done += step
        }
        return true
    }

    /// The time at which the template is read: 2026-11-28.
    private static let now: Int64 = 1_795_824_000_000_000_000
    private static let description = Array(#"{"created":"1","format":1,"kind":"whorl-case","name":"fuzz"}"#.utf8) + [10]
}
