/// Words that no generated sentence may contain, because they claim more than a comparison of answers can show.
///
/// Certainty words, transposed conditionals and labels that only a court or an accreditation body can give.
public enum ForbiddenWords {
    /// The phrases, in lower case.
    public static let phrases = [
        "prove", "proves", "proved", "proven", "proof that", "match", "matches", "matched", "matching", "identical",
        "fingerprint", "stolen", "theft", "certain", "certainly", "certainty", "zero error rate", "100 %", "100%",
        "tamper-proof", "court-proof", "forensically sound", "the probability that the endpoint is", "1 in a million",
        "no evidence of copying", "independently verified", "blockchain-grade", "beyond doubt", "guilty", "undoubtedly",
        "definitely", "conclusive", "conclusively",
    ]

    /// The forbidden phrases in a text, in the order of `phrases`. Case does not matter; whole words only.
    public static func violations(in text: String) -> [String] {
        let haystack = Array(text.lowercased().utf8)
        return phrases.filter { occurs(Array($0.utf8), in: haystack) }
    }

    private static func occurs(_ needle: [UInt8], in haystack: [UInt8]) -> Bool {
        guard needle.count <= haystack.count else { return false }
        return (0...(haystack.count - needle.count)).contains { start in
            let end = start + needle.count
            guard haystack[start..<end].elementsEqual(needle) else { return false }
            return !(start > 0 && isWord(haystack[start - 1])) && !(end < haystack.count && isWord(haystack[end]))
        }
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), 0x80...: true
        default: false
        }
    }
}
