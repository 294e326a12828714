internal import ForensicTypes

/// A rendered instance before it has a digest.
struct ProbeInstance {
    var prompt: Prompt
    var reading: Reading
    var language: String
    var gold: String?
    var form: (relation: Kin.Relation, number: Int)?
}
