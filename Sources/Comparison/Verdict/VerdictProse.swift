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
            + [tokens, lineage, siblingRanks, sameness, scope].compactMap(\.self)
    }

    /// The siblings of the case, whether they were named as such or stand in the panel.
    private var testedSiblings: [ScoredModel] { scored.siblings + scored.panel.filter { $0.stratum == .sibling } }

    private var siblings: String? {
        let limit = "this verdict cannot tell its descendants from other models of its owner or series."
        guard !testedSiblings.isEmpty else { return "No sibling of the protected model was tested: " + limit }
        guard let gate = lineageGate, gate.pValue != nil, siblingReason == nil else { return nil }
        return "No sibling of the protected model could be compared with it: " + limit
    }

    private var lineageGate: GateResult? { gates.first { $0.gate == .lineage } }

    private var siblingReason: Score.Reason? {
        lineageGate?.reasons.first { $0.code == "stratum-\(Stratum.sibling.rawValue)" }
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
        let sentence = "The evidence does not exclude \(list(standing)). It excludes \(list(excluded))."
        guard excluded.contains(.independent) else { return sentence }
        return sentence
            + " Independence was tested against unrelated lineages, at the level of the plan: that the suspect is a "
            + "sibling of the protected model, and not derived from it, is not excluded by this test."
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
        guard let gate = lineageGate, let pValue = gate.pValue, let floor = gate.floor, let level = gate.level
        else { return nil }
        let lineages = gate.references.counted("unrelated lineage")
        let scale = "(p = \(pValue), smallest possible \(floor), level \(level))"
        let beyond =
            "The suspect resembles the protected model more than \(lineages) of the panel would lead one to expect of an "
            + "independent model \(scale)"
        switch gate.outcome {
        case .rejected: return beyond + "."
        case .passed:
            return
                "The suspect does not resemble the protected model more than \(lineages) of the panel allow \(scale). "
                + "That is no finding of independence."
        case _ where gate.reasons.contains { $0.code == VerdictPolicy.notAttainable }:
            return "The panel of \(lineages) is too small to exclude independence \(scale)."
        case _ where gate.reasons.contains { $0.code == VerdictPolicy.ratioOnly }:
            return "The plan lets the question of lineage report a ratio only, so it excludes nothing \(scale)."
        default:
            return beyond + ", but its score rests on less than its comparator asks for, so it excludes nothing."
        }
    }

    /// How many siblings are as close as the suspect: each of them would explain the resemblance without a derivation.
    private var siblingRanks: String? {
        guard let reason = siblingReason, let above = reason.numbers["models_at_least_as_alike"].map({ Int($0) }),
            let models = reason.numbers["models"].map({ Int($0) })
        else { return nil }
        let compared = "of \(models.counted("tested sibling"))"
        return above == 0
            ? "None \(compared) resembles the protected model as much as the suspect does."
            : "\(above) \(compared) \(above.agreeing("resembles", "resemble")) the protected model at least as much as the "
                + "suspect does, so resemblance does not tell here a model derived from it from a sibling."
    }

    private var sameness: String? {
        guard let gate = gates.first(where: { $0.gate == .sameness }) else { return nil }
        switch gate.outcome {
        case .rejected:
            guard let nearer = gate.reasons.compactMap({ $0.numbers["nearer"] }).first.map({ Int($0) }) else {
                return nil
            }
            let numbers = [("p = ", gate.pValue), ("level ", gate.level)].compactMap { name, value in
                value.map { "\(name)\($0)" }
            }
            return "The suspect differs from the protected model by more than \(nearer) of "
                + "\(gate.references.counted("honest redeployment")) of it do (\(numbers.joined(separator: ", ")))."
        case .equivalent:
            return "The suspect differs from the protected model by no more than the farthest of "
                + "\(gate.references.counted("honest redeployment")) of it does."
        case .cannotTell, .passed:
            return
                "By the comparison of the samplers it cannot be told whether the suspect is the protected model itself."
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
