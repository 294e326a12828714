internal import LinearAlgebra
internal import Statistics

/// Two sums over the kernel for each labelling: all that the statistic needs, as the sum over everything is fixed.
struct LabellingSums: Sendable {
    /// The sum over ordered pairs of two different samples of side a.
    var within: [Int]
    /// The sum over pairs of a sample of side a and any other sample.
    var touching: [Int]

    init(labellings: Int) {
        within = Array(repeating: 0, count: labellings)
        touching = within
    }

    mutating func add(_ other: LabellingSums) {
        for index in within.indices {
            within[index] += other.within[index]
            touching[index] += other.touching[index]
        }
    }
}

extension TwoSampleBlock {
    /// The sums of the observed labelling, then those of `permutations` others, shuffled inside the strata.
    func sums(permutations: Int, using generator: SeededGenerator) throws(LinearAlgebraError) -> LabellingSums {
        switch kernel {
        case .single(let matrix): try sums(matrix, permutations: permutations, using: generator)
        case .double(let matrix): try sums(matrix, permutations: permutations, using: generator)
        }
    }

    /// The labellings are the rows of a 0/1 matrix Z. One product `Z K` per chunk of rows gives `zᵀ K z` of each as a sum
    /// over its ones. No more than a chunk of Z ever exists.
    private func sums<Scalar: MatrixScalar>(
        _ matrix: Matrix<Scalar>, permutations: Int, using generator: SeededGenerator
    ) throws(LinearAlgebraError) -> LabellingSums {
        var generator = generator
        var sums = LabellingSums(labellings: permutations + 1)
        let chunk = min(permutations + 1, 256)
        var labels = Matrix<Scalar>(rows: chunk, columns: matrix.rows)
        var products = labels
        var orders = strata
        let wanted = strata.map { stratum in stratum.count { isA[$0] } }
        var chosen: [Int] = []
        for start in stride(from: 0, through: permutations, by: chunk) {
            let labellings = start..<min(start + chunk, permutations + 1)
            chosen.removeAll(keepingCapacity: true)
            for labelling in labellings {
                if labelling == 0 {
                    chosen += isA.indices.filter { isA[$0] }
                } else {
                    Self.choose(wanted, from: &orders, into: &chosen, using: &generator)
                }
            }
            let perLabelling = chosen.count / labellings.count
            labels.withMutableElements { elements in
                for index in elements.indices { elements[index] = 0 }
                for (index, sample) in chosen.enumerated() {
                    elements[index / perLabelling &* matrix.rows &+ sample] = 1
                }
            }
            try Matrix.product(labels, matrix, into: &products)
            let values = products.elements
            var index = 0
            for (row, labelling) in labellings.enumerated() {
                var within: Double = 0
                var touching = 0
                for _ in 0..<perLabelling {
                    let sample = chosen[index]
                    within += Double(values[row &* matrix.rows &+ sample])
                    touching &+= rowSums[sample]
                    index += 1
                }
                sums.within[labelling] = Int(within)
                sums.touching[labelling] = touching
            }
        }
        return sums
    }

    /// Draws as many samples from each stratum as are of side a: the beginning of a Fisher–Yates shuffle. It goes on from
    /// any order, so the orders are kept.
    private static func choose(
        _ wanted: [Int], from orders: inout [[Int]], into chosen: inout [Int], using generator: inout SeededGenerator
    ) {
        for stratum in orders.indices {
            let count = orders[stratum].count
            for position in 0..<wanted[stratum] {
                let other = position &+ generator.index(below: count &- position)
                orders[stratum].swapAt(position, other)
                chosen.append(orders[stratum][position])
            }
        }
    }
}
