internal import Glibc

/// The texts that models gave to one probe, as counted n-grams in four views, ready to be compared.
///
/// The weight of an n-gram in a text is `ln(1 + count) · ln((3 + W) / (1 + d))`, with W the weight of all models that answered and d
/// that of those whose text holds it, one weight per lineage. What every model writes because the question asks for it
/// weighs little. The two added lineages keep a panel of one or two from taking all weight away.
struct TextViews {
    /// Letters in fours of the first 600 bytes and of the first 200; words in threes and in fives.
    static let count = 4
    private static let openings = [600, 200]
    private static let wordLengths = [3, 5]
    private static let longest = 16_384

    private let models: Int
    private let texts: [[UInt8]?]
    /// One number for each n-gram of a text, by view, in ascending order: 48 bits of the n-gram's hash and 16 of the model.
    private let grams: [[UInt64]]

    /// Reads the texts, one per model; nil where there is none.
    init(_ texts: [[UInt8]?]) {
        precondition(texts.count <= 0xFFFF, "at most 65,535 models are compared at once")
        models = texts.count
        self.texts = texts.map { $0.map { Array($0.prefix(Self.longest)) } }
        var grams = [[UInt64]](repeating: [], count: Self.count)
        for (model, text) in self.texts.enumerated() {
            guard let text else { continue }
            let lower = text.map { (0x41...0x5A).contains($0) ? $0 + 0x20 : $0 }
            for (view, length) in Self.openings.enumerated() {
                Self.add(Self.letters(lower.prefix(length)), of: model, to: &grams[view])
            }
            let words = Self.words(lower)
            for (view, length) in Self.wordLengths.enumerated() {
                Self.add(Self.runs(words, length: length), of: model, to: &grams[Self.openings.count + view])
            }
        }
        for view in grams.indices { grams[view].sort() }
        self.grams = grams
    }

    /// The cosines of all pairs in a view, row by row; nan where one of both takes no part or has no text.
    ///
    /// A text too short for a view is like its equal and unlike all others.
    ///
    /// - Parameters:
    ///   - view: From 0.
    ///   - weights: What each model weighs; 0 leaves it out.
    func cosines(_ view: Int, weights: [Double]) -> [Double] {
        let total = weights.indices.reduce(0.0) { $0 + (texts[$1] == nil ? 0 : weights[$1]) }
        var products = [Double](repeating: 0, count: models * models)
        let list = grams[view]
        var holders: [(model: Int, weight: Double)] = []
        var place = 0
        while place < list.count {
            let gram = list[place] >> 16
            holders.removeAll(keepingCapacity: true)
            var held = 0.0
            while place < list.count, list[place] >> 16 == gram {
                let model = Int(list[place] & 0xFFFF)
                var count = 0
                while place < list.count, list[place] >> 16 == gram, Int(list[place] & 0xFFFF) == model {
                    count += 1
                    place += 1
                }
                guard weights[model] > 0 else { continue }
                held += weights[model]
                holders.append((model, Self.damped(count)))
            }
            guard !holders.isEmpty else { continue }
            let rarity = log((3 + total) / (1 + held))
            let square = rarity * rarity
            for one in holders.indices {
                let row = holders[one].model * models
                let scaled = holders[one].weight * square
                for two in one..<holders.count { products[row + holders[two].model] += scaled * holders[two].weight }
            }
        }
        return normalised(products, weights: weights)
    }

    private func normalised(_ products: [Double], weights: [Double]) -> [Double] {
        var result = [Double](repeating: .nan, count: models * models)
        for left in 0..<models where weights[left] > 0 && texts[left] != nil {
            for right in left..<models where weights[right] > 0 && texts[right] != nil {
                let scale = products[left * models + left] * products[right * models + right]
                let value =
                    scale > 0
                    ? min(1, products[left * models + right] / scale.squareRoot())
                    : texts[left] == texts[right] ? 1 : 0
                result[left * models + right] = value
                result[right * models + left] = value
            }
        }
        return result
    }

    private static let logarithms = (0..<64).map { log(1 + Double($0)) }

    private static func damped(_ count: Int) -> Double {
        count < logarithms.count ? logarithms[count] : log(1 + Double(count))
    }

    private static func add(_ hashes: [UInt64], of model: Int, to grams: inout [UInt64]) {
        for hash in hashes { grams.append(mixed(hash) & ~0xFFFF | UInt64(model)) }
    }

    private static func letters(_ text: ArraySlice<UInt8>) -> [UInt64] {
        guard text.count >= 4 else { return [] }
        var window: UInt64 = 0
        var result: [UInt64] = []
        result.reserveCapacity(text.count)
        for (number, byte) in text.enumerated() {
            window = (window << 8 | UInt64(byte)) & 0xFFFF_FFFF
            if number >= 3 { result.append(window) }
        }
        return result
    }

    /// The hashes of the words: runs of letters, digits and bytes outside ASCII.
    private static func words(_ text: [UInt8]) -> [UInt64] {
        var result: [UInt64] = []
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        var length = 0
        for byte in text {
            if byte >= 0x80 || (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) {
                hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3
                length += 1
            } else if length > 0 {
                result.append(hash)
                (hash, length) = (0xCBF2_9CE4_8422_2325, 0)
            }
        }
        if length > 0 { result.append(hash) }
        return result
    }

    private static func runs(_ words: [UInt64], length: Int) -> [UInt64] {
        guard words.count >= length else { return [] }
        return (0...words.count - length).map { start in
            words[start..<start + length].reduce(UInt64(length)) { mixed($0 ^ $1) }
        }
    }

    /// The finaliser of SplitMix64 (Steele, Lea and Flood, 2014).
    private static func mixed(_ value: UInt64) -> UInt64 {
        var value = value &+ 0x9E37_79B9_7F4A_7C15
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
