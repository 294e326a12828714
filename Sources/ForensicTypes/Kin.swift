/// What ties a probe to others that ask the same thing in another form.
///
/// Forms of one group are read against each other: how a model answers to a change of one word, or whether its choice stays when the
/// options change places.
public struct Kin: Sendable, Hashable, Codable {
    /// In which way the forms of a group differ.
    public enum Relation: String, Sendable, Hashable, Codable {
        /// One word is altered. Form 0 is the text as it stands in its source.
        case twin
        /// The options change places. Form r begins with the option that stands at place r of form 0.
        case rotation
    }

    /// Names the group: the same for all its members and for no other probe. It says nothing about what they ask.
    public let group: Digest
    /// In which way the forms differ.
    public let relation: Relation
    /// Which form of the group, from 0.
    public let form: Int

    /// Ties a probe to its group.
    public init(group: Digest, relation: Relation, form: Int) {
        self.group = group
        self.relation = relation
        self.form = form
    }
}
