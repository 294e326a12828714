internal import FoundationEssentials
public import struct ForensicTypes.Digest

/// The tokens over an archive that lie in the folder beside it: they renew those inside.
public enum ArchiveStamps {
    /// The digest of a bundle's archive without its coat, which is what is stamped and handed over.
    ///
    /// - Throws: `inputOutput`, `container`, `limit`.
    public static func digest(ofBundle path: String) throws(EvidenceError) -> Digest {
        var stream = try ArchiveStream(path: path)
        while try stream.read(UstarHeader.recordLength) != nil {}
        return stream.digest
    }

    /// Writes a token into the folder.
    ///
    /// - Returns: The path of the answer's file.
    /// - Throws: `exists`, `diskFull`, `inputOutput`.
    public static func save(_ timestamp: StoredTimestamp, beside bundle: String) throws(EvidenceError) -> String {
        let folder = HandoverChain.folder(beside: bundle)
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw EvidenceError(.inputOutput, "\(folder) cannot be made")
        }
        return try timestamp.save(stem: "\(folder)/archive")
    }

    /// The check of the tokens beside a bundle; nil where there are none.
    static func check(beside bundle: String, archive: Digest, trust: VerificationTrust) -> Check? {
        let folder = HandoverChain.folder(beside: bundle)
        let names = HandoverChain.names(in: folder).filter { $0.hasPrefix("archive-") && $0.hasSuffix(".tsr") }
        guard !names.isEmpty else { return nil }
        var words: [String] = []
        for name in names {
            do throws(EvidenceError) {
                let stem = "\(folder)/\(name.dropLast(4))"
                let query = try TimestampQuery(
                    der: try InputFile(path: stem + ".tsq").readAll(limit: TimestampToken.maximumLength))
                let token = try TimestampToken(
                    response: try InputFile(path: stem + ".tsr").readAll(limit: TimestampToken.maximumLength))
                let roots = trust.timestampRoots.isEmpty ? nil : trust.timestampRoots
                try token.verify(imprint: archive, query: query, roots: roots, now: trust.now)
                words.append("\(token.authority) at \(UTC.text(token.time))")
            } catch {
                return Check(.renewal, .failed, "\(name): \(error.message)")
            }
        }
        guard !trust.timestampRoots.isEmpty else {
            return Check(
                .renewal, .notChecked, "\(words.count) tokens, but no root of a time-stamp authority was pinned")
        }
        return Check(.renewal, .passed, words.joined(separator: "; "))
    }
}

extension ArchiveStamps {
    /// The digest of any file.
    ///
    /// - Throws: `inputOutput`.
    public static func digest(ofFile path: String) throws(EvidenceError) -> Digest {
        try BundleMember(path: path, staged: path).digest
    }
}
