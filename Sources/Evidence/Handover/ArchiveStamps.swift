internal import ContentAddressing
internal import FoundationEssentials
internal import Glibc
public import struct ForensicTypes.Digest

/// The tokens that lie in the folder beside a bundle: they renew those inside, and each other.
///
/// The first are over the archive. Every later renewal is over a list, in the form of `sha256sum`, of the archive and of all files of
/// the renewals before it, so that whoever believes the last token knows that the others existed by then.
public struct ArchiveStamps: Sendable {
    /// One renewal.
    struct Renewal {
        let number: Int
        /// The name of what is stamped.
        let object: String
        /// SHA-256 of what is stamped.
        let imprint: Digest
        /// The list; nil for the first renewal, which is over the archive itself.
        let list: [UInt8]?

        /// What the names of its tokens start with.
        var stem: String { number == 1 ? "archive" : BundleLayout.digits(number, 4) }
    }

    private let folder: String
    private let archive: Digest
    private let names: [String]

    /// Looks into the folder beside a bundle.
    ///
    /// - Parameter archive: The digest of the archive without its coat.
    /// - Throws: `inputOutput` if the folder is there and cannot be read.
    public init(beside bundle: String, archive: Digest) throws(EvidenceError) {
        folder = HandoverChain.folder(beside: bundle)
        self.archive = archive
        names = try InputFolder.names(in: folder).filter { Self.number(of: $0) != nil }
    }

    /// The digest of a bundle's archive without its coat, which is what is stamped and handed over.
    ///
    /// - Throws: `inputOutput`, `container`, `limit`.
    public static func digest(ofBundle path: String) throws(EvidenceError) -> Digest {
        var stream = try ArchiveStream(path: path)
        while try stream.read(UstarHeader.recordLength) != nil {}
        return stream.digest
    }

    /// The digest of any file.
    ///
    /// - Throws: `inputOutput`.
    public static func digest(ofFile path: String) throws(EvidenceError) -> Digest {
        try BundleMember(path: path, staged: path).digest
    }

    /// Removes what a run left that was stopped between the files of a renewal: questions without an answer, and a last list without
    /// a token. Verifiers refuse them.
    ///
    /// - Throws: `inputOutput` if the folder is there and cannot be read.
    public static func removeUnfinished(beside bundle: String) throws(EvidenceError) {
        let folder = HandoverChain.folder(beside: bundle)
        var names = try InputFolder.names(in: folder).filter { number(of: $0) != nil }
        func remove(_ name: String) {
            unsafe unlink("\(folder)/\(name)")
            names.removeAll { $0 == name }
        }
        for name in names where name.hasSuffix(".tsq") && !names.contains(name.dropLast(4) + ".tsr") { remove(name) }
        guard let last = names.compactMap(number).max() else { return }
        let files = names.filter { number(of: $0) == last }
        if let list = files.first, files.count == 1, list.hasSuffix(".renewal") { remove(list) }
    }

    /// What the next token has to be over: the archive, or the list of it and of all earlier tokens.
    ///
    /// - Throws: `inputOutput`, `limit`.
    public func nextImprint() throws(EvidenceError) -> Digest { try renewal(last + 1).imprint }

    /// Writes the tokens of the next renewal, all of them over `nextImprint`.
    ///
    /// - Returns: The paths of the answers' files.
    /// - Throws: `timestamp` for a token over something else; `exists`, `diskFull`, `inputOutput`.
    public func save(_ timestamps: [StoredTimestamp]) throws(EvidenceError) -> [String] {
        let renewal = try renewal(last + 1)
        for timestamp in timestamps where try TimestampQuery(der: timestamp.query).imprint != renewal.imprint {
            throw EvidenceError(.timestamp, "the token is not over the archive and what lies beside it")
        }
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw EvidenceError(.inputOutput, "\(folder) cannot be made")
        }
        if let list = renewal.list {
            try OutputFile.create(path: "\(folder)/\(renewal.object)", bytes: list, permissions: 0o644)
        }
        var paths: [String] = []
        for timestamp in timestamps { paths.append(try timestamp.save(stem: "\(folder)/\(renewal.stem)")) }
        return paths
    }

    /// The tokens beside the bundle, in the order of their renewals.
    ///
    /// - Throws: `timestamp`, `certificate` and the like if one of them, or a list, is not what it has to be.
    func verified(trust: VerificationTrust) throws(EvidenceError) -> [AcceptedStamp] {
        var stamps: [AcceptedStamp] = []
        for number in 1..<(last + 1) {
            let renewal = try renewal(number)
            if let list = renewal.list {
                guard try read(renewal.object) == list else {
                    throw EvidenceError(
                        .timestamp, "\(renewal.object) is not the list of the archive and of the tokens before it")
                }
            }
            stamps += try verified(renewal, trust: trust)
        }
        return stamps
    }

    private func verified(_ renewal: Renewal, trust: VerificationTrust) throws(EvidenceError) -> [AcceptedStamp] {
        let files = names.filter { $0.hasPrefix(renewal.stem + "-") }
        guard !files.isEmpty else {
            throw EvidenceError(.timestamp, "\(renewal.object) lies beside the bundle without a token")
        }
        let roots = trust.timestampRoots.isEmpty ? nil : trust.timestampRoots
        var stamps: [AcceptedStamp] = []
        for stem in Set(files.map { String($0.dropLast(4)) }).sorted() {
            do throws(EvidenceError) {
                let query = try TimestampQuery(der: read(stem + ".tsq"))
                let token = try TimestampToken(response: read(stem + ".tsr"))
                try token.verify(imprint: renewal.imprint, query: query, roots: roots, now: trust.now)
                stamps.append(try AcceptedStamp(token, over: renewal.object, roots: trust.timestampRoots))
            } catch {
                throw EvidenceError(error.code, "\(stem): \(error.message)")
            }
        }
        return stamps
    }

    /// The number of the last renewal; 0 where there is none.
    private var last: Int { names.compactMap(Self.number).max() ?? 0 }

    private func renewal(_ number: Int) throws(EvidenceError) -> Renewal {
        guard number > 1 else { return Renewal(number: 1, object: "bundle.tar", imprint: archive, list: nil) }
        guard number <= 9999 else { throw EvidenceError(.limit, "more than 9999 renewals") }
        var list = Array("\(archive.hex)  bundle.tar\n".utf8)
        for name in names where (Self.number(of: name) ?? number) < number {
            list += Array("\(SHA256Digest.of(try read(name)).hex)  \(name)\n".utf8)
        }
        return Renewal(
            number: number, object: BundleLayout.digits(number, 4) + ".renewal", imprint: SHA256Digest.of(list),
            list: list)
    }

    private func read(_ name: String) throws(EvidenceError) -> [UInt8] {
        try InputFile(path: "\(folder)/\(name)")
            .readAll(limit: name.hasSuffix(".renewal") ? 1 << 20 : BundleLayout.maximumAttestation)
    }

    /// The renewal that a file belongs to; nil for a file of another kind.
    static func number(of name: String) -> Int? {
        if name.hasSuffix(".tsq") || name.hasSuffix(".tsr") {
            guard let dash = name.firstIndex(of: "-") else { return nil }
            guard BundleLayout.isAuthorityName(name[name.index(after: dash)...].dropLast(4)) else { return nil }
            return name[..<dash] == "archive" ? 1 : later(name[..<dash])
        }
        return name.hasSuffix(".renewal") ? later(name.dropLast(8)) : nil
    }

    private static func later(_ digits: Substring) -> Int? {
        guard digits.utf8.count == 4, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return Int(digits).flatMap { $0 > 1 ? $0 : nil }
    }
}
