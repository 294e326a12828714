internal import Evidence
internal import ForensicTypes

/// What was checked of bundle and plan, in words. Nothing is said to hold because nobody looked.
extension ReportContent {
    /// The checks that did not hold.
    var failedChecks: [Check] { checks.filter { $0.outcome == .failed } }

    private func check(_ subject: Check.Subject) -> Check? { checks.first { $0.subject == subject } }

    /// Whether the plan was looked at in a bundle of which nothing failed, and holds.
    private var planHolds: Bool { failedChecks.isEmpty && check(.plan)?.outcome == .passed }

    private var namesOfFailed: String {
        failedChecks.map { $0.subject.rawValue.replacing("_", with: " ") }.joined(separator: ", ")
    }

    /// What has to be read before the finding; empty where nothing speaks against the bundle.
    var warnings: [String] {
        var warnings: [String] = []
        if !failedChecks.isEmpty {
            warnings.append(
                "The evidence bundle in the case did NOT verify (FAILED: \(namesOfFailed)). Until that is explained, nothing in "
                    + "this report rests on it.")
        }
        if isResultSealed == false {
            warnings.append(
                "The result in this report is not the one in the bundle: archive again, or report on the sealed result."
            )
        }
        return warnings
    }

    /// How the checks of the bundle came out; nil where there is none.
    var checkCounts: String? {
        guard !checks.isEmpty else { return nil }
        let open = checks.count { $0.outcome == .notChecked }
        let passed = checks.count - open - failedChecks.count
        let failed = failedChecks.isEmpty ? "0 failed" : "\(failedChecks.count) FAILED (\(namesOfFailed))"
        return "\(passed) passed, \(failed), \(open) not made"
    }

    /// How far departures from the plan were looked for, and how many were found.
    ///
    /// - Parameter place: Where they are listed, for example `in section 7`.
    func departures(listed place: String) -> String {
        let found = deviations.isEmpty ? "none was found" : "\(deviations.count), listed \(place)"
        if planHolds { return found }
        if let plan = check(.plan), plan.outcome == .failed {
            return "the check of the plan FAILED: \(plan.detail)" + (deviations.isEmpty ? "" : "; besides, \(found)")
        }
        return "not checked against a verified bundle; by the case itself \(found)"
    }

    /// Whether the order of plan and queries was tested, and whether others can repeat the analysis.
    var testability: String {
        guard !checks.isEmpty else {
            return
                "No bundle lay in the case when this report was written, so nobody else can repeat the analysis yet, and nothing "
                + "that was checked says when the plan was sealed."
        }
        guard failedChecks.isEmpty else {
            return
                "The bundle in the case did NOT verify (FAILED: \(namesOfFailed)): when the plan was sealed, and what was recorded "
                + "under it, cannot be relied on until that is explained."
        }
        guard planHolds else {
            return "The plan was not checked in the bundle: \(check(.plan)?.detail ?? "it was not looked at")."
        }
        return order
            + " The bundle names the code by version and digest; whoever has it can repeat the analysis: whorl verify "
            + "--rederive."
    }

    /// Which came first, the plan or the queries, and by whose word.
    private var order: String {
        // In these words the verifier lists records from before the plan, or from before its stamp.
        guard !deviations.contains(where: { $0.contains("began before the plan was ") }) else {
            return "Records began before the plan was written or stamped: see section 7."
        }
        let stamps = attestations?.stamps.filter { $0.object == StampedObject.plan && $0.outcome == .passed } ?? []
        guard check(.planStamp)?.outcome == .passed, let last = stamps.max(by: { $0.time < $1.time }) else {
            return
                "By the collector's own clock the plan was written before the first query; no third party that was checked "
                + "attests it."
        }
        let attested = "By the stamp of a third party, \(last.authority), the plan was sealed by \(last.time)"
        guard let first = period?.first, first >= last.time else { return attested + "." }
        return attested + "; by the collector's clock the first query was sent after that, at \(first)."
    }

    /// What the digests of the report show.
    var seal: String {
        if checks.isEmpty {
            return
                "No seal was checked: these digests name files of the case, and anybody who can write there can change both."
        }
        return failedChecks.isEmpty
            ? "These digests show that the bundle is the one that was sealed."
            : "A check FAILED: these digests name what was read, and do not show that the bundle is the one that was sealed."
    }
}
