internal import ContentAddressing
public import ForensicTypes

/// An in-toto statement, version 1: a claim of one type about files that are named by their digests.
public struct Statement<Predicate: Codable & Sendable>: Codable, Sendable {
    /// A file that the claim is about.
    public struct Subject: Codable, Sendable, Equatable {
        /// The digests by algorithm; here always SHA-256 alone.
        public struct Digests: Codable, Sendable, Equatable {
            /// SHA-256.
            public let sha256: Digest
        }

        /// The file's path inside the bundle.
        public let name: String
        /// Its digest.
        public let digest: Digests

        /// Names a file.
        public init(name: String, sha256: Digest) {
            self.name = name
            self.digest = Digests(sha256: sha256)
        }
    }

    /// The type of every statement.
    public static var statementType: String { "https://in-toto.io/Statement/v1" }

    /// The type of the claim.
    public let predicateType: String
    /// The files, in order of their names.
    public let subject: [Subject]
    /// The claim.
    public let predicate: Predicate
    private let type: String

    private enum CodingKeys: String, CodingKey {
        case type = "_type"
        case predicateType, subject, predicate
    }

    /// Makes a statement.
    public init(type predicateType: PredicateType, subject: [Subject], predicate: Predicate) {
        self.type = Self.statementType
        self.predicateType = predicateType.rawValue
        self.subject = subject.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
        self.predicate = predicate
    }

    /// Signs the statement.
    ///
    /// - Throws: `canonical` if the claim has no canonical form, `key` if the key refuses.
    public func sealed(with key: SigningKey) throws(EvidenceError) -> DSSEEnvelope {
        let payload: [UInt8]
        do {
            payload = try CanonicalJSON.encode(self)
        } catch {
            throw EvidenceError(.canonical, "the statement has no canonical form: \(error.message)")
        }
        return try DSSEEnvelope(signing: payload, type: DSSEEnvelope.statementType, key: key)
    }

    /// Reads the payload of a verified envelope.
    ///
    /// - Throws: `canonical` if the payload is no canonical statement of this shape, `version` if its type is another.
    public init(payload: [UInt8], type predicateType: PredicateType) throws(EvidenceError) {
        let header: StatementHeader
        do {
            header = try CanonicalJSON.decode(StatementHeader.self, from: payload)
        } catch {
            throw EvidenceError(.canonical, "the payload is not a canonical statement (\(error.code.rawValue))")
        }
        guard header.type == Self.statementType, header.predicateType == predicateType.rawValue else {
            throw EvidenceError(.version, "the statement is not a \(predicateType.rawValue)")
        }
        do {
            self = try CanonicalJSON.decode(Self.self, from: payload)
        } catch {
            throw EvidenceError(.canonical, "the statement lacks what its type asks for: \(error.message)")
        }
    }
}

private struct StatementHeader: Decodable {
    let type: String
    let predicateType: String

    private enum CodingKeys: String, CodingKey {
        case type = "_type"
        case predicateType
    }
}

/// The kinds of claim that the suite signs.
///
/// The host is reserved (RFC 2606), so nobody can ever serve something else under these names.
public enum PredicateType: String, Sendable {
    /// An analysis plan was sealed.
    case plan = "https://whorl.invalid/attest/plan/v1"
    /// Records were collected and put into a bundle.
    case collection = "https://whorl.invalid/attest/collection/v1"
    /// A bundle was given from one person to another.
    case handover = "https://whorl.invalid/attest/handover/v1"
}
