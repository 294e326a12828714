public import ForensicTypes

/// Everything that is known about one pair of models: the probes, both sides' answers, and the panel's.
public struct PairEvidence: Sendable {
    /// The probes, in the order in which they are reported.
    public let probes: [IdentifiedProbe]
    /// The protected model's answers.
    public let protected: ResponseSet
    /// The suspect's answers.
    public let suspect: ResponseSet
    /// The answers of the reference population to the same probes.
    public let panel: [ResponseSet]
    /// The seed of everything that is drawn at random.
    public let seed: UInt64
    /// The protected model's log-likelihoods of recorded answers, where the owner computed them.
    public let ownerLikelihoods: OwnerLikelihoods?
    /// When the protected model's endpoint or the suspect's changed, in nanoseconds since 1970.
    public let changes: [Int64]

    /// Collects the evidence about a pair.
    ///
    /// - Parameters:
    ///   - probes: The probes; answers to others are ignored.
    ///   - protected: The protected model's answers.
    ///   - suspect: The suspect's answers.
    ///   - panel: The reference population's answers. A member without a lineage cannot be weighed and is left out.
    ///   - seed: The seed of everything that is drawn at random.
    ///   - ownerLikelihoods: Log-likelihoods that the owner computed, if any.
    ///   - changes: When the protected model's endpoint or the suspect's changed, in nanoseconds since 1970.
    public init(
        probes: [IdentifiedProbe], protected: ResponseSet, suspect: ResponseSet, panel: [ResponseSet], seed: UInt64,
        ownerLikelihoods: OwnerLikelihoods? = nil, changes: [Int64] = []
    ) {
        self.probes = probes
        self.protected = protected
        self.suspect = suspect
        self.panel = panel
        self.seed = seed
        self.ownerLikelihoods = ownerLikelihoods
        self.changes = changes
    }

    /// The unrelated part of the panel: members with the role `panel`, a lineage, and neither side's lineage.
    ///
    /// Siblings and redeployments would teach a normalisation that resemblance to the protected model is common. A suspect
    /// has a lineage only where a known model is put in its place, to calibrate.
    /// They are ordered by lineage, then name, so that no result depends on the order of collection.
    public var cohort: [ResponseSet] {
        panel
            .filter {
                $0.model.role == .panel && $0.model.lineage != nil && $0.model.lineage != protected.model.lineage
            }
            .sorted { ($0.model.lineage?.name ?? "", $0.model.name) < ($1.model.lineage?.name ?? "", $1.model.name) }
    }
}
