import Comparison
import ForensicTypes
import Testing

/// Makes small cases for comparators.
enum EvidenceBuilder {
    static func probe(
        _ number: Int, _ reading: Reading, draws: Int = 1, prompt: Prompt? = nil, gold: String? = nil
    ) throws -> IdentifiedProbe {
        let bytes = [UInt8](repeating: 7, count: 30) + [UInt8(number / 256), UInt8(number % 256)]
        return IdentifiedProbe(
            id: try #require(Digest(bytes: bytes)),
            probe: Probe(
                family: "test", prompt: prompt ?? .chat([Message(role: .user, content: "question \(number)")]),
                sampling: SamplingParameters(), draws: draws, reading: reading, gold: gold))
    }

    /// A model that gives each probe the draws that `answer` makes; nil draws are missing.
    static func model(
        _ name: String, _ role: ModelRole, lineage: String? = nil, probes: [IdentifiedProbe],
        answer: (Int) -> [String?]
    ) -> ResponseSet {
        let completions = probes.enumerated().flatMap { index, probe in
            answer(index).enumerated().compactMap { draw, text in
                text.map { Completion(probe: probe.id, draw: draw, text: Array($0.utf8)) }
            }
        }
        return ResponseSet(
            model: ModelIdentity(name: name, role: role, lineage: lineage.map { Lineage($0) }), completions: completions
        )
    }

    static func evidence(
        _ probes: [IdentifiedProbe], _ protected: ResponseSet, _ suspect: ResponseSet, panel: [ResponseSet] = [],
        ownerLikelihoods: OwnerLikelihoods? = nil
    ) -> PairEvidence {
        PairEvidence(
            probes: probes, protected: protected, suspect: suspect, panel: panel, seed: 3,
            ownerLikelihoods: ownerLikelihoods)
    }
}
