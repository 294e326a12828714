import ForensicTypes

/// What a demonstration found and what it cost.
struct DemoReport: Encodable {
    struct Suspect: Encodable {
        let name: String
        let outcome: String
        let hypotheses: [Hypothesis]
        /// The likelihood ratio of a common origin against independence; absent where none could be computed.
        let likelihoodRatio: Double?
        let ceiling: Double?
        let strengthen: [String]
        let bundle: String
        let archive: Digest
        /// The exit code of the bundle's verification.
        let verified: Int32
        let report: String
        let truth: LabStage.Truth?

        private enum CodingKeys: String, CodingKey {
            case name, outcome, hypotheses, ceiling, strengthen, bundle, archive, verified, report, truth
            case likelihoodRatio = "likelihood_ratio"
        }
    }

    struct Stage: Encodable {
        let name: String
        let seconds: Double
    }

    let folder: String
    let probes: Int
    let records: Int
    let panelLineages: [String]
    let suspects: [Suspect]
    let stages: [Stage]
    let seconds: Double
    let peakMemoryMegabytes: Double

    private enum CodingKeys: String, CodingKey {
        case folder, probes, records, suspects, stages, seconds
        case panelLineages = "panel_lineages"
        case peakMemoryMegabytes = "peak_memory_mb"
    }
}
