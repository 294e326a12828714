/// Turns the recorded answers of two models into one score.
///
/// A comparator is a pure function of its evidence: the same evidence gives the same score on every machine, up to the six
/// digits that are reported. It never throws. Evidence that it cannot use gives a score without a value, whose reasons say
/// what it would need.
public protocol Comparator: Sendable {
    /// The comparator's name.
    static var identifier: ComparatorIdentifier { get }

    /// What it needs from the suspect, in one sentence for people.
    var requirement: String { get }

    /// Computes the score of a pair.
    func score(_ evidence: PairEvidence) -> Score
}
