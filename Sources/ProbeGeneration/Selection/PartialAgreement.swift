internal import LinearAlgebra

/// What single candidates add to the partial correlation of two models, in one view of their texts.
///
/// The lineage score compares what is left of a resemblance when everything is taken off that the models of all other lineages
/// explain: the common way to answer, the fashion of a year. A candidate is worth what it adds to that, and not how alike
/// it makes two models look. With K the mean agreement over all candidates, D the sizes of the models' lineages, Ω = (K + λ D)⁻¹
/// and T the models of a pair's lineages, the residuals of T are (Ω_TT)⁻¹ Ω_T·, so that a candidate with the agreements A adds
///
///     (Ω_TT)⁻¹ (Ω A Ω)_TT (Ω_TT)⁻¹
///
/// scaled by the residual variances, the diagonal of (Ω_TT)⁻¹ − λ D_TT (Lauritzen, *Graphical Models*, 1996, section 5.1).
///
/// It ranks probes. It says nothing about any suspect.
package struct PartialAgreement {
    /// The weight of the ridge, that of the lineage score.
    package static let ridge = 0.1

    /// The pairs of one pair of lineages.
    private struct Block {
        /// The models of both lineages, as places among the members.
        let places: [Int]
        /// (Ω_TT)⁻¹, row by row.
        let inverse: [Double]
        /// The pairs, as places in `places`.
        let pairs: [(left: Int, right: Int)]
    }

    private let members: [Int]
    private let models: Int
    private let mean: [Double]
    private let precision: Matrix<Double>
    private let blocks: [Block]

    /// Prepares. Nil where the eigenvalues of a matrix are not found.
    ///
    /// - Parameters:
    ///   - mean: The mean agreement of the members over all candidates, the upper triangle row by row; nan where
    ///     two of them answered no candidate in common.
    ///   - relations: The pairs that are wanted.
    package init?(mean packed: [Double], relations: PairRelations) {
        let members = relations.members
        let count = members.count
        let sizes = members.map { 1 / relations.weights[$0] }
        var mean = [Double](repeating: 0, count: count * count)
        var next = 0
        for row in 0..<count {
            for column in row..<count {
                let value = row == column ? 1 : packed[next].isNaN ? 0 : packed[next]
                mean[row * count + column] = value
                mean[column * count + row] = value
                next += 1
            }
        }
        var regular = mean
        for row in 0..<count { regular[row * count + row] += Self.ridge * sizes[row] }
        guard let precision = Self.inverse(regular, order: count) else { return nil }
        var placeOfModel = [Int](repeating: -1, count: relations.models)
        for (place, model) in members.enumerated() { placeOfModel[model] = place }
        var pairs: [[Int]: [(Int, Int)]] = [:]
        for pair in relations.related + relations.unrelated {
            let key = [relations.lineageOfModel[pair.left], relations.lineageOfModel[pair.right]].sorted()
            pairs[key, default: []].append((placeOfModel[pair.left], placeOfModel[pair.right]))
        }
        var blocks: [Block] = []
        for (key, pairs) in pairs.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
            let places = members.indices.filter { key.contains(relations.lineageOfModel[members[$0]]) }
            let inner = places.flatMap { row in places.map { precision[row * count + $0] } }
            guard var inverse = Self.inverse(inner, order: places.count) else { return nil }
            let scales = places.indices.map { place in
                1 / max(inverse[place * places.count + place] - Self.ridge * sizes[places[place]], 1e-6).squareRoot()
            }
            for row in places.indices {
                for column in places.indices { inverse[row * places.count + column] *= scales[row] }
            }
            blocks.append(
                Block(
                    places: places, inverse: inverse,
                    pairs: pairs.map { pair in
                        (places.firstIndex(of: pair.0) ?? 0, places.firstIndex(of: pair.1) ?? 0)
                    }))
        }
        guard let matrix = try? Matrix(rows: count, columns: count, elements: precision) else { return nil }
        self.members = members
        models = relations.models
        self.mean = mean
        self.precision = matrix
        self.blocks = blocks
    }

    /// What a candidate adds: all pairs of models, row by row; nan where a pair is not wanted or has not answered.
    package func added(by agreement: [Float]) -> [Double] {
        let count = members.count
        var result = [Double](repeating: .nan, count: models * models)
        var whole = Matrix<Double>(rows: count, columns: count)
        var next = 0
        for row in 0..<count {
            for column in row..<count {
                let value = agreement[next].isNaN ? mean[row * count + column] : Double(agreement[next])
                whole[row, column] = value
                whole[column, row] = value
                next += 1
            }
        }
        guard let left = try? Matrix.product(precision, whole), let product = try? Matrix.product(left, precision)
        else { return result }
        for block in blocks {
            let order = block.places.count
            for pair in block.pairs {
                var sum = 0.0
                for one in 0..<order {
                    var inner = 0.0
                    for two in 0..<order {
                        inner += product[block.places[one], block.places[two]] * block.inverse[pair.right * order + two]
                    }
                    sum += block.inverse[pair.left * order + one] * inner
                }
                let (row, column) = (block.places[pair.left], block.places[pair.right])
                guard !agreement[Self.place(row, column, count)].isNaN else { continue }
                result[members[row] * models + members[column]] = sum
                result[members[column] * models + members[row]] = sum
            }
        }
        return result
    }

    /// Where a pair stands in the upper triangle.
    private static func place(_ first: Int, _ second: Int, _ count: Int) -> Int {
        let (row, column) = (min(first, second), max(first, second))
        return row * count - row * (row - 1) / 2 + column - row
    }

    /// The inverse of a symmetric matrix by its eigenvalues. Those of an agreement with missing answers may fall below 0; none
    /// is taken as less than a hundredth of the mean.
    private static func inverse(_ elements: [Double], order: Int) -> [Double]? {
        guard let matrix = try? Matrix(rows: order, columns: order, elements: elements),
            let eigen = try? matrix.symmetricEigen()
        else { return nil }
        let floor = max(1e-12, eigen.values.reduce(0, +) / Double(order) / 100)
        var scaled = eigen.vectors
        for row in 0..<order {
            for column in 0..<order { scaled[row, column] /= max(eigen.values[column], floor) }
        }
        return (try? Matrix.product(scaled, eigen.vectors, transposingRight: true))?.elements
    }
}
