public import ForensicTypes

/// What the collector signs: the tree over all records of the case, and what of it the bundle holds.
public struct CollectionPredicate: Codable, Sendable, Equatable {
    /// The tree over every record of the case, those of other suspects included.
    public struct Tree: Codable, Sendable, Equatable {
        /// The construction: `rfc6962-sha256`.
        public let alg: String
        /// The number of records of the case.
        public let size: Int
        /// The root.
        public let root: Digest
    }

    /// The version of the predicate.
    public let v: Int
    /// Members that a reader has to understand. A reader that does not know one refuses the bundle.
    public let crit: [String]
    /// The case.
    public let caseName: String
    /// The model that the bundle is about.
    public let suspect: String
    /// The tree.
    public let merkle: Tree
    /// How many records the bundle holds; the others are withheld and stand as leaf hashes only.
    public let disclosed: Int
    /// How the disclosed attempts ended, by outcome.
    public let outcomes: [String: Int]
    /// When the first disclosed attempt began, in nanoseconds since 1970; absent without records.
    public let firstStart: String?
    /// When the last disclosed attempt ended, in nanoseconds since 1970; absent without records.
    public let lastEnd: String?
    /// The digest of the last line of the custody log; zeros if the log is empty.
    public let custodyHead: Digest
    /// The digest of the plan; absent without one.
    public let plan: Digest?

    private enum CodingKeys: String, CodingKey {
        case v, crit, suspect, merkle, disclosed, outcomes
        case caseName = "case"
        case firstStart = "first_ns"
        case lastEnd = "last_ns"
        case custodyHead = "custody_head"
        case plan = "plan_sha256"
    }
}

extension CollectionPredicate {
    /// Reads the members. One that may be absent is absent, and not null.
    public init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: CodingKeys.self)
        func optional<Value: Decodable>(_ key: CodingKeys) throws -> Value? {
            members.contains(key) ? try members.decode(Value.self, forKey: key) : nil
        }
        self.init(
            v: try members.decode(Int.self, forKey: .v), crit: try members.decode([String].self, forKey: .crit),
            caseName: try members.decode(String.self, forKey: .caseName),
            suspect: try members.decode(String.self, forKey: .suspect),
            merkle: try members.decode(Tree.self, forKey: .merkle),
            disclosed: try members.decode(Int.self, forKey: .disclosed),
            outcomes: try members.decode([String: Int].self, forKey: .outcomes),
            firstStart: try optional(.firstStart), lastEnd: try optional(.lastEnd),
            custodyHead: try members.decode(Digest.self, forKey: .custodyHead), plan: try optional(.plan))
    }

    /// Refuses names that two readers could compare differently.
    ///
    /// - Throws: `canonical` for a case's name with control characters, or a suspect's that is not printable ASCII.
    func checkNames() throws(EvidenceError) {
        guard Checkpoint.isCaseName(caseName) else {
            throw EvidenceError(.canonical, "the case's name holds a control character")
        }
        guard ModelIdentity.isName(suspect) else {
            throw EvidenceError(.canonical, "the suspect's name is not printable ASCII")
        }
    }
}
