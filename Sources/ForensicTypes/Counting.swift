extension Int {
    /// This many of something: "0 records", "1 record", "2 records".
    package func counted(_ noun: String) -> String { self == 1 ? "1 \(noun)" : "\(self) \(noun)s" }

    /// The word that agrees with this many: `one` with 1, `many` with every other number.
    package func agreeing(_ one: String, _ many: String) -> String { self == 1 ? one : many }
}
