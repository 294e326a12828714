internal import ForensicTypes

/// By how many tokens the counts of two models differ whatever is asked: their templates and begin marks.
///
/// It is the most frequent difference. Two models with one tokenizer differ by it always; other models do so on the strings
/// that tell nothing.
struct TokenOffsets {
    /// With fewer strings a difference says nothing of a constant, and none is taken off.
    static let fewestStrings = 8

    private let models: Int
    private let offsets: [Int]

    /// Finds the constants.
    ///
    /// - Parameter counts: By string, then by model; nil where there is none.
    init(counts: [[Int?]], models: Int) {
        self.models = models
        var offsets = [Int](repeating: 0, count: models * models)
        for left in 0..<models {
            for right in 0..<models where right != left {
                var seen: [Int: Int] = [:]
                for string in counts {
                    if let one = string[left], let two = string[right] { seen[one - two, default: 0] += 1 }
                }
                guard seen.values.reduce(0, +) >= Self.fewestStrings else { continue }
                let best = seen.max { one, two in
                    (one.value, -abs(one.key), one.key) < (two.value, -abs(two.key), two.key)
                }
                offsets[left * models + right] = best?.key ?? 0
            }
        }
        self.offsets = offsets
    }

    subscript(left: Int, right: Int) -> Int { offsets[left * models + right] }
}
