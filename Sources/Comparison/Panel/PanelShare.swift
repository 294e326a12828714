public import ForensicTypes

/// What a share of the panel is used for. No lineage has two tasks (rule 4 of inference).
public protocol PanelTask: Sendable {
    /// The task in messages, for example `select`.
    static var name: String { get }
}

/// Choosing probes.
public enum Selecting: PanelTask {
    /// The task in messages.
    public static let name = "select"
}

/// Fitting normalisations and calibrations.
public enum Calibrating: PanelTask {
    /// The task in messages.
    public static let name = "calibrate"
}

/// Serving as the null distribution of a verdict.
public enum Reporting: PanelTask {
    /// The task in messages.
    public static let name = "report"
}

/// The lineages of a panel that have one task.
///
/// The task is part of the type, and only `PanelPartition` makes shares: what calibrates takes a `PanelShare<Calibrating>`,
/// so that a panel which chose the probes cannot be handed to it.
public struct PanelShare<Task: PanelTask>: Sendable, Equatable {
    /// The members, in order of lineage, then name.
    public let members: [Panel.Member]

    init(members: [Panel.Member]) { self.members = members }

    /// The lineages, in order of their names.
    public var lineages: [Lineage] { Set(members.map(\.lineage)).sorted() }
}
