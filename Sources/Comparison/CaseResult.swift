public import LinearAlgebra

/// What an analysis of a case yields: every score, the verdict, and the arithmetic it was computed with.
public struct CaseResult: Sendable, Equatable, Codable {
    /// The suspect's scores.
    public let suspect: ScoredModel
    /// The panel's scores, each computed as if the model were the suspect.
    public let panel: [ScoredModel]
    /// The scores of honest redeployments.
    public let redeployments: [ScoredModel]
    /// The scores of siblings.
    public let siblings: [ScoredModel]
    /// The verdict.
    public let verdict: Verdict
    /// The linear algebra library, its kernel and its threads.
    public let arithmetic: BLASConfiguration

    /// Makes a result.
    public init(scored: ScoredCase, verdict: Verdict, arithmetic: BLASConfiguration) {
        self.suspect = scored.suspect
        self.panel = scored.panel
        self.redeployments = scored.redeployments
        self.siblings = scored.siblings
        self.verdict = verdict
        self.arithmetic = arithmetic
    }
}
