internal import ContentAddressing
internal import ForensicTypes

/// Makes the instances of probe families.
///
/// The same library, secret, epoch and seed give the same probes, byte for byte, on every machine; the first n instances
/// do not depend on how many are asked for. A new epoch gives new instances, so that a set that was shown can be replaced.
public struct ProbeGenerator: Sendable {
    /// Counts up when the same inputs would give other probes.
    public static let version = 1
    /// How many draws in a row may repeat earlier instances before a family counts as exhausted.
    static let patience = 2_000

    /// The families and corpora.
    public let library: ProbeLibrary
    /// Which of a secret's many sequences is drawn.
    public let seed: UInt64
    /// The period that the instances are meant for, for example `2026-11`.
    public let epoch: String
    private let secret: ProbeSecret
    private let passages: [String: [Passage]]

    /// Prepares a generator.
    ///
    /// - Parameters:
    ///   - library: the families and corpora.
    ///   - seed: any number; it may be public where the secret is not.
    ///   - secret: the owner's secret; nil derives one from the seed, which makes the set public.
    ///   - epoch: any text.
    public init(library: ProbeLibrary, seed: UInt64, secret: ProbeSecret? = nil, epoch: String = "") {
        self.library = library
        self.seed = seed
        self.epoch = epoch
        self.secret = secret ?? ProbeSecret(publicSeed: seed)
        passages = Dictionary(
            library.corpora.map { ($0.name, Passage.passages(of: $0)) }, uniquingKeysWith: { first, _ in first })
    }

    /// The first instances of some families, family by family.
    ///
    /// - Parameters:
    ///   - count: how many of each family.
    ///   - names: the families; nil means all of the library.
    ///   - paraphrased: whether each instance comes with a paraphrase, where its family offers one.
    /// - Throws: `unknownName`, `exhausted` if a family has fewer distinct instances, `unusableCorpus`, `budget` for a
    ///   count below 1.
    public func candidates(
        count: Int, families names: [String]? = nil, paraphrased: Bool = false
    ) throws(ProbeGenerationError) -> [CandidateProbe] {
        var result: [CandidateProbe] = []
        for family in try library.families(named: names) {
            result += try candidates(of: family, count: count, paraphrased: paraphrased)
        }
        return result
    }

    /// The first instances of one family.
    public func candidates(
        of family: ProbeFamily, count: Int, paraphrased: Bool = false
    ) throws(ProbeGenerationError) -> [CandidateProbe] {
        guard count >= 1 else {
            throw ProbeGenerationError(.budget, "\(count) instances of \(family.id) were asked for; ask for 1 or more")
        }
        var stream = InstanceStream(
            secret: secret, epoch: epoch, seed: seed, family: family.id, revision: family.revision)
        let pool = try pool(of: family)
        var seen: Set<Prompt> = []
        var result: [CandidateProbe] = []
        result.reserveCapacity(count)
        var repeats = 0
        var number = 0
        while result.count < count {
            let group = instances(of: family, pool: pool, stream: &stream)
            guard group.allSatisfy({ !seen.contains($0.prompt) }), Set(group.map(\.prompt)).count == group.count else {
                repeats += 1
                guard repeats < Self.patience else {
                    throw ProbeGenerationError(
                        .exhausted,
                        "\(family.id) has about \(result.count) distinct instances and \(count) were asked for; ask for fewer"
                    )
                }
                continue
            }
            repeats = 0
            let name = group.count > 1 ? try kinship(of: group[0], family: family) : nil
            for instance in group where result.count < count {
                seen.insert(instance.prompt)
                let kin = name.flatMap { name in
                    instance.form.map { Kin(group: name, relation: $0.relation, form: $0.number) }
                }
                result.append(
                    try candidate(
                        instance, of: family, kin: kin, index: result.count, pair: group.count > 1 ? number : nil,
                        paraphrased: paraphrased))
            }
            number += 1
        }
        return result
    }

    private func candidate(
        _ instance: ProbeInstance, of family: ProbeFamily, kin: Kin?, index: Int, pair: Int?, paraphrased: Bool
    ) throws(ProbeGenerationError) -> CandidateProbe {
        let identified = try identify(instance, of: family, kin: kin)
        var other: IdentifiedProbe?
        if paraphrased, let rule = family.paraphrase {
            var stream = InstanceStream(secret: secret, epoch: epoch, paraphrasing: identified.id.bytes)
            var reworded = instance
            if let prompt = Self.paraphrase(instance, rule: rule, stream: &stream) {
                reworded.prompt = prompt
                other = try identify(reworded, of: family, kin: nil)
            }
        }
        return CandidateProbe(
            identified: identified, language: instance.language, index: index, pair: pair, paraphrase: other,
            queries: family.draws, tokens: family.draws * (family.cost.promptTokens + family.cost.answerTokens))
    }

    private func identify(
        _ instance: ProbeInstance, of family: ProbeFamily, kin: Kin?
    ) throws(ProbeGenerationError) -> IdentifiedProbe {
        let probe = Probe(
            family: family.id, prompt: instance.prompt, sampling: family.sampling, draws: family.draws,
            reading: instance.reading, gold: instance.gold, kin: kin)
        do {
            return try ProbeIdentity.identify(probe)
        } catch {
            throw ProbeGenerationError(
                .invalidFamily, "an instance of \(family.id) has no canonical form: \(error.code.rawValue)")
        }
    }

    /// The name of a group of forms: from the secret, so that one form that is shown does not let anybody guess the others.
    private func kinship(of first: ProbeInstance, family: ProbeFamily) throws(ProbeGenerationError) -> Digest {
        keyedDigest("whorl kin v1", of: try identify(first, of: family, kin: nil).id.bytes)
    }

    /// The salt of something in this generator's epoch, from the secret.
    func salt(for subject: [UInt8]) -> Digest { keyedDigest("whorl salt v1", of: subject) }

    private func keyedDigest(_ purpose: String, of subject: [UInt8]) -> Digest {
        let bytes = secret.authenticate([purpose, epoch].map { Array($0.utf8) } + [subject])
        // HMAC-SHA256 gives 32 bytes, so the digest of nothing never stands in.
        return Digest(bytes: bytes) ?? SHA256Digest.of([UInt8]())
    }

    /// One instance, or all forms of it.
    private func instances(of family: ProbeFamily, pool: [Passage], stream: inout InstanceStream) -> [ProbeInstance] {
        switch family.source {
        case .templates(let variants): [Self.render(variants, stream: &stream)]
        case .fragments(let source): [Self.join(source, stream: &stream)]
        case .questions(let source): Self.ask(source, stream: &stream)
        case .continuation(let source): Self.begin(source, pool: pool, stream: &stream)
        }
    }

    /// The passages that a family cuts prefixes from; none for families of another kind.
    private func pool(of family: ProbeFamily) throws(ProbeGenerationError) -> [Passage] {
        guard case .continuation(let source) = family.source else { return [] }
        let found = source.corpora.flatMap { passages[$0] ?? [] }.filter { $0.words.count > source.minimumWords }
        guard !found.isEmpty else {
            throw ProbeGenerationError(
                .unusableCorpus,
                "\(family.id) needs a sentence of more than \(source.minimumWords) words in \(source.corpora.joined(separator: ", "))"
            )
        }
        return found
    }
}
