import Foundation
import TestSupport

/// A text with its features as `Tools/reference/features.py` computes them.
struct FeatureVectors: Decodable {
    struct Grams: Decodable {
        let unit: String
        let low: Int
        let high: Int
        let bits: Int
        let counts: [[Int]]
    }

    let text: String
    let scalars: [UInt32]
    let words: [String]
    let grams: [Grams]
    let style: [String: Double]

    var bytes: [UInt8] {
        stride(from: 0, to: text.utf8.count, by: 2).compactMap { offset in
            let start = text.index(text.startIndex, offsetBy: offset)
            return UInt8(text[start..<text.index(start, offsetBy: 2)], radix: 16)
        }
    }

    static func all() throws -> [FeatureVectors] {
        try ReferenceVectors<[FeatureVectors]>.load("features", from: .module)
    }
}
