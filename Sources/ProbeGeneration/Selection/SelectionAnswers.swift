public import ForensicTypes

/// What models answered to the candidates.
public struct SelectionAnswers: Sendable {
    /// Runs of the protected model: the first is the reference, the others tell how stable its answers are.
    public let protected: [ResponseSet]
    /// What the protected model answered to the candidates' paraphrases; nil where it was not asked.
    public let paraphrases: ResponseSet?
    /// Honest redeployments of the protected model.
    public let redeployments: [ResponseSet]
    /// Models known not to come from the protected model, with their lineages.
    public let panel: [ResponseSet]
    /// Known derivatives or students of the protected model that stand in for what a thief would make.
    public let proxies: [ResponseSet]

    /// Collects answers.
    ///
    /// - Throws: `unusableAnswers` without a run of the protected model, for a panel model without lineage, or for one
    ///   that shares the protected model's lineage and would teach selection to overlook the model itself.
    public init(
        protected: [ResponseSet], paraphrases: ResponseSet? = nil, redeployments: [ResponseSet] = [],
        panel: [ResponseSet] = [],
        proxies: [ResponseSet] = []
    ) throws(ProbeGenerationError) {
        guard let first = protected.first else {
            throw ProbeGenerationError(.unusableAnswers, "there are no answers of the protected model")
        }
        try Self.check(panel: panel.map(\.model), protected: first.model)
        self.protected = protected
        self.paraphrases = paraphrases
        self.redeployments = redeployments
        self.panel = panel
        self.proxies = proxies
    }

    /// Checks, before anything is asked, that a panel can tell the protected model from others.
    ///
    /// - Throws: `unusableAnswers` for a panel model without lineage, or of the protected model's own.
    public static func check(
        panel: [ModelIdentity], protected: ModelIdentity
    ) throws(ProbeGenerationError) {
        for model in panel {
            guard let lineage = model.lineage else {
                throw ProbeGenerationError(
                    .unusableAnswers, "the panel model \(model.name) has no lineage; state it in its endpoint file")
            }
            guard lineage != protected.lineage else {
                throw ProbeGenerationError(
                    .unusableAnswers,
                    "the panel model \(model.name) shares the lineage \(lineage) with the protected model; take it out")
            }
        }
    }

    /// The lineages that selection sees, sorted: they may neither calibrate nor report.
    public var lineages: [Lineage] {
        Set((protected + redeployments + panel + proxies).compactMap(\.model.lineage)).sorted()
    }
}
