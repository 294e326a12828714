import Comparison
import Foundation
import Statistics

/// Synthetic answers in the design that the size and power of other tools were measured on.
///
/// Every prompt has a base string. An answer of uniform length between half and all of `length` follows it for an
/// exponential number of characters with mean 0.3 `length`, and is random after that. An answer of side b follows another
/// base string with probability `effect`.
struct TwoSampleData {
    var prompts = 25
    var samples = 10
    var length = 50
    var effect = 0.0

    private static let alphabet = Array("etaoinshrdlucmfwypvbgkjqxz    \n.,".utf8)

    func observations(using generator: inout SeededGenerator) -> [TwoSampleObservation] {
        var result: [TwoSampleObservation] = []
        for prompt in 0..<prompts {
            let bases = (0..<2).map { _ in (0..<length).map { _ in Self.character(&generator) } }
            for side in [TwoSampleObservation.Side.a, .b] {
                for _ in 0..<samples {
                    let count = length / 2 + generator.index(below: length - length / 2 + 1)
                    let followed = min(count, Int(-log(1 - generator.uniform()) * 0.3 * Double(length)))
                    let base = side == .b && generator.uniform() < effect ? bases[1] : bases[0]
                    var text = Array(base[..<followed])
                    while text.count < count {
                        let (first, second) = (Self.index(&generator), Self.index(&generator))
                        text.append(Self.alphabet[min(first, second)])
                    }
                    result.append(TwoSampleObservation(prompt: "\(prompt)", side: side, text: text))
                }
            }
        }
        return result
    }

    private static func index(_ generator: inout SeededGenerator) -> Int { generator.index(below: alphabet.count) }
    private static func character(_ generator: inout SeededGenerator) -> UInt8 { alphabet[index(&generator)] }
}
