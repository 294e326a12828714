internal import ForensicTypes

extension VerdictPolicy {
    /// The likelihood ratios that are meaningful for a case.
    ///
    /// `derived : independent` always, by the calibration where it applies. `derived : sibling` where siblings were
    /// tested. `student : independent` only where shared weights are excluded: elsewhere a derivative leaves a student's
    /// traces as well.
    func ratios(_ scored: ScoredCase, bet: LikelihoodRatio?, tokenizer: TokenizerFinding) -> [LikelihoodRatio] {
        guard let calibration, let features = scored.suspect.features else { return [bet].compactMap(\.self) }
        let unrelated = scored.panel.filter { ($0.stratum ?? .unrelated) == .unrelated }
        let panel = Set(unrelated.compactMap(\.model.lineage)).count
        var contrasts: [Contrast] = [.derivedIndependent]
        if !scored.siblings.isEmpty { contrasts.append(.derivedSibling) }
        if tokenizer == .excludes { contrasts.append(.studentIndependent) }
        return contrasts.compactMap { contrast in
            calibration.likelihoodRatio(
                contrast, lineage: features.lineage, student: features.student,
                panelLineages: contrast == .derivedSibling ? nil : panel)
        }
    }
}
