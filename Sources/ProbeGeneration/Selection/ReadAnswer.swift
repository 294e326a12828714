internal import ForensicTypes
internal import Glibc

/// What is read from the answers to a probe while probes are chosen.
///
/// Quick parsers for ranking: those that evidence rests on are in `Features`.
enum ReadAnswer {
    /// Whether an answer holds what is read.
    static func isReadable(_ completion: Completion, reading: Reading) -> Bool {
        switch reading {
        case .choice, .number, .integerList: !values([completion], reading: reading).isEmpty
        case .promptTokens: completion.usage != nil
        case .nextToken: completion.positions.first?.top.isEmpty == false
        case .text: completion.text.contains { $0 > 32 } && completion.finishReason != .refusal
        }
    }

    /// The options, numbers or lists that the draws name, in order; those that cannot be read are left out.
    static func values(_ completions: [Completion], reading: Reading) -> [String] {
        switch reading {
        case .choice(let options):
            let wanted = options.map { (option: $0, words: words(of: Array($0.utf8))) }
                .filter { !$0.words.isEmpty }.sorted { $0.words.count > $1.words.count }
            return completions.compactMap { completion in
                let words = words(of: completion.text)
                for start in words.indices {
                    for (option, sought) in wanted where words[start...].starts(with: sought) { return option }
                }
                return nil
            }
        case .number:
            return completions.compactMap { words(of: $0.text).first { Int($0) != nil } }
        case .integerList:
            return completions.compactMap { completion in
                let numbers = words(of: completion.text).filter { Int($0) != nil }
                return numbers.isEmpty ? nil : numbers.joined(separator: " ")
            }
        case .text, .nextToken, .promptTokens: return []
        }
    }

    /// By how much the most likely answer leads the second, as a difference of probabilities, 0 to 1.
    ///
    /// From the law of the first token where the endpoint reports it, else from the shares of the draws; nil where neither is
    /// there.
    static func margin(_ completions: [Completion], reading: Reading) -> Double? {
        if let top = completions.first?.positions.first?.top, top.count >= 2 {
            let likely = top.map(\.logprob).sorted(by: >)
            return exp(min(0, likely[0])) - exp(min(0, likely[1]))
        }
        guard completions.count >= 2 else { return nil }
        var read = values(completions, reading: reading)
        if case .nextToken = reading { read = completions.map { String(decoding: $0.text, as: UTF8.self) } }
        guard read.count >= 2 else { return nil }
        let counts = Dictionary(read.map { ($0, 1) }, uniquingKeysWith: +).values.sorted(by: >)
        return Double(counts[0] - (counts.count > 1 ? counts[1] : 0)) / Double(read.count)
    }

    /// Lower-case runs of letters and digits.
    private static func words(of text: [UInt8]) -> [String] {
        String(decoding: text.prefix(4_096), as: UTF8.self).lowercased()
            .split { !($0.isLetter || $0.isNumber) }.map(String.init)
    }
}
