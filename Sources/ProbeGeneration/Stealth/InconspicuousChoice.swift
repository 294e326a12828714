internal import ForensicTypes

/// Keeps a choice of probes free of what the filters of ``TrafficDetectors`` flag.
///
/// A probe that surprises is left out by itself. One that begins or ends as a chosen probe does is left out after it: the better one of two
/// stays. Twins and rotations are alike by design, and do not pass.
struct InconspicuousChoice {
    private let detectors: TrafficDetectors
    private let most: Int
    private var chosen: [[UInt8]] = []

    /// Prepares for a set of at most `count` probes.
    init(_ detectors: TrafficDetectors, count: Int) {
        self.detectors = detectors
        most = detectors.mostShared(among: count)
    }

    /// Takes some probes in together if the filters would not notice them.
    mutating func admit(_ probes: [Probe]) -> Bool {
        let texts = probes.map { StealthReport.text(of: $0) }
        var all = chosen
        for text in texts {
            guard !detectors.isSurprising(text), all.allSatisfy({ Self.shared($0, text) <= most }) else { return false }
            all.append(text)
        }
        chosen = all
        return true
    }

    private static func shared(_ left: [UInt8], _ right: [UInt8]) -> Int {
        max(
            zip(left, right).prefix { $0 == $1 }.count,
            zip(left.reversed(), right.reversed()).prefix { $0 == $1 }.count)
    }
}
