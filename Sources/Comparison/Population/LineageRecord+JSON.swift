internal import FoundationEssentials
internal import ForensicTypes

extension LineageRecord {
    /// Reads a lineage file.
    ///
    /// An object with `entries`, an object by model name with `fam` (the lineage, required), `base`, `vendor`, `teachers` and
    /// `parent`; and `pairs`, a list of objects with `a`, `b`, `relation`, `confidence` and `flags`. The flags
    /// `shared-data:NAME,…`, `both-openai-data` and `both-unknown-data` say what the two models were trained on. Other keys
    /// are ignored.
    ///
    /// - Parameters:
    ///   - bytes: The file.
    ///   - file: Its name, for messages.
    /// - Throws: `ComparisonError` that names the file and the entry.
    public init(json bytes: [UInt8], file: String) throws(ComparisonError) {
        let content: LineageFile
        do {
            content = try JSONDecoder().decode(LineageFile.self, from: Data(bytes))
        } catch {
            throw ComparisonError(
                .malformedPopulation, "\(file): not a lineage file (\(Self.location(of: error)))")
        }
        var data: [String: Set<String>] = [:]
        var unknown: Set<String> = []
        for pair in content.pairs {
            if pair.relation == Relation.distilled.rawValue {
                // The student is the one that documents a teacher; what it learnt from is its teacher's owner's.
                for (student, teacher) in [(pair.a, pair.b), (pair.b, pair.a)] {
                    guard content.entries[student]?.teachers?.isEmpty == false,
                        content.entries[teacher]?.teachers?.isEmpty != false,
                        let owner = content.entries[teacher]?.owner
                    else { continue }
                    data[student, default: []].insert(Self.vendorData(owner))
                }
            }
            for flag in pair.flags ?? [] {
                if flag.hasPrefix("shared-data:") {
                    let names = flag.dropFirst("shared-data:".count).split(separator: ",").map(String.init)
                    data[pair.a, default: []].formUnion(names)
                    data[pair.b, default: []].formUnion(names)
                } else if flag == "both-openai-data" {
                    data[pair.a, default: []].insert(Self.vendorData("OpenAI"))
                    data[pair.b, default: []].insert(Self.vendorData("OpenAI"))
                } else if flag == "both-unknown-data" {
                    unknown.formUnion([pair.a, pair.b])
                }
            }
        }
        var entries: [String: Entry] = [:]
        for (name, entry) in content.entries {
            entries[name] = Entry(
                lineage: Lineage(entry.fam), base: entry.base, vendor: entry.owner, teachers: Set(entry.teachers ?? []),
                data: data[name] ?? [], hasUnknownData: unknown.contains(name), parent: entry.parent)
        }
        var relations: [(first: String, second: String, documented: Documented)] = []
        for (index, pair) in content.pairs.enumerated() {
            guard let relation = Relation(rawValue: pair.relation) else {
                throw ComparisonError(
                    .malformedPopulation,
                    "\(file): pair \(index) ('\(pair.a)', '\(pair.b)') has the unknown relation '\(pair.relation)'")
            }
            guard pair.confidence >= 0, pair.confidence <= 1 else {
                throw ComparisonError(
                    .malformedPopulation,
                    "\(file): pair \(index) ('\(pair.a)', '\(pair.b)') has the confidence \(pair.confidence), outside 0 to 1"
                )
            }
            relations.append((pair.a, pair.b, Documented(relation: relation, confidence: pair.confidence)))
        }
        try self.init(entries: entries, relations: relations, file: file)
    }

    /// The name under which outputs of one owner's models count as a data set.
    static func vendorData(_ vendor: String) -> String { "outputs-of:\(vendor)" }

    private static func location(of error: any Error) -> String {
        switch error {
        case DecodingError.keyNotFound(let key, let context):
            "no '\(key.stringValue)' at \(path(context.codingPath))"
        case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context):
            "wrong type at \(path(context.codingPath))"
        default: "no JSON"
        }
    }

    private static func path(_ keys: [any CodingKey]) -> String {
        keys.isEmpty ? "the top" : keys.map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: ".")
    }
}

private struct LineageFile: Decodable {
    struct Entry: Decodable {
        let fam: String
        let base: String?
        let vendor: String?
        let teachers: [String]?
        let parent: String?

        /// The owner. A trailing tilde marks that of the ancestor rather than of the model; it is one owner here.
        var owner: String? { vendor.map { $0.hasSuffix("~") ? String($0.dropLast()) : $0 } }
    }

    struct Pair: Decodable {
        let a: String
        let b: String
        let relation: String
        let confidence: Double
        let flags: [String]?
    }

    let entries: [String: Entry]
    let pairs: [Pair]
}
