import Reporting
import Testing

@Suite("Error rates")
struct ErrorRateTests {
    // The interval is that of R's binom.test(2, 180) and the others of the same function, to three digits.
    @Test(
        "A rate is written with its count and its exact interval",
        arguments: [
            (2, 180, "2 of 180 (1.11 %, exact 95 % interval 0.135 to 3.96 %)"),
            (0, 30, "0 of 30 (0 %, exact 95 % interval 0 to 11.6 %)"),
            (12, 12, "12 of 12 (all; exact 95 % interval: at least 73.5 %)"),
        ])
    func text(count: Int, trials: Int, expected: String) throws {
        #expect(try ErrorRate(count, of: trials).text == expected)
    }

    @Test("No trials give no rate")
    func none() {
        #expect(throws: (any Error).self) { try ErrorRate(0, of: 0) }
        #expect(throws: (any Error).self) { try ErrorRate(2, of: 1) }
    }

    @Test("The panel of the case gives a rate of its own")
    func panel() throws {
        let content = try ReportCase().content()
        let rate = try #require(content.record.rates.first)
        #expect(rate.rate.count == 0 && rate.rate.trials == 12 && rate.lineages == 12)
    }
}
