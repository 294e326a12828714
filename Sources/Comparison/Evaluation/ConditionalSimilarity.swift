/// Partial correlation of two models given all models of other lineages.
///
/// A mean of cosines over probes is a kernel K. Much of what two models share is shared by the whole population: the common
/// way to answer, the fashion of a year, the formats that everybody learnt. With the models of the other lineages as C,
/// `R_ij = K_ij − K_iC (K_CC + λ D)⁻¹ K_Cj`, scaled to `R_ij / √(R_ii R_jj)`, is what is left of a resemblance when
/// everything that the rest of the population explains is taken off (Lauritzen, *Graphical Models*, 1996, section 5.1). D holds the
/// size of each model's lineage, so that a lineage counts about as much as one model.
///
/// R of two lineages is a block of the inverse of the whole: with `Ω = (K + λ D)⁻¹`, `R = (Ω_TT)⁻¹ − λ D_TT`. One inverse
/// serves all pairs.
package struct ConditionalSimilarity {
    /// The weight of the ridge.
    package static let ridge = 0.1

    /// Takes the population's part off every pair.
    ///
    /// - Parameters:
    ///   - kernel: Symmetric, ones on the diagonal, row by row.
    ///   - members: The models of each lineage.
    /// - Returns: The partial correlations, symmetric, row by row; 0 where they are not defined.
    package static func matrix(kernel: [Double], members: [[Int]]) -> [Double] {
        let count = members.reduce(0) { $0 + $1.count }
        var ridges = [Double](repeating: 0, count: count)
        for lineage in members { for model in lineage { ridges[model] = ridge * Double(lineage.count) } }
        // Kernels with missing answers may be slightly indefinite; a larger ridge always ends the loop.
        var factor = 1.0
        var precision: [Double]?
        while precision == nil, factor < 1e9 {
            var regular = kernel
            for model in 0..<count { regular[model * count + model] += factor * ridges[model] }
            precision = inverse(regular, order: count)
            if precision == nil { factor *= 4 }
        }
        var result = [Double](repeating: 0, count: count * count)
        guard let precision else { return result }
        for first in members.indices {
            for second in first..<members.count {
                let block = first == second ? members[first] : members[first] + members[second]
                guard block.count > 1 else { continue }
                let order = block.count
                let inner = block.flatMap { row in block.map { precision[row * count + $0] } }
                guard let residual = inverse(inner, order: order) else { continue }
                let variances = (0..<order).map { residual[$0 * order + $0] - factor * ridges[block[$0]] }
                for row in 0..<order {
                    for column in row + 1..<max(order, row + 1) {
                        let (left, right) = (block[row], block[column])
                        // Pairs within one lineage are taken off when the lineage is alone in the block.
                        let crosses = members[first].contains(left) != members[first].contains(right)
                        guard crosses || first == second, variances[row] > 1e-9, variances[column] > 1e-9 else {
                            continue
                        }
                        let value = residual[row * order + column] / (variances[row] * variances[column]).squareRoot()
                        result[left * count + right] = value
                        result[right * count + left] = value
                    }
                }
            }
        }
        return result
    }

    /// The inverse of a symmetric positive definite matrix, by its Cholesky factor; nil if it is not positive definite.
    package static func inverse(_ matrix: [Double], order: Int) -> [Double]? {
        var lower = matrix
        for column in 0..<order {
            var pivot = lower[column * order + column]
            for index in 0..<column { pivot -= lower[column * order + index] * lower[column * order + index] }
            guard pivot > 1e-12 else { return nil }
            pivot = pivot.squareRoot()
            lower[column * order + column] = pivot
            for row in column + 1..<max(order, column + 1) {
                var sum = lower[row * order + column]
                for index in 0..<column { sum -= lower[row * order + index] * lower[column * order + index] }
                lower[row * order + column] = sum / pivot
            }
        }
        // The inverse of the factor, below the diagonal, then the product of its transpose with itself.
        var inverted = [Double](repeating: 0, count: order * order)
        for column in 0..<order {
            inverted[column * order + column] = 1 / lower[column * order + column]
            for row in column + 1..<max(order, column + 1) {
                var sum = 0.0
                for index in column..<row { sum -= lower[row * order + index] * inverted[index * order + column] }
                inverted[row * order + column] = sum / lower[row * order + row]
            }
        }
        var result = [Double](repeating: 0, count: order * order)
        for row in 0..<order {
            for column in 0...row {
                var sum = 0.0
                for index in row..<order { sum += inverted[index * order + row] * inverted[index * order + column] }
                result[row * order + column] = sum
                result[column * order + row] = sum
            }
        }
        return result
    }
}
