import ForensicTypes

extension VerdictPolicy {
    /// Gate 2. Does the suspect resemble the protected model more than independent models do?
    ///
    /// The null hypothesis: the suspect is another lineage of the population that the panel represents. One p-value per
    /// channel, the smallest times the number of planned channels.
    func lineageGate(_ scored: ScoredCase) -> (result: GateResult, ratio: LikelihoodRatio?) {
        let definition = thresholds.lineage
        let channels = thresholds.lineageChannels.count
        let nulls = thresholds.lineageChannels.compactMap { channel -> (ComparatorIdentifier, RankNull)? in
            guard let value = scored.suspect[channel]?.resemblance else { return nil }
            let references = lineageValues(scored, in: .unrelated) { $0[channel]?.resemblance }
            return references.isEmpty ? nil : (channel, RankNull(value: value, references: references.map(\.value)))
        }
        guard let best = nulls.min(by: { $0.1.pValue < $1.1.pValue }) else {
            return (notCompared(scored), nil)
        }
        // The fewest references of any channel: the bound must hold for the channel that is taken.
        let references = nulls.map(\.1.references.count).min() ?? 0
        let pValue = min(1, best.1.pValue * Double(channels))
        let attains = ConformalFloor.attains(level: definition.level, references: references, channels: channels)
        var reasons = nulls.map { reason(for: $0.0, null: $0.1) }
        reasons += strataReasons(scored, channel: best.0)
        // A limited score is never decisive alone.
        let isLimited = scored.suspect[best.0]?.validity != .valid
        let outcome: GateResult.Outcome
        if definition.effect == .ratioOnly || !attains {
            outcome = .cannotTell
            reasons.append(
                attains
                    ? Score.Reason(code: Self.ratioOnly, text: "The plan declares that this gate excludes nothing.")
                    : floorReason(references: references, channels: channels, level: definition.level))
        } else if pValue > definition.level {
            outcome = .passed
        } else {
            outcome = isLimited ? .cannotTell : .rejected
        }
        if isLimited { reasons += scored.suspect[best.0]?.reasons ?? [] }
        let result = GateResult(
            gate: .lineage, outcome: outcome, pValue: pValue,
            floor: ConformalFloor.pValue(references: references, channels: channels), level: definition.level,
            references: references, reasons: reasons)
        // The average of e-values is an e-value; their product would count one finding several times.
        let bets = nulls.map { $0.1.log10Bet.decimalPower }
        let ratio = LikelihoodRatio(
            numerator: .derived, denominator: .independent,
            unboundedLog10: (bets.reduce(0, +) / Double(bets.count)).decimalLogarithm, numeratorLineages: 1,
            denominatorLineages: references, method: .rankBet)
        return (result, ratio)
    }

    /// The code of the reason that the plan lets the gate report a ratio only, though its panel attains the level.
    static let ratioOnly = "ratio-only"
    /// The code of the reason that the panel cannot attain the level.
    static let notAttainable = "not-attainable"

    /// One value per lineage of a stratum: the largest of its models, which is the hardest reference it offers.
    func lineageValues(
        _ scored: ScoredCase, in stratum: Stratum, _ value: (ScoredModel) -> Double?
    ) -> [(lineage: Lineage, value: Double)] {
        var largest: [Lineage: Double] = [:]
        for member in scored.panel + scored.siblings where (member.stratum ?? .unrelated) == stratum {
            // A sibling may carry no lineage of its own; its name then stands for one.
            let lineage = member.model.lineage ?? Lineage(member.model.name)
            guard let value = value(member) else { continue }
            largest[lineage] = max(largest[lineage] ?? value, value)
        }
        return largest.sorted { $0.key < $1.key }.map { (lineage: $0.key, value: $0.value) }
    }

    private func notCompared(_ scored: ScoredCase) -> GateResult {
        let absent = thresholds.lineageChannels.flatMap { scored.suspect[$0]?.reasons ?? [] }
        let lineages = Set(scored.panel.compactMap(\.model.lineage)).count
        let reason = Score.Reason(
            code: "no-lineage-comparison",
            text: "No channel of the lineage gate has scores of both the suspect and the panel.",
            numbers: ["panel_lineages": Double(lineages), "channels": Double(thresholds.lineageChannels.count)])
        return GateResult(
            gate: .lineage, outcome: .notTested, level: thresholds.lineage.level, reasons: [reason] + absent)
    }

    private func reason(for channel: ComparatorIdentifier, null: RankNull) -> Score.Reason {
        let above = null.references.count { $0 >= null.value }
        return Score.Reason(
            code: channel.rawValue,
            text:
                "\(above) of \(null.references.count.counted("unrelated lineage")) "
                + "\(above.agreeing("resembles", "resemble")) the protected model at least as much as the suspect does, by "
                + "\(channel.rawValue).",
            numbers: [
                "resemblance": null.value.roundedToSixDigits, "at_least_as_alike": Double(above),
                "lineages": Double(null.references.count), "p_value": null.pValue.roundedToSixDigits,
                "largest_reference": (null.references.max() ?? 0).roundedToSixDigits,
            ])
    }

    private func strataReasons(_ scored: ScoredCase, channel: ComparatorIdentifier) -> [Score.Reason] {
        guard let value = scored.suspect[channel]?.resemblance else { return [] }
        return [Stratum.sameData, .sameBase, .sibling].compactMap { stratum in
            let references = lineageValues(scored, in: stratum) { $0[channel]?.resemblance }.map(\.value)
            guard !references.isEmpty else { return nil }
            let null = RankNull(value: value, references: references)
            let above = references.count { $0 >= value }
            let members = (scored.panel + scored.siblings).filter { $0.stratum == stratum }
                .compactMap { $0[channel]?.resemblance }
            return Score.Reason(
                code: "stratum-\(stratum.rawValue)",
                text: "\(above) of \(references.count.counted("lineage")) of the stratum "
                    + "\(stratum.rawValue.replacing("_", with: " ")) \(above.agreeing("resembles", "resemble")) the "
                    + "protected model at least as much as the suspect does.",
                numbers: [
                    "at_least_as_alike": Double(above), "lineages": Double(references.count),
                    "models_at_least_as_alike": Double(members.count { $0 >= value }), "models": Double(members.count),
                    "p_value": null.pValue.roundedToSixDigits,
                ])
        }
    }

    private func floorReason(references: Int, channels: Int, level: Double) -> Score.Reason {
        let needed = ConformalFloor.referencesNeeded(level: level, channels: channels)
        let floor = ConformalFloor.pValue(references: references, channels: channels).roundedToSixDigits
        return Score.Reason(
            code: Self.notAttainable,
            text:
                "With \(references.counted("unrelated lineage")) no p-value falls below \(floor), so independence cannot be "
                + "excluded at level \(level); that needs \(needed.counted("lineage")).",
            numbers: [
                "lineages": Double(references), "needed": Double(needed), "floor": floor, "level": level,
            ])
    }
}
