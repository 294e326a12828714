internal import ContentAddressing
public import ForensicTypes

/// The families and corpora that probes are made from.
public struct ProbeLibrary: Sendable {
    /// The families, in order of their names.
    public let families: [ProbeFamily]
    /// The corpora, in order of their names.
    public let corpora: [Corpus]

    /// Collects families and corpora.
    ///
    /// - Throws: `duplicateName` if two families or two corpora bear one name, `unknownName` if a family needs a corpus
    ///   that is not given.
    public init(families: [ProbeFamily], corpora: [Corpus]) throws(ProbeGenerationError) {
        self.families = families.sorted { $0.id < $1.id }
        self.corpora = corpora.sorted { $0.name < $1.name }
        for (kind, names) in [("families", self.families.map(\.id)), ("corpora", self.corpora.map(\.name))] {
            for (left, right) in zip(names, names.dropFirst()) where left == right {
                throw ProbeGenerationError(.duplicateName, "two \(kind) are called \(left)")
            }
        }
        for family in self.families {
            guard case .continuation(let source) = family.source else { continue }
            for name in source.corpora {
                guard corpora.contains(where: { $0.name == name }) else {
                    throw ProbeGenerationError(
                        .unknownName, "the family \(family.id) needs the corpus \(name), which is not in the library")
                }
            }
        }
    }

    /// The digest of all families and corpora: SHA-256 over one line `kind name digest` for each, in order.
    public var digest: Digest {
        let lines =
            families.map { "family \($0.id) \($0.digest.hex)\n" }
            + corpora.map { "corpus \($0.name) \($0.digest.hex)\n" }
        return SHA256Digest.of(text: lines.joined())
    }

    /// The families with these names, or all.
    ///
    /// - Throws: `unknownName` with the names that there are.
    public func families(named names: [String]?) throws(ProbeGenerationError) -> [ProbeFamily] {
        guard let names else { return families }
        for name in names where !families.contains(where: { $0.id == name }) {
            let known = families.map(\.id).joined(separator: ", ")
            throw ProbeGenerationError(.unknownName, "there is no family \(name); there are \(known)")
        }
        return families.filter { names.contains($0.id) }
    }

    /// The families that ordinary traffic hides: those of the grades given.
    public func families(upTo grade: ProbeFamily.StealthGrade) -> [ProbeFamily] {
        let allowed = ProbeFamily.StealthGrade.allCases.prefix { $0 != grade } + [grade]
        return families.filter { allowed.contains($0.stealth) }
    }
}
