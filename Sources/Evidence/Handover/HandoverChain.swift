internal import ContentAddressing
internal import FoundationEssentials
public import struct ForensicTypes.Digest

/// The handovers of one bundle, in the folder `after/NAME` beside it.
///
/// Each statement is signed by giver and receiver. The first giver is the signer of the bundle and every next one the
/// receiver before, so one pinned key vouches for all.
public struct HandoverChain: Sendable {
    /// The folder.
    public let folder: String
    /// The archive that was handed over.
    public let archive: Digest
    /// The statements that both have signed, in order, and at the end perhaps one that only the giver has.
    public private(set) var statements: [HandoverStatement] = []
    /// Whether the last statement still lacks the receiver's signature.
    public private(set) var isOpen = false
    /// Who has the bundle now, by the statements.
    public private(set) var holder: VerificationKey
    private var head: Digest
    private var last: DSSEEnvelope?

    /// Reads the folder and checks every statement in it.
    ///
    /// - Parameters:
    ///   - bundle: The path of the bundle.
    ///   - archive: The digest of the archive.
    ///   - signer: The key that signed the bundle.
    /// - Throws: `custody` if the chain is broken; `signature`, `canonical`, `version`, `key`, `limit`.
    public init(beside bundle: String, archive: Digest, signer: VerificationKey) throws(EvidenceError) {
        folder = Self.folder(beside: bundle)
        self.archive = archive
        holder = signer
        head = archive
        let names = try InputFolder.names(in: folder)
        for name in names where !Self.isExpected(name) {
            throw EvidenceError(.custody, "\(folder) holds something that has no place there")
        }
        let count = names.count { $0.hasSuffix(".giver.dsse.json") }
        for number in 1..<(count + 1) { try read(number, isLast: number == count) }
        let received = names.count { $0.hasSuffix(".receiver.dsse.json") }
        guard received == count - (isOpen ? 1 : 0) else {
            throw EvidenceError(.custody, "a receiver's signature belongs to no handover")
        }
    }

    private mutating func read(_ number: Int, isLast: Bool) throws(EvidenceError) {
        let given = try Self.envelope(at: path(number, "giver"))
        let payload = try given.verifiedPayload(key: holder)
        let statement = try Statement<HandoverStatement>(payload: payload, type: .handover)
        let predicate = statement.predicate
        guard predicate.v == 1, predicate.crit.isEmpty else {
            throw EvidenceError(.version, "a handover of an unknown version")
        }
        guard statement.subject == [.init(name: Self.subject, sha256: archive)] else {
            throw EvidenceError(.custody, "handover \(number) is of another bundle")
        }
        guard predicate.n == number, predicate.prev == head, predicate.giver.key == holder.identifier else {
            throw EvidenceError(.custody, "handover \(number) does not follow from the one before")
        }
        let receiver = try predicate.verifiedReceiverKey()
        statements.append(predicate)
        last = given
        guard FileManager.default.fileExists(atPath: path(number, "receiver")) else {
            guard isLast else { throw EvidenceError(.custody, "handover \(number) was never received") }
            isOpen = true
            return
        }
        guard try Self.envelope(at: path(number, "receiver")).verifiedPayload(key: receiver) == payload else {
            throw EvidenceError(.custody, "the receiver signed another statement than the giver")
        }
        head = SHA256Digest.of(payload)
        holder = receiver
    }

    /// Gives the bundle away: writes the statement, signed by the giver.
    ///
    /// - Parameters:
    ///   - key: The key of whoever has the bundle.
    ///   - giver: The name of that person.
    ///   - receiver: The name of the other.
    ///   - receiverKey: The other's key.
    ///   - why: The reason.
    ///   - time: Nanoseconds since 1970.
    /// - Returns: The path of the new file.
    /// - Throws: `custody` if a handover is open, or the key is not the holder's; `canonical`, `exists`, `diskFull`.
    public func give(
        with key: SigningKey, as giver: String, to receiver: String, key receiverKey: VerificationKey, why: String,
        time: Int64
    ) throws(EvidenceError) -> String {
        guard !isOpen else { throw EvidenceError(.custody, "the last handover has not been received yet") }
        guard key.verificationKey == holder else {
            throw EvidenceError(.custody, "the bundle is in other hands: the key is not that of who has it")
        }
        guard receiverKey != holder else {
            throw EvidenceError(.custody, "giver and receiver have the same key")
        }
        let statement = HandoverStatement(
            number: statements.count + 1, previous: head, time: time, giver: .init(name: giver, key: holder),
            receiver: .init(name: receiver, key: receiverKey), receiverKey: receiverKey, why: why)
        let envelope = try Statement(
            type: .handover, subject: [.init(name: Self.subject, sha256: archive)], predicate: statement
        ).sealed(with: key)
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw EvidenceError(.inputOutput, "\(folder) cannot be made")
        }
        let target = path(statement.n, "giver")
        try OutputFile.create(path: target, bytes: envelope.bytes, permissions: 0o644)
        return target
    }

    /// Takes the bundle: signs the open statement as its receiver.
    ///
    /// - Returns: The path of the new file.
    /// - Throws: `custody` if nothing is open, or it is for another key; `exists`, `diskFull`, `inputOutput`.
    public func receive(with key: SigningKey) throws(EvidenceError) -> String {
        guard isOpen, let last, let statement = statements.last else {
            throw EvidenceError(.custody, "no handover waits for its receiver")
        }
        guard statement.receiver.key == key.verificationKey.identifier else {
            throw EvidenceError(.custody, "the handover is for another key")
        }
        let envelope = try DSSEEnvelope(signing: last.payload, type: last.payloadType, key: key)
        let target = path(statement.n, "receiver")
        try OutputFile.create(path: target, bytes: envelope.bytes, permissions: 0o644)
        return target
    }

    /// The folder for what happens to a bundle after it was sealed.
    public static func folder(beside bundle: String) -> String {
        let cut = bundle.lastIndex(of: "/").map { bundle.index(after: $0) } ?? bundle.startIndex
        var name = bundle[cut...]
        for suffix in [".zst", ".tar"] where name.hasSuffix(suffix) { name = name.dropLast(suffix.count) }
        return "\(bundle[..<cut])after/\(name)"
    }

    private static let subject = "bundle.tar"

    private func path(_ number: Int, _ role: String) -> String {
        "\(folder)/\(BundleLayout.digits(number, 4)).\(role).dsse.json"
    }

    private static func envelope(at path: String) throws(EvidenceError) -> DSSEEnvelope {
        try DSSEEnvelope(bytes: try InputFile(path: path).readAll(limit: DSSEEnvelope.maximumLength))
    }

    private static func isExpected(_ name: String) -> Bool {
        if ArchiveStamps.number(of: name) != nil { return true }
        for role in [".giver.dsse.json", ".receiver.dsse.json"] where name.hasSuffix(role) {
            let number = name.dropLast(role.count)
            return number.utf8.count == 4 && number.utf8.allSatisfy { (0x30...0x39).contains($0) }
        }
        return false
    }
}
