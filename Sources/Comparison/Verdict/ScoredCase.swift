public import ForensicTypes

/// A model of a case with its scores against the protected model.
public struct ScoredModel: Sendable, Equatable {
    /// The model.
    public let model: ModelIdentity
    /// How it is related to the protected model; nil for the suspect and for redeployments.
    public let stratum: Stratum?
    /// One score per comparator, in the order of their names.
    public let scores: [Score]
    /// What a calibration reads; nil without one, or where the panel or the probes are too few for it.
    public let features: PairFeatures?

    /// Collects scores in any order.
    public init(model: ModelIdentity, stratum: Stratum? = nil, scores: [Score], features: PairFeatures? = nil) {
        self.features = features
        self.model = model
        self.stratum = stratum
        self.scores = scores.sorted { $0.comparator < $1.comparator }
    }

    /// The score of a comparator.
    public subscript(comparator: ComparatorIdentifier) -> Score? { scores.first { $0.comparator == comparator } }
}

extension ScoredModel: Codable {}

/// Everything that a verdict is made of: scores of the suspect and of every reference against one protected model.
///
/// The scores of the panel are the null distribution. Each must have been computed as if its model were the suspect:
/// normalised by the rest of the panel, its own lineage left out.
public struct ScoredCase: Sendable {
    /// The owner's model.
    public let protected: ModelIdentity
    /// What the protected model answered.
    public let protectedCoverage: Coverage
    /// The suspect.
    public let suspect: ScoredModel
    /// What the suspect answered.
    public let suspectCoverage: Coverage
    /// Models known not to come from the protected model, each with a lineage.
    public let panel: [ScoredModel]
    /// Honest redeployments of the protected model.
    public let redeployments: [ScoredModel]
    /// Siblings of the protected model that are not accused.
    public let siblings: [ScoredModel]
    /// Whether the protected model's endpoint changed; nil where its border inputs are too few to tell.
    public let protectedTimeline: TimeSegmentation?
    /// Whether the suspect's endpoint changed; nil where its border inputs are too few to tell.
    public let suspectTimeline: TimeSegmentation?

    /// Collects the scores of a case. Members of the panel without a lineage cannot be weighed and are left out.
    public init(
        protected: ModelIdentity, protectedCoverage: Coverage, suspect: ScoredModel, suspectCoverage: Coverage,
        panel: [ScoredModel], redeployments: [ScoredModel] = [], siblings: [ScoredModel] = [],
        protectedTimeline: TimeSegmentation? = nil, suspectTimeline: TimeSegmentation? = nil
    ) {
        func ordered(_ models: [ScoredModel]) -> [ScoredModel] {
            models.sorted {
                ($0.model.lineage?.name ?? "", $0.model.name) < ($1.model.lineage?.name ?? "", $1.model.name)
            }
        }
        self.protected = protected
        self.protectedCoverage = protectedCoverage
        self.suspect = suspect
        self.suspectCoverage = suspectCoverage
        self.panel = ordered(panel.filter { $0.model.lineage != nil })
        self.redeployments = ordered(redeployments)
        self.siblings = ordered(siblings)
        self.protectedTimeline = protectedTimeline
        self.suspectTimeline = suspectTimeline
    }
}
