public import ForensicTypes

/// The reference population: models known not to come from the protected model, by lineage.
///
/// The lineage is the unit of replication. Ten models of one lineage are one witness ten times over.
public struct Panel: Sendable, Equatable {
    /// One model of the panel.
    public struct Member: Sendable, Hashable, Codable {
        /// The model's name, unique within the panel.
        public let model: String
        /// Its lineage.
        public let lineage: Lineage
        /// How it is related to the protected model.
        public let stratum: Stratum

        /// Makes a member.
        public init(model: String, lineage: Lineage, stratum: Stratum = .unrelated) {
            self.model = model
            self.lineage = lineage
            self.stratum = stratum
        }
    }

    /// The members, in order of lineage, then name.
    public let members: [Member]

    /// Makes a panel from members in any order.
    ///
    /// - Throws: `ComparisonError` with the code `unknownModel` if two members have one name.
    public init(members: [Member]) throws(ComparisonError) {
        self.members = members.sorted { ($0.lineage.name, $0.model) < ($1.lineage.name, $1.model) }
        var seen: Set<String> = []
        for member in self.members where !seen.insert(member.model).inserted {
            throw ComparisonError(
                .unknownModel, "the panel names the model '\(member.model)' twice; every member needs a name of its own"
            )
        }
    }

    /// The lineages, in order of their names.
    public var lineages: [Lineage] { Set(members.map(\.lineage)).sorted() }

    /// The lineages that have a member in a stratum, in order of their names.
    public func lineages(in stratum: Stratum) -> [Lineage] {
        Set(members.filter { $0.stratum == stratum }.map(\.lineage)).sorted()
    }
}
