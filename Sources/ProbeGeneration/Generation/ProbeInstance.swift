internal import ForensicTypes

/// A rendered instance before it has a digest.
struct ProbeInstance {
    /// What an instance was rendered from, to say the same in other words.
    enum Wording {
        /// A template of some that may stand in for it, and what filled the slots.
        case template(String, of: [String], variant: TemplateVariant?, fillings: [String: String])
        /// The words of a text to be continued.
        case words([String])
        /// Pieces that are what they are.
        case fixed
    }

    var prompt: Prompt
    var reading: Reading
    var language: String
    var gold: String?
    var form: (relation: Kin.Relation, number: Int)?
    var wording = Wording.fixed
}
