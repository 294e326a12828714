internal import ForensicTypes

extension LikelihoodRatio {
    /// The finding in words: both propositions, the ratio, its interval, its ceiling and the number of lineages.
    ///
    /// A ratio below 1 is stated the other way round, so that both sides are given in the same form. A bet on a rank says that it
    /// is one: nothing was fitted on models that are known to be derived.
    public var sentence: String {
        guard log10 >= 0 else { return swapped.sentence }
        let bounds =
            "(\(intervalPhrase); method ceiling \(Self.number(ceilingLog10.decimalPower)) from "
            + "\(denominatorLineages.counted("lineage")))"
        return method == .rankBet ? bet(bounds) : weight(bounds)
    }

    private func weight(_ bounds: String) -> String {
        guard term != .none else {
            return "The findings are equally probable if the endpoint serves \(numerator.phrase) and if it serves "
                + "\(denominator.phrase) \(bounds). This is no support either way."
        }
        return
            "The findings are \(times) more probable if the endpoint serves \(numerator.phrase) than if it serves "
            + "\(denominator.phrase) \(bounds). This is \(term.phrase) for the former over the latter."
    }

    private func bet(_ bounds: String) -> String {
        let opening =
            "By a bet on the suspect's rank, fixed beforehand and not fitted on known derivatives, the findings are "
        let expected = "what one expects on average if the endpoint serves \(denominator.phrase) \(bounds)."
        guard term != .none else { return opening + "no more than " + expected + " This is no support either way." }
        return opening + "\(times) \(expected) This is \(term.phrase) for \(numerator.phrase) over that."
    }

    /// How many times, without rounding a small difference away.
    private var times: String {
        let value = log10.decimalPower
        return value < 1.05 ? "less than 1.05 times" : "about \(Self.number(value)) times"
    }

    private var intervalPhrase: String {
        guard let interval else { return "no interval can be computed from these data" }
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
}
