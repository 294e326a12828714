internal import Comparison
internal import ForensicTypes

extension HTMLReport {
    /// How often the method errs, with counts, and the curves behind its ratios.
    var errorRates: Markup {
        section(
            2, "How often the method errs",
            [rateTable] + paragraphs([population]) + figures
                + [
                    note(
                        "An interval is exact for independent trials. Pairs of models that share a lineage are not independent: "
                            + "with no error among n lineages the true rate may still be 1 - 0.025^(1/n), for example 11.6 % at "
                            + "30 lineages and 1.2 % at 300.")
                ])
    }

    private var rateTable: Markup {
        let rows = [content.record.rank].compactMap(\.self) + content.record.rates
        guard !rows.isEmpty else {
            return .group(
                paragraphs(["No error rate is known: the panel gives no score, and no evaluation was supplied."]))
        }
        return table(
            ["what is counted", "how often", "lineages"],
            rows.map { [cell($0.what), cell($0.rate.text), count($0.lineages)] })
    }

    private var population: String {
        guard let evaluation = content.record.evaluation else {
            return
                "No evaluation on models of known lineage was supplied to this report."
                + (content.record.rank == nil ? "" : " The only figure above is the rank in the panel of this case.")
        }
        let shape =
            "\(evaluation.models.counted("model")) of \(evaluation.lineages.counted("lineage")), "
            + "\(evaluation.pairs.counted("pair")), \(evaluation.probes.counted("probe"))"
        let how =
            evaluation.calibration == "frozen"
            ? "with the frozen calibration; \(evaluation.sharedLineages.count.counted("lineage")) "
                + "\(evaluation.sharedLineages.count.agreeing("was", "were")) in its population too"
            : "every pair scored and calibrated with its own lineages left out"
        let relation =
            switch content.record.isCalibrationPopulation {
            case .some(true): "It is the population that the calibration of this case was fitted on."
            case .some(false): "It is another population than the one that the calibration of this case was fitted on."
            case .none: "This case uses no calibration, so its ratios come from the rank in its own panel."
            }
        return "The evaluation: \(shape), \(how). Population \(evaluation.population.prefix(16))…. \(relation)"
    }

    private var figures: [Markup] {
        guard let evaluation = content.record.evaluation else { return [] }
        let names = [("lineage", "shared weights"), ("same_model", "copies"), ("student", "students")]
        let rows = names.compactMap { key, name in
            evaluation.hypotheses[key].map { figures in
                [
                    cell(name), count(figures.pairs), count(figures.unrelatedPairs),
                    interval(figures, "auc", figures.auc),
                    interval(figures, "tpr_at_fpr_01", figures.truePositiveRateAt1Percent),
                    interval(figures, "cllr", figures.cllr), number(figures.cllrMinimum),
                ]
            }
        }
        let tippett = evaluation.hypotheses["lineage"].map {
            TippettPlot(points: $0.tippett, suspect: content.leadingRatio?.log10).markup
        }
        return [
            table(["relation", "pairs", "against", "AUC", "found at 1 % raised", "Cllr", "least Cllr"], rows)
        ] + [tippett].compactMap(\.self)
    }

    private func interval(_ figures: EvaluationReport.Figures, _ name: String, _ value: Double) -> Markup {
        let range =
            figures.intervals[name]
            .map { " (\(VerdictText.short($0.lower)) to \(VerdictText.short($0.upper)))" } ?? ""
        return cell(VerdictText.short(value) + range)
    }
}
