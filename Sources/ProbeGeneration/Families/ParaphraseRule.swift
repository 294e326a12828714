/// How a family says the same in other words, so that it can be seen whether an answer hangs on the wording.
public struct ParaphraseRule: Sendable, Hashable, Codable {
    /// What is changed.
    public enum Kind: String, Sendable, Hashable, Codable {
        /// Another template of the variant with the same slots and fillings; where there is none, an opening.
        case template
        /// A polite opening before the question.
        case opening
        /// Another filling of one slot that does not belong to the question.
        case slot
        /// The text to be continued starts a few words later.
        case start
    }

    /// What is changed.
    public let by: Kind
    /// The slot that is filled anew.
    public let slot: String?
    /// Openings by language.
    public let openings: [String: [String]]?
}
