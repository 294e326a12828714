internal import ContentAddressing
public import ForensicTypes
internal import WireFormats

extension AnswerImport {
    /// Reads an HTTP archive (HAR 1.2) and keeps the calls of providers that ask what a probe asks; nothing is written.
    ///
    /// A call belongs to a probe that has the same prompt and no parameter that differs. The calls of a probe are its draws, in
    /// the order of the file. Keys, cookies and signatures are masked in the entry at the same length.
    ///
    /// - Parameters:
    ///   - bytes: The file's content.
    ///   - path: Its path, for messages.
    ///   - model: The name that the model behind all calls has in the case.
    ///   - role: What it is to the investigation.
    ///   - lineage: Its lineage; nil gives it one of its own name, except for a suspect.
    ///   - probes: The probes that may be answered.
    /// - Throws: `unreadableImport`, which names the file, for a file that is no archive or holds no answer to a probe.
    public init(
        archive bytes: [UInt8], path: String, model: String, role: ModelRole, lineage: Lineage?,
        probes: [IdentifiedProbe]
    ) throws(AcquisitionError) {
        try Self.checkName(model, at: path)
        let archive: HTTPArchive
        do {
            archive = try HTTPArchive(bytes)
        } catch {
            throw AcquisitionError(.unreadableImport, "\(path): \(error.message)")
        }
        let byPrompt = Dictionary(grouping: probes, by: \.probe.prompt)
        var answers: [Answer] = []
        var leftOut: [LeftOut: Int] = [:]
        var draws: [Digest: Int] = [:]
        for (entry, secrets) in zip(archive.entries, archive.secrets) {
            let masked = Self.masked(entry, secrets: secrets)
            let exchange = try? ArchivedExchange(entry: masked.bytes)
            guard let exchange, let question = exchange.question else {
                leftOut[.otherRequest, default: 0] += 1
                continue
            }
            guard let probe = byPrompt[question.prompt]?.first(where: { question.asks($0.probe) }) else {
                leftOut[.noProbe, default: 0] += 1
                continue
            }
            let draw = draws[probe.id] ?? 0
            guard draw < probe.probe.draws else {
                leftOut[.surplus, default: 0] += 1
                continue
            }
            do {
                _ = try exchange.completion(probe: probe.id, draw: draw)
            } catch {
                leftOut[error.code == .serverError ? .failed : .unreadable, default: 0] += 1
                continue
            }
            draws[probe.id] = draw + 1
            answers.append(
                Answer(
                    model: model, probe: probe.id, draw: draw, bytes: masked.bytes, redactions: masked.redactions))
        }
        guard !answers.isEmpty else {
            throw AcquisitionError(
                .unreadableImport,
                "\(path): none of the \(archive.entries.count) exchanges in it answers a probe of the set")
        }
        self.init(answers, leftOut: leftOut, of: SHA256Digest.of(bytes), role: role, lineage: lineage)
    }

    private static func masked(
        _ entry: [UInt8], secrets: [HTTPArchive.Secret]
    ) -> (bytes: [UInt8], redactions: [Redaction]) {
        // Shorter ones would be masked all over innocent text; they are masked where they stand.
        let mask = SecretMask(secrets: secrets.map(\.token).filter(EndpointKey.isUsable))
        return mask.mask(entry, part: .response, places: secrets.map(\.place))
    }
}
