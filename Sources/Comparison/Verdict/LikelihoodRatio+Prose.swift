extension LikelihoodRatio {
    /// The finding in words: both propositions, the ratio, its interval, its ceiling and the number of lineages.
    ///
    /// A ratio below 1 is stated the other way round, so that both sides are given in the same form.
    public var sentence: String {
        guard log10 >= 0 else { return swapped.sentence }
        let propositions = "if the endpoint serves \(numerator.phrase) than if it serves \(denominator.phrase)"
        let bounds =
            "\(intervalPhrase); method ceiling \(Self.number(ceilingLog10.decimalPower)) from "
            + "\(Self.counted(denominatorLineages, "lineage"))"
        guard term != .none else {
            return "The findings are equally probable if the endpoint serves \(numerator.phrase) and if it serves "
                + "\(denominator.phrase) (\(bounds)). This is no support either way."
        }
        return
            "The findings are about \(Self.number(log10.decimalPower)) times more probable \(propositions) (\(bounds)). "
            + "This is \(term.phrase) for the former over the latter."
    }

    private var intervalPhrase: String {
        guard let interval else { return "no interval can be computed from this panel" }
        return "95 % interval \(Self.number(interval.lowerBound.decimalPower)) to "
            + Self.number(interval.upperBound.decimalPower)
    }

    /// A ratio at two significant digits, or with one decimal below 10.
    static func number(_ value: Double) -> String {
        if value >= 10 { return String(Int(value.rounded())) }
        let digits = value >= 1 ? 10.0 : 1000.0
        let rounded = (value * digits).rounded() / digits
        return rounded == rounded.rounded() ? String(Int(rounded)) : rounded.description
    }

    static func counted(_ count: Int, _ noun: String) -> String { count == 1 ? "1 \(noun)" : "\(count) \(noun)s" }
}
