internal import ContentAddressing
internal import FoundationEssentials
internal import ForensicTypes

extension ProbeFamily {
    /// The file format that this release reads.
    public static let formatVersion = 1

    /// Reads a family file.
    ///
    /// - Parameter bytes: the bytes of one file of `Probes/families`.
    /// - Throws: `invalidFamily` with the place and the remedy.
    public init(bytes: [UInt8]) throws(ProbeGenerationError) {
        let file: File
        do {
            file = try JSONDecoder().decode(File.self, from: Data(bytes))
        } catch {
            throw ProbeGenerationError(.invalidFamily, "a family file is not readable: \(Self.place(of: error))")
        }
        guard file.format == "whorl-probe-family", file.version == Self.formatVersion else {
            throw ProbeGenerationError(
                .invalidFamily,
                "\(file.id) is a \(file.format) of version \(file.version); this release reads whorl-probe-family of version \(Self.formatVersion)"
            )
        }
        id = file.id
        revision = file.revision
        title = file.title
        asks = file.asks
        reads = file.reads
        parser = file.parser
        stealth = file.stealth.grade
        stealthNote = file.stealth.note
        comparators = file.comparators
        cost = file.cost
        sampling = file.sampling
        draws = file.draws
        source = file.source.value
        paraphrase = file.paraphrase
        search = file.search
        digest = SHA256Digest.of(bytes)
        try check()
    }

    /// The file as it is written.
    private struct File: Decodable {
        struct Stealth: Decodable {
            let grade: StealthGrade
            let note: String
        }

        let format: String
        let version: Int
        let id: String
        let revision: Int
        let title: String
        let asks: String
        let reads: String
        let parser: String
        let stealth: Stealth
        let comparators: [String]
        let cost: Cost
        let sampling: SamplingParameters
        let draws: Int
        let source: Source
        let paraphrase: ParaphraseRule?
        let search: SearchGoal?
    }

    private struct Source: Decodable {
        enum CodingKeys: String, CodingKey { case kind, variants }

        let value: ProbeSource

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            let kind = try container.decode(String.self, forKey: .kind)
            switch kind {
            case "templates":
                value = .templates(try container.decode([TemplateVariant].self, forKey: .variants))
            case "continuation": value = .continuation(try ProbeSource.Continuation(from: decoder))
            case "fragments": value = .fragments(try ProbeSource.Fragments(from: decoder))
            case "questions": value = .questions(try ProbeSource.Questions(from: decoder))
            default:
                throw DecodingError.dataCorruptedError(
                    forKey: .kind, in: container, debugDescription: "unknown kind of source")
            }
        }
    }

    private static func place(of error: any Error) -> String {
        guard let error = error as? DecodingError else { return "the reader refused it" }
        func path(_ context: DecodingError.Context) -> String {
            context.codingPath.map(\.stringValue).joined(separator: ".")
        }
        return switch error {
        case .keyNotFound(let key, let context): "no key \"\(key.stringValue)\" in \"\(path(context))\""
        case .typeMismatch(_, let context): "another type at \"\(path(context))\""
        case .valueNotFound(_, let context): "null at \"\(path(context))\""
        case .dataCorrupted(let context): "a bad value at \"\(path(context))\""
        @unknown default: "the reader refused it"
        }
    }

    /// Checks what the types cannot say.
    private func check() throws(ProbeGenerationError) {
        func refuse(_ reason: String) -> ProbeGenerationError {
            ProbeGenerationError(.invalidFamily, "\(id.isEmpty ? "a family" : id): \(reason)")
        }
        guard !id.isEmpty, id.utf8.allSatisfy({ (97...122).contains($0) || (48...57).contains($0) || $0 == 45 }) else {
            throw refuse("the id may hold only lower-case letters, digits and hyphens")
        }
        guard revision >= 1, draws >= 1, cost.promptTokens >= 1, cost.answerTokens >= 0 else {
            throw refuse("revision, draws and costs are whole numbers of 1 or more")
        }
        guard sampling.maximumTokens >= 1, sampling.temperature >= 0, sampling.topP > 0, sampling.topP <= 1 else {
            throw refuse("the sampling parameters are out of range")
        }
        if paraphrase?.by == .slot, paraphrase?.slot == nil {
            throw refuse("a paraphrase by another filling names the slot")
        }
        switch source {
        case .templates(let variants): try check(variants, refuse: refuse)
        case .continuation(let source):
            guard !source.corpora.isEmpty, source.minimumWords >= 3, source.maximumWords >= source.minimumWords else {
                throw refuse("a continuation names corpora and needs 3 words or more")
            }
        case .fragments(let source):
            guard !source.pieces.isEmpty, !source.separators.isEmpty, source.minimum >= 1,
                source.maximum >= source.minimum
            else { throw refuse("fragments need pieces, separators and a count of 1 or more") }
        case .questions(let source):
            guard !source.templates.isEmpty, !source.items.isEmpty, source.items.allSatisfy({ $0.options.count >= 2 })
            else {
                throw refuse("questions need templates and items of two options or more")
            }
        }
    }

    private func check(
        _ variants: [TemplateVariant], refuse: (String) -> ProbeGenerationError
    ) throws(ProbeGenerationError) {
        guard !variants.isEmpty, variants.allSatisfy({ !$0.templates.isEmpty }) else {
            throw refuse("each variant needs a template")
        }
        for variant in variants {
            for filling in variant.slots.values {
                switch filling {
                case .texts(let texts) where texts.isEmpty: throw refuse("a slot has no text to fill it")
                case .range(let from, let to) where from > to: throw refuse("a slot's range is empty")
                case .token(let letters) where letters < 4: throw refuse("a keyed token needs 4 letters or more")
                default: break
                }
            }
            for template in variant.templates {
                for name in TemplateRenderer.slots(of: template) where variant.slots[name] == nil {
                    guard name == "options", case .choice = variant.reading else {
                        throw refuse("the slot {\(name)} has no filling")
                    }
                }
            }
        }
    }
}
