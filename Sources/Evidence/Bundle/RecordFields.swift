internal import ContentAddressing
internal import ForensicTypes

/// What a bundle's writer and verifier read from a record line. Everything else in the line is carried unread.
struct RecordFields: Sendable {
    struct Part: Sendable {
        let length: Int
        let commitment: Digest
        let masked: [MaskedSpan]
    }

    let sequence: Int
    let model: String
    let role: String
    let lineage: String?
    let probe: Digest
    let draw: Int
    let run: String
    let outcome: String
    let started: Int64
    let ended: Int64
    let plan: Digest?
    let parts: [Part]
    /// Whether the attempt went over a wire, and was not imported.
    var isOfWire: Bool { outcome != "imported" }
    /// Whether the attempt brought an answer: it was imported, or the server answered with success.
    let isAnswered: Bool
    /// The certificates that the endpoint presented, by digest.
    let certificates: [Digest]
    /// The name of the host that was asked for.
    let serverName: String
    /// Whether the collector says that it verified the certificates.
    let isServerVerified: Bool

    /// Reads a line without its line feed.
    ///
    /// - Throws: `canonical` if it is not canonical or lacks a field, `limit` if it or a part is too long, `version`.
    init(line: some Collection<UInt8>) throws(EvidenceError) {
        guard line.count <= CanonicalJSON.maximumLineLength else {
            throw EvidenceError(.limit, "a record line of \(line.count) bytes")
        }
        let value: JSONValue
        do {
            value = try CanonicalJSON.parse(line)
        } catch {
            throw EvidenceError(.canonical, "a record line is not canonical JSON (\(error.message))")
        }
        guard case .object = value else { throw EvidenceError(.canonical, "a record line that is no object") }
        guard value["v"]?.number == 1 else { throw EvidenceError(.version, "a record line of an unknown version") }
        func digest(_ key: String) -> Digest? { value[key]?.text.flatMap { Digest(hex: $0) } }
        guard let sequence = value["seq"]?.number, sequence >= 0, let model = value["model"],
            let probe = digest("probe"), let draw = value["rep"]?.number, let run = value["run"]?.text,
            let outcome = value["outcome"]?.text,
            let started = value["t_start_ns"]?.text.flatMap({ Int64(nanoseconds: $0) }),
            let ended = value["t_end_ns"]?.text.flatMap({ Int64(nanoseconds: $0) }),
            let parts = value["parts"]?.elements, value["plan_sha256"] == nil || digest("plan_sha256") != nil
        else { throw EvidenceError(.canonical, "a record line lacks a field") }
        let (name, role, lineage) = try Self.model(model)
        self.sequence = Int(sequence)
        self.model = name
        self.role = role
        self.lineage = lineage
        self.probe = probe
        self.draw = Int(draw)
        self.run = run
        self.outcome = outcome
        self.started = started
        self.ended = ended
        self.plan = digest("plan_sha256")
        self.isAnswered =
            outcome == "imported" || (outcome == "http" && (200..<300).contains(value["status"]?.number ?? 0))
        self.certificates = (value["tls"]?["chain"]?.elements ?? []).compactMap { $0.text.flatMap { Digest(hex: $0) } }
        self.serverName = value["sni"]?.text ?? ""
        self.isServerVerified = value["tls"]?["verify"]?.text == CertificateVerification.verified.rawValue
        var places: [(name: String, length: Int)] = []
        for part in parts {
            guard let name = part["name"]?.text else {
                throw EvidenceError(.canonical, "a part of a record line without a name")
            }
            places.append((name, Int(part["len"]?.number ?? 0)))
        }
        let masked = try MaskedSpan.read(value, parts: places)
        var fields: [Part] = []
        for (part, masked) in zip(parts, masked) {
            guard let length = part["len"]?.number, let commitment = part["commit"]?.text.flatMap({ Digest(hex: $0) })
            else { throw EvidenceError(.canonical, "a part of a record line lacks a field") }
            guard length >= Salt.count, length <= BundleLayout.maximumPart else {
                throw EvidenceError(.limit, "a part of \(length) bytes")
            }
            fields.append(Part(length: Int(length), commitment: commitment, masked: masked))
        }
        self.parts = fields
    }

