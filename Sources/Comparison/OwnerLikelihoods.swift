public import ForensicTypes

/// The owner's model as a judge of text: how likely it finds answers that were recorded.
///
/// The owner computes these with the protected model's weights; a suspect endpoint is not asked for anything but text.
public struct OwnerLikelihoods: Sendable, Equatable {
    /// One answer with its log-likelihoods.
    public struct Answer: Sendable, Equatable {
        /// The probe.
        public let probe: Digest
        /// Which draw of the probe, from 0.
        public let draw: Int
        /// Tokens of the answer under the protected model's tokenizer, 1 or more.
        public let tokens: Int
        /// UTF-8 bytes of the answer, 1 or more: the common length unit of models with different tokenizers.
        public let bytes: Int
        /// The answer's log-likelihood under the protected model, in nats.
        public let logLikelihood: Double
        /// The sum over positions of the protected model's predictive entropy, in nats; nil where it was not computed.
        public let entropy: Double?
        /// The answer's log-likelihoods under the background models, in nats, in one fixed order.
        public let background: [Double]

        /// Makes a scored answer.
        public init(
            probe: Digest, draw: Int, tokens: Int, bytes: Int, logLikelihood: Double, entropy: Double? = nil,
            background: [Double] = []
        ) {
            self.probe = probe
            self.draw = draw
            self.tokens = tokens
            self.bytes = bytes
            self.logLikelihood = logLikelihood
            self.entropy = entropy
            self.background = background
        }
    }

    /// The suspect's answers.
    public let suspect: [Answer]
    /// The protected model's own answers to the same probes, at the suspect's sampling parameters.
    public let own: [Answer]
    /// Answers of the panel, by lineage.
    public let panel: [Lineage: [Answer]]

    /// Collects scored answers.
    public init(suspect: [Answer], own: [Answer] = [], panel: [Lineage: [Answer]] = [:]) {
        self.suspect = suspect
        self.own = own
        self.panel = panel
    }
}
