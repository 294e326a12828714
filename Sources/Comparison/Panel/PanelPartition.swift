public import ForensicTypes

/// A panel split into lineages that select probes, lineages that calibrate, and lineages that report.
public struct PanelPartition: Sendable, Equatable {
    /// The lineages that may choose probes.
    public let selection: PanelShare<Selecting>
    /// The lineages that may fit normalisations and calibrations.
    public let calibration: PanelShare<Calibrating>
    /// The lineages that serve as the null distribution of the verdict.
    public let report: PanelShare<Reporting>

    /// Splits a panel. Lineages that are in neither of the first two sets report.
    ///
    /// - Parameters:
    ///   - panel: The panel.
    ///   - selecting: The lineages that choose probes; may be empty.
    ///   - calibrating: The lineages that calibrate; may be empty.
    /// - Throws: `ComparisonError` with the code `lineageReused` if a lineage has both tasks, `unknownModel` if one is not
    ///   in the panel.
    public init(
        _ panel: Panel, selecting: Set<Lineage> = [], calibrating: Set<Lineage> = []
    ) throws(ComparisonError) {
        if let shared = selecting.intersection(calibrating).min() {
            throw ComparisonError(
                .lineageReused,
                "lineage '\(shared)' would both select and calibrate; what chose the probes must not calibrate them")
        }
        if let missing = selecting.union(calibrating).subtracting(panel.lineages).min() {
            throw ComparisonError(.unknownModel, "lineage '\(missing)' has a task but no model in the panel")
        }
        self.selection = PanelShare(members: panel.members.filter { selecting.contains($0.lineage) })
        self.calibration = PanelShare(members: panel.members.filter { calibrating.contains($0.lineage) })
        self.report = PanelShare(
            members: panel.members.filter { !selecting.contains($0.lineage) && !calibrating.contains($0.lineage) })
    }
}