    /// What a line says of its model: a name, a role, a lineage where one is known, and nothing else.
    private static func model(
        _ value: JSONValue
    ) throws(EvidenceError) -> (name: String, role: String, lineage: String?) {
        guard case .object(let members) = value, members.keys.allSatisfy(["lineage", "name", "role"].contains),
            let name = members["name"]?.text, let role = members["role"]?.text,
            members["lineage"] == nil || members["lineage"]?.text != nil
        else { throw EvidenceError(.canonical, "a record line does not name its model by name, role and lineage") }
        guard ModelIdentity.isName(name) else {
            throw EvidenceError(.canonical, "a model whose name is not printable ASCII")
        }
        return (name, role, members["lineage"]?.text)
    }
}

extension Int64 {
    /// Reads nanoseconds since 1970 in their one spelling: decimal digits, no sign, no zero before others.
    init?(nanoseconds text: String) {
        guard let value = Int64(text), value >= 0, String(value).utf8.elementsEqual(text.utf8) else { return nil }
        self = value
    }
}

/// What is counted over the disclosed records. Writer and verifier count alike.
struct RecordTally {
    private(set) var count = 0
    private(set) var outcomes: [String: Int] = [:]
    private(set) var firstStart: Int64?
    private(set) var lastEnd: Int64?
    private(set) var models: [String: BundleModel] = [:]
    /// The certificates that records name.
    private(set) var certificates: Set<Digest> = []
    /// What servers presented, and when the exchanges began.
    private(set) var presented: [PresentedChain: ExchangeTimes] = [:]
    /// How many certificates there are in all chains together.
    private var links = 0
    private var parts = 0
    private var masks = 0
    private let limits: BundleLimits

    init(limits: BundleLimits) { self.limits = limits }

    /// Counts a record.
    ///
    /// - Throws: `contents` if one model name stands for two models, `limit` for more than a bundle may have.
    mutating func add(_ fields: RecordFields) throws(EvidenceError) {
        count += 1
        parts += fields.parts.count
        masks += fields.parts.reduce(0) { $0 + $1.masked.count }
        outcomes[fields.outcome, default: 0] += 1
        firstStart = min(firstStart ?? fields.started, fields.started)
        lastEnd = max(lastEnd ?? fields.ended, fields.ended)
        let model = BundleModel(name: fields.model, role: fields.role, lineage: fields.lineage)
        guard models.updateValue(model, forKey: model.name) ?? model == model else {
            throw EvidenceError(.contents, "the name \(model.name) stands for two models")
        }
        note(fields)
        for (number, limit, what) in [
            (count, limits.records, "records"), (parts, limits.parts, "parts"),
            (masks, limits.masks, "masked places"), (models.count, limits.models, "models"),
            (outcomes.count, limits.outcomes, "kinds of outcomes"),
            (max(certificates.count, presented.count), limits.certificates, "certificates, or chains of them"),
            (links, 10 * limits.certificates, "certificates in chains"),
        ] where number > limit {
            throw EvidenceError(.limit, "more than \(limit) \(what)")
        }
    }

    private mutating func note(_ fields: RecordFields) {
        guard !fields.certificates.isEmpty else { return }
        certificates.formUnion(fields.certificates)
        let chain = PresentedChain(
            server: ServerName(text: fields.serverName), chain: fields.certificates,
            isVerified: fields.isServerVerified)
        if presented[chain]?.add(fields.started) == nil {
            presented[chain] = ExchangeTimes(fields.started)
            links += fields.certificates.count
        }
    }

    /// The models in order of their names.
    var sortedModels: [BundleModel] { models.values.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) } }
}
