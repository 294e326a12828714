/// How alike two answers to one prompt are. Every kernel here gives whole numbers, so that sums of them are exact.
public enum TwoSampleKernel: Sendable, Hashable {
    /// How many of the first `length` Unicode scalars are equal, as a share of `length`.
    ///
    /// A shorter answer is padded, and padding equals padding, so that answers of the same length are alike beyond their
    /// end. An answer that is longer is cut.
    case hamming(length: Int)
    /// The cosine of the counts of runs of `order` scalars among the first `length`, in steps of 2⁻³⁰.
    ///
    /// Runs are hashed into 16,384 columns. Answers without a run are alike among themselves and unlike all others.
    case spectrum(order: Int, length: Int)
    /// The rational quadratic kernel of a deterministic embedding by the words and pairs of words among the first `length` scalars, in steps of
    /// 2⁻³⁰.
    ///
    /// Order and place do not matter, letters do not count twice, and what all answers to the prompt hold counts nothing. It knows no
    /// meaning: a synonym is another word.
    case embedding(length: Int)

    /// How many scalars of an answer count.
    public var length: Int {
        switch self {
        case .hamming(let length), .spectrum(_, let length), .embedding(let length): length
        }
    }

    /// The whole number that stands for a similarity of 1.
    var unit: Int {
        switch self {
        case .hamming(let length): length
        case .spectrum, .embedding: 1 << 30
        }
    }

    func check() throws(ComparisonError) {
        guard (1...1_000_000).contains(length) else {
            throw ComparisonError(.outOfRange, "\(length) characters asked for; give 1 to 1000000")
        }
        if case .spectrum(let order, let length) = self {
            guard order >= 1, order <= min(8, length) else {
                throw ComparisonError(.outOfRange, "runs of \(order) characters asked for; give 1 to \(min(8, length))")
            }
        }
    }
}
