public import ForensicTypes
internal import ContentAddressing

/// Models of known lineage that answered the same probes, one answer each.
///
/// Models are added one at a time; what is kept of an answer is features, not its text.
///
/// ```swift
/// var population = Population(record: record)
/// for name in names {
///     try population.add(AnswerFile(alpacaEval: bytes(of: name), model: name, file: path(of: name)), file: path(of: name))
/// }
/// try population.validate()
/// ```
public struct Population: Sendable {
    /// A member.
    struct Member: Sendable {
        let name: String
        let entry: LineageRecord.Entry
        let digest: Digest
        let answers: [String: AnswerFeatures]
    }

    /// The least number of lineages of a population.
    public static let fewestLineages = 8
    /// The least share of the population's prompts that every model must have answered.
    public static let leastShare = 0.5

    /// What is documented about the models.
    public let record: LineageRecord
    private(set) var members: [Member] = []

    /// Starts an empty population.
    public init(record: LineageRecord) { self.record = record }

    /// The names of the models, in order.
    public var models: [String] { members.map(\.name).sorted() }

    /// The lineages, in order of their names.
    public var lineages: [Lineage] { Set(members.map(\.entry.lineage)).sorted() }

    /// The prompts that at least one model answered, in scalar order.
    public var prompts: [String] { Set(members.flatMap(\.answers.keys)).sorted() }

    /// The digest of what was answered by whom: of the names and the digests of the answers.
    public var digest: Digest {
        let lines = members.sorted { $0.name < $1.name }.map { "\($0.name)\t\($0.entry.lineage)\t\($0.digest.hex)\n" }
        return SHA256Digest.of(Array(lines.joined().utf8))
    }

    /// Adds a model.
    ///
    /// - Parameters:
    ///   - answers: Its answers.
    ///   - file: The name of their file, for messages.
    /// - Throws: `ComparisonError` with the code `unknownModel` if the lineage file has no entry for the model, or it was
    ///   added before.
    public mutating func add(_ answers: AnswerFile, file: String) throws(ComparisonError) {
        guard let entry = record.entries[answers.model] else {
            throw ComparisonError(
                .unknownModel, "\(file): the lineage file has no entry for the model '\(answers.model)'")
        }
        guard !members.contains(where: { $0.name == answers.model }) else {
            throw ComparisonError(.unknownModel, "\(file): the model '\(answers.model)' is already in the population")
        }
        var features: [String: AnswerFeatures] = [:]
        var text: [UInt8] = []
        for answer in answers.answers.sorted(by: { $0.prompt < $1.prompt }) {
            let output = Array(answer.output.utf8)
            if !output.isEmpty { features[answer.prompt] = AnswerFeatures(output) }
            text += Array("\(answer.prompt.utf8.count) \(output.count)\n\(answer.prompt)".utf8) + output
        }
        members.append(
            Member(name: answers.model, entry: entry, digest: SHA256Digest.of(text), answers: features))
    }

    /// Checks that the population is complete and its models answered the same prompts.
    ///
    /// - Throws: `ComparisonError` with the code `unknownModel` if a model of the lineage file was not added,
    ///   `foreignProbes` if a model answered less than half of the prompts that most models answered, `panelBelowFloor` if there
    ///   are fewer than ``fewestLineages`` lineages.
    public func validate() throws(ComparisonError) {
        let present = Set(members.map(\.name))
        let missing = record.entries.keys.filter { !present.contains($0) }.sorted()
        if let first = missing.first {
            throw ComparisonError(
                .unknownModel,
                "the lineage file names \(missing.count) model\(missing.count == 1 ? "" : "s") without answers, the first "
                    + "of them '\(first)'")
        }
        let common = commonPrompts
        for member in members.sorted(by: { $0.name < $1.name }) {
            let answered = common.count { member.answers[$0] != nil }
            guard Double(answered) >= Self.leastShare * Double(common.count) else {
                throw ComparisonError(
                    .foreignProbes,
                    "'\(member.name)' answered \(answered) of the \(common.count) prompts that most models answered; its "
                        + "answers are to other prompts")
            }
        }
        guard lineages.count >= Self.fewestLineages else {
            throw ComparisonError(
                .panelBelowFloor,
                "the population has \(lineages.count) lineage\(lineages.count == 1 ? "" : "s"); "
                    + "\(Self.fewestLineages) are needed")
        }
    }

    /// The prompts that more than half of the models answered, in scalar order.
    var commonPrompts: [String] {
        var counts: [String: Int] = [:]
        for member in members { for prompt in member.answers.keys { counts[prompt, default: 0] += 1 } }
        return counts.filter { 2 * $0.value > members.count }.keys.sorted()
    }
}
