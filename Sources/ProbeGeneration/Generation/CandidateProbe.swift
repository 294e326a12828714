public import ForensicTypes

/// A generated probe that may enter a set.
public struct CandidateProbe: Sendable, Hashable {
    /// The probe with its digest.
    public let identified: IdentifiedProbe
    /// The language of the prompt, as in BCP 47; `und` where it has none.
    public let language: String
    /// The place among its family's instances, from 0.
    public let index: Int
    /// The number of the group of forms that this one is of, where it is one of several: the probe's kin says how they differ.
    public let pair: Int?
    /// The same question in other words, or the same text a little shorter; nil where the family offers none or none was wanted.
    public let paraphrase: IdentifiedProbe?
    /// The queries that it takes: one per draw.
    public let queries: Int
    /// The tokens that it is expected to take, prompts and answers of all draws.
    public let tokens: Int

    /// The probe's digest.
    public var id: Digest { identified.id }
    /// The probe.
    public var probe: Probe { identified.probe }
    /// The family's name.
    public var family: String { identified.probe.family }
}
