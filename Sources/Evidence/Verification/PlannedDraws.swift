internal import ContentAddressing
internal import ForensicTypes

/// The draws of a probe set, each with a number of its own.
struct PlannedDraws {
    /// By probe, the numbers of its draws.
    private var numbers: [Digest: Range<Int>] = [:]

    /// How many draws there are of all probes.
    var count: Int { numbers.values.reduce(0) { $0 + $1.count } }

    /// Reads the leaves of a probe set.
    ///
    /// - Throws: `plan` if it has more draws than a case may have records.
    init(leaves: [JSONValue]) throws(EvidenceError) {
        var next = 0
        for leaf in leaves {
            guard let probe = leaf["probe"], let draws = probe["draws"]?.number, draws > 0 else { continue }
            guard draws <= BundleLayout.maximumRecords - next else {
                throw EvidenceError(.plan, "the probe set has more draws than a case may have records")
            }
            let end = next + Int(draws)
            numbers[SHA256Digest.of(CanonicalJSON.encode(probe))] = next..<end
            next = end
        }
    }

    /// The number of a draw; nil if it was not planned.
    func number(of probe: Digest, draw: Int) -> Int? {
        guard let range = numbers[probe], (0..<range.count).contains(draw) else { return nil }
        return range.lowerBound + draw
    }
}
