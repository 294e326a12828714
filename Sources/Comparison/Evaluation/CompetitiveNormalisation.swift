/// How far the similarity of two models exceeds that of each with its nearest competitor.
///
/// `c(S, T) = ½ · ((s − max_S) / σ_S + (s − max_T) / σ_T)`: the maximum is over all models of the other lineages, the deviation
/// over lineages, one weight each. A mean is beaten by every model that answers in the fashion of its year; to beat the
/// nearest of all competitors takes more. Relatives that are recorded as other lineages compete too, so that the score
/// errs towards not accusing.
package struct CompetitiveNormalisation {
    /// The fewest competing lineages.
    package static let fewestLineages = 3

    private let similarity: [Double]
    private let count: Int
    private let means: [Double]
    private let squares: [Double]
    private let maxima: [Double]
    private let lineages: Int
    private let lineageOfModel: [Int]

    package init(similarity: [Double], lineageOfModel: [Int], members: [[Int]]) {
        let count = lineageOfModel.count
        let lineages = members.count
        var means = [Double](repeating: 0, count: count * lineages)
        var squares = means
        var maxima = means
        for model in 0..<count {
            for (lineage, group) in members.enumerated() {
                var sum = 0.0
                var square = 0.0
                var largest = -Double.infinity
                for member in group where member != model {
                    let value = similarity[model * count + member]
                    sum += value
                    square += value * value
                    largest = max(largest, value)
                }
                let size = Double(group.count)
                means[model * lineages + lineage] = sum / size
                squares[model * lineages + lineage] = square / size
                maxima[model * lineages + lineage] = largest
            }
        }
        self.similarity = similarity
        self.count = count
        self.means = means
        self.squares = squares
        self.maxima = maxima
        self.lineages = lineages
        self.lineageOfModel = lineageOfModel
    }

    /// The score of a pair; nil with fewer than three competing lineages, or where they are all equally alike.
    package func score(_ first: Int, _ second: Int) -> Double? {
        guard let left = competition(of: first, against: second), let right = competition(of: second, against: first)
        else {
            return nil
        }
        return (left + right) / 2
    }

    private func competition(of model: Int, against other: Int) -> Double? {
        var sum = 0.0
        var square = 0.0
        var largest = -Double.infinity
        var competitors = 0.0
        for lineage in 0..<lineages where lineage != lineageOfModel[model] && lineage != lineageOfModel[other] {
            sum += means[model * lineages + lineage]
            square += squares[model * lineages + lineage]
            largest = max(largest, maxima[model * lineages + lineage])
            competitors += 1
        }
        guard competitors >= Double(Self.fewestLineages) else { return nil }
        let mean = sum / competitors
        let variance = square / competitors - mean * mean
        guard variance > 1e-18 else { return nil }
        return (similarity[model * count + other] - largest) / variance.squareRoot()
    }
}
