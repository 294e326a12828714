internal import ForensicTypes

/// Everything about a verdict that is fixed before the first query to the suspect.
public struct AnalysisThresholds: Sendable, Hashable {
    /// The smallest share of probes that must have a usable answer, in (0, 1].
    public let minimumUsableShare: Double
    /// The smallest number of probes that must have a usable answer.
    public let minimumUsableProbes: Int
    /// The largest share of text probes that may have one and the same answer, in (0, 1].
    public let maximumConstantShare: Double
    /// Gate 1. Its references are honest redeployments of the protected model.
    public let sameness: GateDefinition
    /// Gate 2. Its references are lineages of the panel.
    public let lineage: GateDefinition
    /// Gate 3. Its references are lineages of the panel.
    public let student: GateDefinition
    /// The comparators that gate 2 may use. The best of them is taken and corrected for their number, so that a model which
    /// is restyled in one channel is not hidden by an average.
    public let lineageChannels: [ComparatorIdentifier]

    /// Sets the thresholds.
    ///
    /// - Parameters:
    ///   - minimumUsableShare: The smallest share of usable answers, in (0, 1].
    ///   - minimumUsableProbes: The smallest number of usable answers.
    ///   - maximumConstantShare: The largest share of text probes with one and the same answer, in (0, 1].
    ///   - sameness: Gate 1.
    ///   - lineage: Gate 2.
    ///   - student: Gate 3.
    ///   - lineageChannels: The comparators of gate 2, without repetition; at least one.
    public init(
        minimumUsableShare: Double = 0.8, minimumUsableProbes: Int = 10, maximumConstantShare: Double = 0.5,
        sameness: GateDefinition, lineage: GateDefinition, student: GateDefinition,
        lineageChannels: [ComparatorIdentifier] = [.panelNormalisedSimilarity]
    ) {
        self.minimumUsableShare = minimumUsableShare
        self.minimumUsableProbes = minimumUsableProbes
        self.maximumConstantShare = maximumConstantShare
        self.sameness = sameness
        self.lineage = lineage
        self.student = student
        self.lineageChannels = lineageChannels.sorted()
    }

    /// Thresholds at one level, in which every gate that the panel or the redeployments cannot attain is declared as one
    /// that only reports its ratio.
    ///
    /// - Parameters:
    ///   - panelLineages: Unrelated lineages of the panel that report.
    ///   - redeployments: Honest redeployments of the protected model.
    ///   - level: The rate of false exclusions that is accepted, in (0, 1).
    ///   - lineageChannels: The comparators of gate 2.
    public static func suited(
        panelLineages: Int, redeployments: Int = 0, level: Double = 0.05,
        lineageChannels: [ComparatorIdentifier] = [.panelNormalisedSimilarity]
    ) -> AnalysisThresholds {
        func gate(_ references: Int, channels: Int) -> GateDefinition {
            let attains = ConformalFloor.attains(level: level, references: references, channels: channels)
            return GateDefinition(level: level, effect: attains ? .excludes : .ratioOnly)
        }
        return AnalysisThresholds(
            sameness: gate(redeployments, channels: 1),
            lineage: gate(panelLineages, channels: max(1, lineageChannels.count)),
            student: gate(panelLineages, channels: 1), lineageChannels: lineageChannels)
    }
}

extension AnalysisThresholds {
    /// Checks ranges, and that every gate which is to exclude something can.
    ///
    /// Call it when the plan is made. A gate that its panel cannot attain is refused here rather than failed later.
    ///
    /// - Parameters:
    ///   - panelLineages: Unrelated lineages of the panel that report.
    ///   - redeployments: Honest redeployments of the protected model.
    /// - Throws: `ComparisonError` with the code `invalidThreshold` or `unattainableGate`.
    public func validate(panelLineages: Int, redeployments: Int) throws(ComparisonError) {
        for (name, share) in [
            ("minimum usable share", minimumUsableShare), ("maximum constant share", maximumConstantShare),
        ] where !(share > 0 && share <= 1) {
            throw ComparisonError(.invalidThreshold, "the \(name) is \(share); it must be above 0 and at most 1")
        }
        guard minimumUsableProbes >= 1 else {
            throw ComparisonError(
                .invalidThreshold, "the minimum number of usable probes is \(minimumUsableProbes); it must be 1 or more"
            )
        }
        guard !lineageChannels.isEmpty, Set(lineageChannels).count == lineageChannels.count else {
            throw ComparisonError(
                .invalidThreshold, "the lineage gate needs at least one comparator, and each only once")
        }
        try Self.validate(.sameness, sameness, references: redeployments, kind: "honest redeployment", channels: 1)
        try Self.validate(
            .lineage, lineage, references: panelLineages, kind: "panel lineage", channels: lineageChannels.count)
        try Self.validate(.student, student, references: panelLineages, kind: "panel lineage", channels: 1)
    }

    private static func validate(
        _ gate: Gate, _ definition: GateDefinition, references: Int, kind: String, channels: Int
    ) throws(ComparisonError) {
        guard definition.level > 0, definition.level < 1 else {
            throw ComparisonError(
                .invalidThreshold, "the level of the \(gate.rawValue) gate is \(definition.level); it must be in (0, 1)"
            )
        }
        guard definition.effect == .excludes else { return }
        let needed = ConformalFloor.referencesNeeded(level: definition.level, channels: channels)
        guard references >= needed else {
            let floor = ConformalFloor.pValue(references: references, channels: channels).roundedToSixDigits
            throw ComparisonError(
                .unattainableGate,
                "the \(gate.rawValue) gate at level \(definition.level) needs \(needed.counted(kind)) and has \(references): "
                    + "its p-value cannot fall below \(floor); add \(needed - references), or declare the gate 'ratio_only'"
            )
        }
    }
}

extension AnalysisThresholds: Codable {
    private enum CodingKeys: String, CodingKey {
        case sameness, lineage, student
        case minimumUsableShare = "minimum_usable_share"
        case minimumUsableProbes = "minimum_usable_probes"
        case maximumConstantShare = "maximum_constant_share"
        case lineageChannels = "lineage_channels"
    }

    /// Decodes thresholds; decimals are strings.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            minimumUsableShare: try container.decodeDecimal(forKey: .minimumUsableShare),
            minimumUsableProbes: try container.decode(Int.self, forKey: .minimumUsableProbes),
            maximumConstantShare: try container.decodeDecimal(forKey: .maximumConstantShare),
            sameness: try container.decode(GateDefinition.self, forKey: .sameness),
            lineage: try container.decode(GateDefinition.self, forKey: .lineage),
            student: try container.decode(GateDefinition.self, forKey: .student),
            lineageChannels: try container.decode([ComparatorIdentifier].self, forKey: .lineageChannels))
    }

    /// Encodes thresholds; decimals are strings.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encodeDecimal(minimumUsableShare, forKey: .minimumUsableShare)
        try container.encode(minimumUsableProbes, forKey: .minimumUsableProbes)
        try container.encodeDecimal(maximumConstantShare, forKey: .maximumConstantShare)
        try container.encode(sameness, forKey: .sameness)
        try container.encode(lineage, forKey: .lineage)
        try container.encode(student, forKey: .student)
        try container.encode(lineageChannels, forKey: .lineageChannels)
    }
}
