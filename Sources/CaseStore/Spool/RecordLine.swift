public import ForensicTypes

/// The canonical JSON line of a record: the leaf of the Merkle tree in a bundle.
///
/// Times are strings, because nanoseconds since 1970 are not exact whole numbers in every JSON reader. Bytes from
/// outside never enter the line: they are parts.
struct RecordLine: Codable {
    static let version = 1

    struct Clock: Codable {
        let source: String
    }

    struct Model: Codable {
        let name: String
        let role: ModelRole
        let lineage: Lineage?
    }

    struct Secure: Codable {
        let version: String?
        let cipher: String?
        let alpn: String?
        let verify: CertificateVerification?
        let chain: [Digest]
    }

    struct Shared: Codable {
        let id: Int
        let n: Int
    }

    struct Masked: Codable {
        let part: Redaction.Part
        let off: Int
        let len: Int
        let why: Redaction.Reason?
        let salt: Digest?
        let commit: Digest?
    }

    struct Part: Codable {
        let name: String
        let seg: Int
        let off: Int
        let len: Int
        let commit: Digest
    }

    let v: Int
    let seq: Int
    let run: String
    let planSHA256: Digest?
    let model: Model
    let probe: Digest
    let rep: Int
    let attempt: Int
    let started: String
    let ended: String
    let elapsed: String
    let clock: Clock
    let peer: String?
    let serverName: String
    let conn: Shared?
    let tls: Secure?
    let outcome: String
    let status: Int?
    let limit: ExchangeLimit?
    let redactions: [Masked]
    let parts: [Part]
    let salt: String

    enum CodingKeys: String, CodingKey {
        case v, seq, run, model, probe, rep, attempt, clock, conn, tls, outcome, status, limit, redactions, parts, salt
        case planSHA256 = "plan_sha256"
        case started = "t_start_ns"
        case ended = "t_end_ns"
        case elapsed = "mono_ns"
        case peer = "peer_ip"
        case serverName = "sni"
    }
}

extension AttemptOutcome {
    /// The word that stands for the outcome in a record line and in a bundle's counts.
    public var name: String {
        switch self {
        case .http: "http"
        case .errorAnswer: "error_answer"
        case .unreachable: "unreachable"
        case .tlsFailure: "tls_fail"
        case .timeout: "timeout"
        case .limitExceeded: "limit"
        case .brokenResponse: "broken"
        case .aborted: "aborted"
        case .imported: "imported"
        }
    }

    init?(name: String, status: Int?) {
        switch (name, status) {
        case ("http", .some(let status)): self = .http(status: status)
        case ("error_answer", .some(let status)): self = .errorAnswer(status: status)
        case ("unreachable", nil): self = .unreachable
        case ("tls_fail", nil): self = .tlsFailure
        case ("timeout", nil): self = .timeout
        case ("limit", nil): self = .limitExceeded
        case ("broken", nil): self = .brokenResponse
        case ("aborted", nil): self = .aborted
        case ("imported", nil): self = .imported
        default: return nil
        }
    }
}
