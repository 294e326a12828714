/// One line of a terminal that says how far long work has come.
public struct ProgressLine: Sendable, Hashable {
    /// What is being done, in one word.
    public var title: String
    /// Units that are done.
    public var done: Int
    /// Units in all.
    public var total: Int
    /// Units finished per second; nil before that is known.
    public var rate: Double?
    /// Seconds until the rest is done; nil before that is known.
    public var secondsLeft: Double?
    /// What it has cost, by currency.
    public var spent: [String: Double] = [:]
    /// What went wrong, by kind.
    public var errors: [String: Int] = [:]

    private static let width = 24

    /// Describes work of which nothing more is known.
    public init(title: String, done: Int, total: Int) {
        self.title = title
        self.done = done
        self.total = total
    }

    /// The line, without a line feed: bar, counts, rate, time left, money, errors. What is not known is left out.
    public var text: String {
        let filled = total > 0 ? max(0, min(Self.width, done * Self.width / total)) : 0
        let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: Self.width - filled)
        var parts = ["\(title) [\(bar)] \(done)/\(total)"]
        if let rate { parts.append(Self.fixed(rate, places: 1) + "/s") }
        if let secondsLeft { parts.append(Self.clock(secondsLeft) + " left") }
        let money = spent.sorted { $0.key < $1.key }.map { Self.fixed($0.value, places: 2) + " " + $0.key }
        if !money.isEmpty { parts.append(money.joined(separator: ", ")) }
        let wrong = errors.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
        if !wrong.isEmpty { parts.append(wrong.joined(separator: ", ")) }
        return VisibleText.terminal(parts.joined(separator: "  "))
    }

    /// A number of at most nine digits before the point, rounded to some places.
    private static func fixed(_ value: Double, places: Int) -> String {
        let scale = places == 1 ? 10 : 100
        let units = Int((min(max(value, 0), 999_999_999) * Double(scale)).rounded())
        let digits = String(units % scale)
        return "\(units / scale)." + String(repeating: "0", count: places - digits.count) + digits
    }

    /// Minutes and seconds, or hours, minutes and seconds; rounded up.
    private static func clock(_ seconds: Double) -> String {
        let whole = Int(min(max(seconds, 0), 359_999).rounded(.up))
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        guard whole >= 3_600 else { return "\(whole / 60):\(two(whole % 60))" }
        return "\(whole / 3_600):\(two(whole / 60 % 60)):\(two(whole % 60))"
    }
}
