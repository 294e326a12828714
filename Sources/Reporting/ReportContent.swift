public import Comparison
public import Evidence
public import ForensicTypes

/// Everything that a report says, as values. Rendering adds no finding of its own.
public struct ReportContent: Sendable {
    /// A labelled fact: a digest, a time, a name.
    public struct Fact: Sendable, Hashable, Codable {
        /// What it is.
        public let label: String
        /// Its value, shown as it is.
        public let value: String

        /// States a fact.
        public init(_ label: String, _ value: String) {
            self.label = label
            self.value = value
        }
    }

    /// A probe with what the models answered, for reading side by side.
    public struct Example: Sendable {
        /// What one model answered.
        public struct Answer: Sendable {
            /// The model.
            public let model: String
            /// What it is to the case.
            public let role: ModelRole
            /// The bytes of its first answer.
            public let text: [UInt8]

            /// States an answer.
            public init(model: String, role: ModelRole, text: [UInt8]) {
                self.model = model
                self.role = role
                self.text = text
            }
        }

        /// The digest of the probe, which names it in the bundle.
        public let probe: Digest
        /// The family of the probe.
        public let family: String
        /// What was asked; nil where the owner keeps it secret.
        public let prompt: String?
        /// The answers, in the order of the columns.
        public let answers: [Answer]

        /// Gathers the answers to a probe.
        public init(probe: Digest, family: String, prompt: String?, answers: [Answer]) {
            self.probe = probe
            self.family = family
            self.prompt = prompt
            self.answers = answers
        }
    }

    /// How much of the probe set a model answered.
    public struct ModelCoverage: Sendable {
        /// The model.
        public let model: ModelIdentity
        /// Draws with a readable answer.
        public let answered: Int
        /// Draws that the probes ask for.
        public let wanted: Int

        /// States a coverage.
        public init(model: ModelIdentity, answered: Int, wanted: Int) {
            self.model = model
            self.answered = answered
            self.wanted = wanted
        }
    }

    /// The name of the case.
    public let caseName: String
    /// Scores and verdict.
    public let result: CaseResult
    /// What is known of the method's errors.
    public let record: MethodRecord
    /// How many suspects the plan examines.
    public let examined: ExaminedSuspects
    /// How much of the probe set each model answered.
    public let coverage: [ModelCoverage]
    /// A few probes side by side.
    public let examples: [Example]
    /// How the examples were chosen, in one sentence.
    public let choiceOfExamples: String
    /// Where the execution departs from the plan, as far as that was looked for; the checks say how far.
    public let deviations: [String]
    /// When the queries were made, by the collector's clock; nil where no bundle says so.
    public let period: (first: String, last: String)?
    /// Digests, times and signers.
    public let integrity: [Fact]
    /// What the verifier found in the bundle; empty where there is none.
    public let checks: [Check]
    /// Who signed the bundle, and who attested what and when; nil where there is none.
    public let attestations: Attestations?
    /// Facts about the bundle that a reader has to weigh.
    public let findings: [String]
    /// Whether the bundle holds this very result; nil where no bundle that verified was compared.
    public let isResultSealed: Bool?
    /// The build that writes the report.
    public let tool: String

    /// Collects what a report says.
    public init(
        caseName: String, result: CaseResult, record: MethodRecord, examined: ExaminedSuspects,
        coverage: [ModelCoverage], examples: [Example], choiceOfExamples: String, deviations: [String],
        period: (first: String, last: String)?, integrity: [Fact], checks: [Check],
        attestations: Attestations? = nil, findings: [String] = [], isResultSealed: Bool? = nil, tool: String
    ) {
        self.caseName = caseName
        self.result = result
        self.record = record
        self.examined = examined
        self.coverage = coverage
        self.examples = examples
        self.choiceOfExamples = choiceOfExamples
        self.deviations = deviations
        self.period = period
        self.integrity = integrity
        self.checks = checks
        self.attestations = attestations
        self.findings = findings
        self.isResultSealed = isResultSealed
        self.tool = tool
    }

    /// The ratio that the first page shows: shared weights against independence, or else the first.
    var leadingRatio: LikelihoodRatio? {
        let ratios = result.verdict.likelihoodRatios
        return ratios.first { $0.isBetween(.derived, .independent) } ?? ratios.first
    }
}

extension LikelihoodRatio {
    /// Whether the ratio weighs these two propositions, in either order.
    func isBetween(_ one: Proposition, _ other: Proposition) -> Bool {
        (numerator == one && denominator == other) || (numerator == other && denominator == one)
    }
}
