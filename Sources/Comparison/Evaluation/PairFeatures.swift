internal import ForensicTypes

/// The scores of one pair that a calibration turns into likelihood ratios.
public struct PairFeatures: Sendable, Hashable {
    /// The lineage score: by how much the pair's conditional similarity exceeds that with the nearest competitor.
    public let lineage: Double
    /// The student score: the smaller of the likenesses of format and of openings; nil where there are no formats to compare.
    public let student: Double?
    /// How many lineages the pair was compared with.
    public let competitors: Int
    /// How many probes both models answered.
    public let probes: Int

    /// The fewest competing lineages with which a calibration may be applied.
    public static let fewestCompetitors = 8
    /// The fewest probes with which a calibration may be applied.
    public static let fewestProbes = 25

    /// Makes features.
    public init(lineage: Double, student: Double?, competitors: Int, probes: Int) {
        self.lineage = lineage
        self.student = student
        self.competitors = competitors
        self.probes = probes
    }
}

extension PairFeatures: Codable {
    private enum CodingKeys: String, CodingKey { case lineage, student, competitors, probes }

    /// Decodes features; decimals are strings.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            lineage: try container.decodeDecimal(forKey: .lineage),
            student: try container.decodeDecimalIfPresent(forKey: .student),
            competitors: try container.decode(Int.self, forKey: .competitors),
            probes: try container.decode(Int.self, forKey: .probes))
    }

    /// Encodes features; decimals are strings.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encodeDecimal(lineage, forKey: .lineage)
        try container.encodeDecimalIfPresent(student, forKey: .student)
        try container.encode(competitors, forKey: .competitors)
        try container.encode(probes, forKey: .probes)
    }
}

/// The features of a protected model with other models, among an unrelated panel.
struct CaseFeatures {
    private let views: PairViews
    private let panel: [Int]

    /// Reads the first answers to text probes. Model 0 is the protected one.
    ///
    /// - Parameters:
    ///   - protected: The protected model's answers.
    ///   - suspects: Models to be compared with it, each standing for a lineage of its own.
    ///   - panel: Unrelated models with lineages.
    ///   - probes: The probes.
    init(protected: ResponseSet, suspects: [ResponseSet], panel: [ResponseSet], probes: [IdentifiedProbe]) {
        // A suspect's lineage is the question; it gets one of its own, which no recorded name can equal.
        let named =
            [(name: protected.model.name, lineage: Lineage("\u{0}0"))]
            + suspects.enumerated().map { (name: $1.model.name, lineage: Lineage("\u{0}\($0 + 1)")) }
            + panel.map { (name: $0.model.name, lineage: $0.model.lineage ?? Lineage($0.model.name)) }
        var views = PairViews(models: named)
        let sets = [protected] + suspects + panel
        for probe in probes where probe.probe.reading == .text {
            let texts = sets.map { PanelNormalisedSimilarity.firstText(of: probe.id, in: $0) }
            guard texts[0] != nil else { continue }
            views.add(texts.map { $0.map { AnswerFeatures($0) } })
        }
        self.views = views
        self.panel = Array((1 + suspects.count)..<sets.count)
    }

    /// The features of the protected model and suspect `number`, counted from 0; nil with too small a panel.
    func suspect(_ number: Int) -> PairFeatures? { features(1 + number, among: panel) }

    /// The features of the protected model and panel member `number`, as if it were the suspect: its own lineage is left out.
    func panelMember(_ number: Int) -> PairFeatures? {
        let model = panel[number]
        return features(
            model, among: panel.filter { views.lineageOfModel[$0] != views.lineageOfModel[model] })
    }

    private func features(_ model: Int, among competitors: [Int]) -> PairFeatures? {
        let lineages = Set(competitors.map { views.lineageOfModel[$0] }).count
        let probes = views.commonProbes(0, model)
        guard lineages >= PairFeatures.fewestCompetitors, probes >= PairFeatures.fewestProbes else { return nil }
        let scores = PairScores(views.restricted(to: [0, model] + competitors), only: (0, 1))
        guard let lineage = scores.lineageScore(0, 1) else { return nil }
        return PairFeatures(
            lineage: lineage.roundedToSixDigits, student: scores.studentScore(0, 1)?.roundedToSixDigits,
            competitors: lineages, probes: probes)
    }
}
