internal import ForensicTypes
internal import Glibc

/// How alike two models answer one probe, between 0 and 1.
///
/// A quick measure to rank probes by, not evidence: the comparators do that on other lineages.
enum AnswerAgreement {
    /// The agreement of two lists of draws; nil where one of them holds nothing that can be read.
    ///
    /// Choices and numbers: the overlap of the two distributions, `Σ min(p, q)`. Text: the overlap of the next-token laws, over the greater mass that is shown, as long
    /// as the texts run together, where both sides report alternatives; else the cosine of counted four-letter groups.
    /// Token counts: 1 if equal.
    static func between(_ left: [Completion], _ right: [Completion], reading: Reading) -> Double? {
        switch reading {
        case .choice, .number, .integerList:
            return overlap(values(left, reading: reading), values(right, reading: reading))
        case .promptTokens:
            guard let left = left.first?.usage?.prompt, let right = right.first?.usage?.prompt else { return nil }
            return left == right ? 1 : 0
        case .text, .nextToken:
            guard let left = left.first, let right = right.first else { return nil }
            return nextTokenLaws(left, right) ?? (reading == .text ? textCosine(left, right) : nil)
        }
    }

    /// Whether an answer holds what is read.
    static func isReadable(_ completion: Completion, reading: Reading) -> Bool {
        switch reading {
        case .choice, .number, .integerList: !values([completion], reading: reading).isEmpty
        case .promptTokens: completion.usage != nil
        case .nextToken: completion.positions.first?.top.isEmpty == false
        case .text: completion.text.contains { $0 > 32 } && completion.finishReason != .refusal
        }
    }

    private static func values(_ completions: [Completion], reading: Reading) -> [String] {
        completions.compactMap { completion in
            let words = words(of: completion.text)
            switch reading {
            case .choice(let options):
                let wanted = options.map { (option: $0, words: Self.words(of: Array($0.utf8))) }
                for start in words.indices {
                    for (option, sought) in wanted.sorted(by: { $0.words.count > $1.words.count })
                    where !sought.isEmpty && words[start...].starts(with: sought) {
                        return option
                    }
                }
                return nil
            case .number: return words.first { Int($0) != nil }
            case .integerList:
                let numbers = words.filter { Int($0) != nil }
                return numbers.isEmpty ? nil : numbers.joined(separator: " ")
            default: return nil
            }
        }
    }

    /// Lower-case runs of letters and digits.
    private static func words(of text: [UInt8]) -> [String] {
        String(decoding: text.prefix(4_096), as: UTF8.self).lowercased()
            .split { !($0.isLetter || $0.isNumber) }.map(String.init)
    }

    private static func overlap(_ left: [String], _ right: [String]) -> Double? {
        guard !left.isEmpty, !right.isEmpty else { return nil }
        var counts: [String: (left: Int, right: Int)] = [:]
        for value in left { counts[value, default: (0, 0)].left += 1 }
        for value in right { counts[value, default: (0, 0)].right += 1 }
        // Whole numbers over a common denominator: the sum does not depend on the order of a dictionary.
        let shared = counts.values.reduce(0) { $0 + min($1.left * right.count, $1.right * left.count) }
        return Double(shared) / Double(left.count * right.count)
    }

    private static func nextTokenLaws(_ left: Completion, _ right: Completion) -> Double? {
        var sum = 0.0
        var count = 0
        for (leftPosition, rightPosition) in zip(left.positions, right.positions) {
            guard !leftPosition.top.isEmpty, !rightPosition.top.isEmpty else { break }
            let law = Dictionary(
                rightPosition.top.map { ($0.bytes, $0.logprob) }, uniquingKeysWith: { first, _ in first })
            var shared = 0.0
            for token in leftPosition.top {
                guard let other = law[token.bytes] else { continue }
                shared += exp(min(token.logprob, other))
            }
            // Both sides show a part of their law only; equal parts count as full agreement.
            let shown = max(mass(of: leftPosition), mass(of: rightPosition))
            sum += shown > 0 ? min(1, shared / shown) : 0
            count += 1
            guard leftPosition.chosen.bytes == rightPosition.chosen.bytes else { break }
        }
        return count == 0 ? nil : sum / Double(count)
    }

    private static func mass(of position: TokenPosition) -> Double {
        position.top.reduce(0) { $0 + exp($1.logprob) }
    }

    private static func textCosine(_ left: Completion, _ right: Completion) -> Double? {
        let leftCounts = groups(of: left.text)
        let rightCounts = groups(of: right.text)
        guard !leftCounts.isEmpty, !rightCounts.isEmpty else { return nil }
        let product = leftCounts.reduce(0) { $0 + $1.value * (rightCounts[$1.key] ?? 0) }
        func square(_ counts: [[UInt8]: Int]) -> Int { counts.values.reduce(0) { $0 + $1 * $1 } }
        return Double(product) / (Double(square(leftCounts)) * Double(square(rightCounts))).squareRoot()
    }

    private static func groups(of text: [UInt8]) -> [[UInt8]: Int] {
        let text = Array(text.prefix(600))
        guard text.count >= 4 else { return [:] }
        return Dictionary((0...text.count - 4).map { (Array(text[$0..<$0 + 4]), 1) }, uniquingKeysWith: +)
    }
}
