internal import LinearAlgebra

/// The answers of some models as points: one row per probe, the mean answer to the probe taken off.
///
/// The rows are those of ``ResidualVectors``, added up to ``columns`` numbers. Without the mean taken off all competent models
/// look alike here, because a question about cooking is answered with words about cooking by everybody.
struct ResponseGeometry: Sendable {
    /// The numbers of a row.
    static let columns = 256
    /// How many probes are kept: the first that are added. The matrices grow with the square of them, their precision hardly.
    static let mostProbes = 256

    private let models: Int
    private var rows: [[Float]] = []
    private var usable: [[Bool]] = []

    init(models: Int) { self.models = models }

    /// Whether further probes are kept.
    var isFull: Bool { rows.count >= Self.mostProbes }

    /// Adds the rows of all models for one probe, as ``ResidualVectors/folded(to:)`` gives them.
    mutating func add(_ embeddings: [Float], isUsable: [Bool]) {
        guard !isFull else { return }
        rows.append(embeddings)
        usable.append(isUsable)
    }

    /// How alike a model's answers to different probes are to one another.
    func arrangement(of model: Int) -> ProbeArrangement? {
        let present = rows.indices.filter { usable[$0][model] }
        guard present.count >= ProbeArrangement.fewestProbes else { return nil }
        var matrix = Matrix<Double>(rows: present.count, columns: Self.columns)
        matrix.withMutableElements { elements in
            for (place, row) in present.enumerated() {
                for column in 0..<Self.columns {
                    elements[place &* Self.columns &+ column] = Double(rows[row][model &* Self.columns &+ column])
                }
            }
        }
        guard let gram = try? matrix.gram() else { return nil }
        return ProbeArrangement(probes: present, similarities: gram)
    }
}

/// How alike a model's answers to different probes are to one another: what two models are compared by without laying their
/// answers side by side.
struct ProbeArrangement: Sendable {
    /// The fewest probes that two models must share.
    static let fewestProbes = 8
    /// Similarities are ranked in steps of one over this number, so that the last bits of a sum do not decide a rank.
    private static let steps = 16_384.0

    /// The probes, ascending.
    let probes: [Int]
    /// The inner products of the rows of all pairs of them.
    let similarities: Matrix<Double>
    /// The ranks of the similarities of all pairs of them.
    private let ranks: [Double]

    init(probes: [Int], similarities: Matrix<Double>) {
        self.probes = probes
        self.similarities = similarities
        self.ranks = Self.ranks(of: Array(probes.indices), in: similarities)
    }

    /// The unbiased linear centred kernel alignment with another model, over the probes that both have; nil where they are too few or
    /// one arrangement is no more than noise.
    ///
    /// `CKA = HSIC₁(K, L) / √(HSIC₁(K, K) · HSIC₁(L, L))` with `HSIC₁ = (Σ KL + (ΣK)(ΣL)/((n−1)(n−2)) − 2/(n−2) Σᵢ Kᵢ Lᵢ) / (n(n−3))`; sums
    /// are over pairs of different probes, and `Kᵢ` is the sum of a row. (Song et al., JMLR 2012; Kornblith et al., ICML 2019.)
    func alignment(with other: ProbeArrangement) -> Double? {
        let (first, second) = places(sharedWith: other)
        let count = Double(first.count)
        guard first.count >= Self.fewestProbes else { return nil }
        var (cross, own, theirs) = (HilbertSchmidtSums(), HilbertSchmidtSums(), HilbertSchmidtSums())
        let (left, right) = (similarities.elements, other.similarities.elements)
        for row in first.indices {
            let (leftBase, rightBase) = (first[row] &* similarities.rows, second[row] &* other.similarities.rows)
            var (leftRow, rightRow) = (0.0, 0.0)
            for column in first.indices where column != row {
                let (k, l) = (left[leftBase &+ first[column]], right[rightBase &+ second[column]])
                leftRow += k
                rightRow += l
                cross.products += k * l
                own.products += k * k
                theirs.products += l * l
            }
            cross.addRow(leftRow, rightRow)
            own.addRow(leftRow, leftRow)
            theirs.addRow(rightRow, rightRow)
        }
        let (norm, otherNorm) = (own.criterion(count), theirs.criterion(count))
        guard norm > 1e-18, otherNorm > 1e-18 else { return nil }
        return cross.criterion(count) / (norm * otherNorm).squareRoot()
    }

    /// Spearman's rank correlation of the similarities of all pairs of probes that both have; nil where they are too few or all alike.
    func rankCorrelation(with other: ProbeArrangement) -> Double? {
        let (first, second) = places(sharedWith: other)
        guard first.count >= Self.fewestProbes else { return nil }
        // Most models answered the same probes, and the ranks of all of them are known.
        let left = first.count == probes.count ? ranks : Self.ranks(of: first, in: similarities)
        let right = second.count == other.probes.count ? other.ranks : Self.ranks(of: second, in: other.similarities)
        // Ranks with ties at their mean have the mean (n + 1) / 2.
        let middle = Double(left.count + 1) / 2
        var (xx, yy, xy) = (0.0, 0.0, 0.0)
        for (x, y) in zip(left, right) {
            xx += (x - middle) * (x - middle)
            yy += (y - middle) * (y - middle)
            xy += (x - middle) * (y - middle)
        }
        return xx > 0 && yy > 0 ? xy / (xx * yy).squareRoot() : nil
    }

    /// The places of the shared probes in both.
    private func places(sharedWith other: ProbeArrangement) -> ([Int], [Int]) {
        var (first, second): ([Int], [Int]) = ([], [])
        var place = 0
        for (own, probe) in probes.enumerated() {
            while place < other.probes.count, other.probes[place] < probe { place += 1 }
            guard place < other.probes.count, other.probes[place] == probe else { continue }
            first.append(own)
            second.append(place)
        }
        return (first, second)
    }

    /// The ranks of the similarities above the diagonal, ties at their mean, by counting steps.
    private static func ranks(of chosen: [Int], in similarities: Matrix<Double>) -> [Double] {
        let span = Int(2 * Self.steps) + 1
        var counts = [Int32](repeating: 0, count: span)
        var steps: [Int32] = []
        steps.reserveCapacity(chosen.count * chosen.count / 2)
        for row in chosen.indices {
            for column in (row + 1)..<max(chosen.count, row + 1) {
                let value = similarities[chosen[row], chosen[column]]
                let step = Int32(((min(1, max(-1, value)) + 1) * Self.steps).rounded())
                steps.append(step)
                counts[Int(step)] += 1
            }
        }
        var ranks = [Double](repeating: 0, count: span)
        var below = 0
        for step in 0..<span where counts[step] > 0 {
            ranks[step] = Double(below) + Double(counts[step] + 1) / 2
            below += Int(counts[step])
        }
        return steps.map { ranks[Int($0)] }
    }
}

/// The three sums of the unbiased Hilbert–Schmidt independence criterion.
private struct HilbertSchmidtSums {
    var products = 0.0
    private var rows = 0.0
    private var left = 0.0
    private var right = 0.0

    mutating func addRow(_ leftRow: Double, _ rightRow: Double) {
        rows += leftRow * rightRow
        left += leftRow
        right += rightRow
    }

    func criterion(_ count: Double) -> Double {
        (products + left * right / ((count - 1) * (count - 2)) - 2 / (count - 2) * rows) / (count * (count - 3))
    }
}
