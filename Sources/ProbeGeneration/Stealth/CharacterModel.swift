internal import Glibc

/// A model of ordinary text: the probability of each byte after the four before it.
///
/// Interpolated by the estimate of Witten and Bell ("The zero-frequency problem", 1991): what follows a context is mixed with what
/// follows the context shortened by one byte, down to all bytes alike. The same texts always give the same numbers.
struct CharacterModel {
    /// How many bytes before a byte are looked at.
    static let order = 4

    private var counts: [UInt64: (total: Int, kinds: Int)] = [:]
    private var followers: [UInt64: Int] = [:]

    /// Counts some texts.
    init(_ texts: [[UInt8]]) {
        for text in texts {
            for place in text.indices {
                for length in 0...min(Self.order, place) {
                    let context = Self.key(text[(place - length)..<place])
                    let seen = followers[Self.key(context, text[place]), default: 0]
                    followers[Self.key(context, text[place])] = seen + 1
                    counts[context, default: (0, 0)].total += 1
                    if seen == 0 { counts[context, default: (0, 0)].kinds += 1 }
                }
            }
        }
    }

    /// The mean surprise of a text in bits per byte; 0 for an empty one.
    func surprise(_ text: [UInt8]) -> Double {
        var bits = 0.0
        for place in text.indices {
            var probability = 1.0 / 256
            for length in 0...min(Self.order, place) {
                let context = Self.key(text[(place - length)..<place])
                guard let (total, kinds) = counts[context] else { break }
                let seen = Double(followers[Self.key(context, text[place])] ?? 0)
                probability = (seen + Double(kinds) * probability) / Double(total + kinds)
            }
            bits -= log2(probability)
        }
        return text.isEmpty ? 0 : bits / Double(text.count)
    }

    /// A context as a number: its length and its bytes.
    private static func key(_ context: ArraySlice<UInt8>) -> UInt64 {
        context.reduce(UInt64(context.count)) { $0 << 8 | UInt64($1) }
    }

    private static func key(_ context: UInt64, _ byte: UInt8) -> UInt64 { context << 8 | UInt64(byte) | 1 << 63 }
}
