internal import ContentAddressing
internal import Glibc

/// A token as it lies in a bundle or beside one: the answer of an authority, and the question.
public struct StoredTimestamp: Sendable, Hashable {
    /// The authority's short name, of `[a-z0-9][a-z0-9-]{0,30}`.
    public let authority: String
    /// The question: the file `.tsq`.
    public let query: [UInt8]
    /// The answer: the file `.tsr`.
    public let response: [UInt8]

    /// Keeps a token.
    public init(authority: String, query: [UInt8], response: [UInt8]) {
        self.authority = authority
        self.query = query
        self.response = response
    }

    /// Takes an authority's answer to a query, and checks whatever needs no pinned root.
    ///
    /// - Parameters:
    ///   - authority: The authority's short name.
    ///   - query: The question that was sent.
    ///   - answer: The bytes that came back.
    ///   - roots: The pinned roots; nil leaves the authority's certificate unchecked.
    ///   - now: The clock, in nanoseconds since 1970.
    /// - Throws: `contents` for a name outside the layout, `timestamp`, `certificate`.
    public init(
        authority: String, query: TimestampQuery, answer: [UInt8], roots: [X509Certificate]?, now: Int64
    ) throws(EvidenceError) {
        guard BundleLayout.isAuthorityName(authority) else {
            throw EvidenceError(.contents, "\(authority) is not a name that an authority may have in a bundle")
        }
        let response = try TimestampToken.stored(answer: answer)
        try TimestampToken(response: response).verify(imprint: query.imprint, query: query, roots: roots, now: now)
        self.init(authority: authority, query: query.der, response: response)
    }

    /// Checks the token over some bytes.
    ///
    /// - Parameters:
    ///   - bytes: What was stamped.
    ///   - roots: The pinned roots of time-stamp authorities; nil leaves the certificates unchecked.
    ///   - now: The reader's clock, in nanoseconds since 1970.
    /// - Returns: The token.
    /// - Throws: `timestamp`, `certificate`, `limit`.
    public func verified(over bytes: [UInt8], roots: [X509Certificate]?, now: Int64) throws(EvidenceError)
        -> TimestampToken
    {
        let token = try TimestampToken(response: response)
        try token.verify(
            imprint: SHA256Digest.of(bytes), query: TimestampQuery(der: query), roots: roots, now: now)
        return token
    }
}

extension StoredTimestamp {
    /// Writes `STEM-AUTHORITY.tsq` and `.tsr`, the latter of which must not exist.
    ///
    /// - Returns: The path of the answer's file.
    /// - Throws: `exists`, `diskFull`, `inputOutput`.
    public func save(stem: String) throws(EvidenceError) -> String {
        let paths = BundleLayout.token(stem, authority)
        // A question without its answer is what a run left that was stopped in between.
        if unsafe access(paths.response, F_OK) != 0 { unsafe unlink(paths.query) }
        try OutputFile.create(path: paths.query, bytes: query, permissions: 0o644)
        try OutputFile.create(path: paths.response, bytes: response, permissions: 0o644)
        return paths.response
    }
}
