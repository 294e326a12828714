import ForensicTypes

/// Writes a verdict in sentences. No sentence contains a forbidden word; a test checks every one.
struct VerdictProse {
    let scored: ScoredCase
    let standing: Set<Hypothesis>
    let gates: [GateResult]
    let ratios: [LikelihoodRatio]
    let tokenizer: VerdictPolicy.TokenizerFinding

    /// The sentences, the most important first.
    var sentences: [String] {
        [siblings, finding].compactMap(\.self) + ratios.map(\.sentence)
            + [tokens, lineage, sameness, scope].compactMap(\.self)
    }

    private var siblings: String? {
        scored.siblings.isEmpty && !scored.panel.contains { $0.stratum == .sibling }
            ? "No sibling of the protected model was tested: this verdict cannot tell its descendants from other models of "
                + "its owner or series." : nil
    }

    private var finding: String {
        if let validity = gates.first, validity.outcome == .rejected {
            let faults = validity.reasons.dropLast().map(\.text).joined(separator: " ")
            return "The collection is not valid enough to say anything, and it clears nobody. \(faults)"
        }
        let excluded = Set(Hypothesis.allCases).subtracting(standing)
        guard !excluded.isEmpty else {
            return "The evidence excludes none of the hypotheses \(list(standing))."
        }
        return "The evidence does not exclude \(list(standing)). It excludes \(list(excluded))."
    }

    private var tokens: String? {
        switch tokenizer {
        case .silent: nil
        case .excludes:
            "The token counts that the server reports are those of another tokenizer, which a copy or a derivative would "
                + "have kept. They are the server's own statement."
        case .contradicted:
            "The token counts that the server reports are those of another tokenizer, but its answers resemble the "
                + "protected model's. The counts are the server's own statement, so they exclude nothing here."
        }
    }

    private var lineage: String? {
        guard let gate = gates.first(where: { $0.gate == .lineage }), let pValue = gate.pValue, let floor = gate.floor,
            let level = gate.level
        else { return nil }
        let lineages = LikelihoodRatio.counted(gate.references, "unrelated lineage")
        let scale = "(p = \(pValue), smallest possible \(floor), level \(level))"
        switch gate.outcome {
        case .rejected:
            return
                "The suspect resembles the protected model more than \(lineages) of the panel would lead one to expect "
                + "of an independent model \(scale)."
        case .passed:
            return
                "The suspect does not resemble the protected model more than \(lineages) of the panel allow \(scale). "
                + "That is no finding of independence."
        default:
            return "The panel of \(lineages) is too small to exclude independence \(scale)."
        }
    }

    private var sameness: String? {
        guard let gate = gates.first(where: { $0.gate == .sameness }) else { return nil }
        switch gate.outcome {
        case .rejected:
            return "The suspect differs from the protected model by more than honest redeployments of it do "
                + "(\(gate.references) tested)."
        case .equivalent:
            return "The suspect differs from the protected model by no more than honest redeployments of it do "
                + "(\(gate.references) tested)."
        case .cannotTell, .passed: return "Whether the suspect is the protected model itself cannot be told."
        case .notTested: return nil
        }
    }

    private var scope: String {
        let lineages = Set(scored.panel.compactMap(\.model.lineage)).sorted().map(\.name)
        guard !lineages.isEmpty else { return "No panel was tested, so nothing is known about other models." }
        return "The verdict holds for the population that the panel represents: \(lineages.joined(separator: ", "))."
    }

    private func list(_ hypotheses: Set<Hypothesis>) -> String {
        let names = hypotheses.sorted().map(\.rawValue)
        guard names.count > 1, let last = names.last else { return names.joined() }
        return names.dropLast().joined(separator: ", ") + " and " + last
    }
}
