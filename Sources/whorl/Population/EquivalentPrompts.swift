import Comparison

/// How many random prompts do the work of some chosen ones: read off the curve of random prompts, made ascending and interpolated
/// in the logarithm of their number.
///
/// Below the curve its least number stands, which is then too many; above it there is no number. The interval has the 2.5 % and
/// 97.5 % points over draws of lineages, with nil for what is above the curve.
struct EquivalentPrompts: Encodable, Equatable {
    let prompts: Double?
    let lower: Double?
    let upper: Double?

    /// Reads off.
    ///
    /// - Parameters:
    ///   - power: That of the chosen prompts.
    ///   - random: The numbers of random prompts, ascending, and their power.
    ///   - replicates: The same by draw of lineages; what is not a number is passed over.
    init(power: Double, random: [(prompts: Int, power: Double)], replicates: [(power: Double, random: [Double])]) {
        prompts = Self.read(power, random.map { (Double($0.prompts), $0.power) })
        let read = replicates.compactMap { draw -> Double? in
            guard !draw.power.isNaN, !draw.random.contains(where: \.isNaN) else { return nil }
            return Self.read(draw.power, zip(random, draw.random).map { (Double($0.prompts), $1) }) ?? .infinity
        }.sorted()
        func quantile(_ share: Double) -> Double? {
            guard !read.isEmpty else { return nil }
            let value = read[min(read.count - 1, Int(share * Double(read.count)))]
            return value.isFinite ? value : nil
        }
        lower = quantile(0.025)
        upper = quantile(0.975)
    }

    private static func read(_ power: Double, _ curve: [(prompts: Double, power: Double)]) -> Double? {
        guard var last = curve.first, !power.isNaN else { return nil }
        if power <= last.power { return last.prompts }
        for point in curve.dropFirst() where point.power > last.power {
            if power <= point.power {
                let share = (power - last.power) / (point.power - last.power)
                let logarithm =
                    last.prompts.decimalLogarithm * (1 - share) + point.prompts.decimalLogarithm * share
                return logarithm.decimalPower.roundedToSixDigits
            }
            last = point
        }
        return nil
    }
}
