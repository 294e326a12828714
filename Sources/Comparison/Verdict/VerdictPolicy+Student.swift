extension VerdictPolicy {
    /// Gate 3. Was the suspect trained on the protected model's outputs?
    ///
    /// The question has an answer of its own only where shared weights are excluded. Elsewhere a derivative and a student of
    /// the same base leave the same traces, and the joint set stands.
    func studentGate(_ scored: ScoredCase, lineage: GateResult) -> GateResult {
        let reason =
            lineage.outcome == .rejected
            ? Score.Reason(
                code: "joint-set",
                text: "Resemblance beyond the panel is found and shared weights are not excluded: a derivative and a "
                    + "student cannot be told apart.")
            : Score.Reason(
                code: "no-student-references",
                text: "No students of the protected model were tested, so training on its outputs is neither shown nor "
                    + "excluded.")
        return GateResult(
            gate: .student, outcome: .notTested, level: thresholds.student.level, reasons: [reason])
    }

    /// What the token counts say.
    enum TokenizerFinding: Sendable, Equatable {
        /// Nothing, or equal counts: those never speak for a common origin.
        case silent
        /// Another tokenizer: neither a copy nor a derivative, which keep it.
        case excludes
        /// Another tokenizer, against a resemblance that excludes independence. The counts are the server's own word.
        case contradicted
    }

    /// Reads the token counts of suspect and honest redeployments.
    ///
    /// One differing count may be a template; most of them differing, where no honest redeployment's do, is another
    /// tokenizer.
    func tokenizerFinding(_ scored: ScoredCase, lineage: GateResult) -> TokenizerFinding {
        guard let score = scored.suspect[.tokenAccounting], let equal = score.value, equal <= 0.5,
            score.details["differing_probes", default: 0] >= 5,
            scored.redeployments.allSatisfy({ ($0[.tokenAccounting]?.value ?? 1) > 0.5 })
        else { return .silent }
        return lineage.outcome == .rejected ? .contradicted : .excludes
    }
}
