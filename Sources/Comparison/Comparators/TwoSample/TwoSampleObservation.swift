/// One sample of the two-sample test: an answer of one of the two models to one prompt.
public struct TwoSampleObservation: Sendable, Hashable {
    /// Which of the two models answered.
    public enum Side: String, Sendable, Hashable {
        /// The first model.
        case a
        /// The second model.
        case b
    }

    /// The prompt, by any name. Answers to different prompts are never compared.
    public let prompt: String
    /// Which of the two models answered.
    public let side: Side
    /// The block of time in which the answer was drawn. Labels are permuted inside a block only.
    public let timeBlock: Int
    /// The answer, as UTF-8 bytes.
    public let text: [UInt8]

    /// Makes a sample.
    public init(prompt: String, side: Side, timeBlock: Int = 0, text: [UInt8]) {
        self.prompt = prompt
        self.side = side
        self.timeBlock = timeBlock
        self.text = text
    }
}
