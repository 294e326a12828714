public import Comparison
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

    /// A probe with what both sides answered, for reading side by side.
    public struct Example: Sendable {
        /// What was asked.
        public let prompt: String
        /// The protected model's first answer.
        public let protected: [UInt8]
        /// The suspect's first answer.
        public let suspect: [UInt8]

        /// Pairs two answers.
        public init(prompt: String, protected: [UInt8], suspect: [UInt8]) {
            self.prompt = prompt
            self.protected = protected
            self.suspect = suspect
        }
    }

    /// The name of the case.
    public let caseName: String
    /// Scores and verdict.
    public let result: CaseResult
    /// How much of the probe set each model answered, by model name.
    public let coverage: [(model: ModelIdentity, answered: Int, wanted: Int)]
    /// A few probes side by side.
    public let examples: [Example]
    /// Where the execution departs from the plan; empty where it does not.
    public let deviations: [String]
    /// Digests, times and signers.
    public let integrity: [Fact]
    /// The build that computed the scores.
    public let tool: String

    /// Collects what a report says.
    public init(
        caseName: String, result: CaseResult, coverage: [(model: ModelIdentity, answered: Int, wanted: Int)],
        examples: [Example], deviations: [String], integrity: [Fact], tool: String
    ) {
        self.caseName = caseName
        self.result = result
        self.coverage = coverage
        self.examples = examples
        self.deviations = deviations
        self.integrity = integrity
        self.tool = tool
    }
}
