public import CaseStore
public import ForensicTypes
internal import ContentAddressing
internal import WireFormats

/// Takes recorded answers of others into a case, from JSON lines or from an HTTP archive. They stay marked as imported and
/// never count as collected.
public struct AnswerImport: Sendable {
    /// The models in the file, in order of their names.
    public let models: [ModelIdentity]
    /// How many answers the file holds.
    public var count: Int { answers.count }
    /// What an archive holds beside answers to probes, by the reason why it was left out. Always empty for JSON lines.
    public let leftOut: [LeftOut: Int]

    /// Why an entry of an archive was left out.
    public enum LeftOut: String, Sendable, Hashable, Codable, CaseIterable {
        /// It is no call of a provider, or one whose body cannot be read.
        case otherRequest = "other_request"
        /// It asks what no probe of the set asks, or asks it with other parameters.
        case noProbe = "no_probe"
        /// It was answered with an error.
        case failed
        /// Its answer cannot be read.
        case unreadable
        /// The probe wants no further draw.
        case surplus
    }

    struct Answer: Sendable {
        let model: String
        let probe: Digest
        let draw: Int
        let bytes: [UInt8]
        var redactions: [Redaction] = []
    }

    private let answers: [Answer]
    private let digest: Digest

    /// The greatest size of a file, in bytes.
    public static let maximumLength = 1 << 30

    /// Reads and checks a file; nothing is written.
    ///
    /// - Parameters:
    ///   - bytes: The file's content.
    ///   - path: Its path, for messages.
    ///   - role: What its models are to the investigation.
    ///   - lineage: The lineage of its models; nil gives each model a lineage of its own name, except for a suspect.
    ///   - probes: The probes that may be answered.
    /// - Throws: `unreadableImport`, which names the file and the line.
    public init(
        _ bytes: [UInt8], path: String, role: ModelRole, lineage: Lineage?, probes: [IdentifiedProbe]
    ) throws(AcquisitionError) {
        guard bytes.count <= Self.maximumLength else {
            throw AcquisitionError(.unreadableImport, "\(path) has \(bytes.count) bytes; the limit is 1 GiB")
        }
        let known = Set(probes.map(\.id))
        var answers: [Answer] = []
        var seen: Set<String> = []
        let newline = UInt8(ascii: "\n")
        for (index, raw) in bytes.split(separator: newline, omittingEmptySubsequences: false).enumerated() {
            if raw.isEmpty && index > 0 { continue }
            let place = "\(path):\(index + 1)"
            let answer: ImportedAnswer
            do {
                answer = try ImportedAnswer(line: Array(raw))
            } catch {
                throw AcquisitionError(.unreadableImport, "\(place): \(error.message)")
            }
            try Self.checkName(answer.model, at: place)
            guard known.contains(answer.probe) else {
                throw AcquisitionError(
                    .unreadableImport, "\(place): probe \(answer.probe.abbreviated) is not in the probe set")
            }
            guard seen.insert("\(answer.probe.hex) \(answer.draw) \(answer.model)").inserted else {
                throw AcquisitionError(
                    .unreadableImport,
                    "\(place): draw \(answer.draw) of probe \(answer.probe.abbreviated) stands here twice")
            }
            answers.append(
                Answer(model: answer.model, probe: answer.probe, draw: answer.draw, bytes: Array(raw)))
        }
        self.init(answers, leftOut: [:], of: SHA256Digest.of(bytes), role: role, lineage: lineage)
    }

    /// Refuses a name that a record cannot bear in a bundle.
    static func checkName(_ model: String, at place: String) throws(AcquisitionError) {
        guard ModelIdentity.isName(model) else {
            throw AcquisitionError(
                .unreadableImport,
                "\(place): a model's name has printable ASCII characters, and a blank neither first nor last")
        }
    }

    init(_ answers: [Answer], leftOut: [LeftOut: Int], of digest: Digest, role: ModelRole, lineage: Lineage?) {
        self.answers = answers
        self.leftOut = leftOut
        self.digest = digest
        models = Set(answers.map(\.model)).sorted().map { name in
            ModelIdentity(name: name, role: role, lineage: lineage ?? (role == .suspect ? nil : Lineage(name)))
        }
    }

    /// Appends the answers to a case, each as the exact bytes of its line or entry, secrets masked, and logs the import.
    ///
    /// - Throws: `alreadyExists` where the case holds records of one of the models; the errors of appending.
    public func append(to store: CaseStore, run: String) async throws(CaseStoreError) {
        let present = Set(try await store.models().map(\.name))
        for model in models where present.contains(model.name) {
            throw CaseStoreError(.alreadyExists, "the case already holds answers of \(model.name)")
        }
        let identities = Dictionary(models.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        let now = HostClock.wall()
        for answer in answers {
            guard let model = identities[answer.model] else { continue }
            let transcript = Transcript(
                run: run, model: model, probe: answer.probe, draw: answer.draw, attempt: 0, startedAt: now,
                endedAt: now, elapsed: 0, connection: ConnectionFacts(peerAddress: nil, serverName: "imported"),
                outcome: .imported, request: [], response: answer.bytes, redactions: answer.redactions)
            _ = try await store.append(transcript)
        }
        try await store.log(
            .imported, object: digest,
            why: "run \(run): \(count.counted("answer")) of \(models.count.counted("model")) from a file")
    }
}
