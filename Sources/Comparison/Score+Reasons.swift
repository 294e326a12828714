extension Score.Reason {
    /// There are fewer of something than are wanted.
    static func few(_ count: Int, of wanted: Int, _ what: String) -> Score.Reason {
        Score.Reason(
            code: "too-few-\(what.split(separator: " ").joined(separator: "-"))",
            text: "Usable \(what): \(count) of \(wanted) wanted.",
            numbers: ["found": Double(count), "wanted": Double(wanted)])
    }
}
