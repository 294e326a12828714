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

    @Test("The suspect's rank in the panel is told, and is no error rate of the method")
    func rank() throws {
        let content = try ReportCase().content()
        let rank = try #require(content.record.rank)
        #expect(rank.rate.count == 0 && rank.rate.trials == 12 && rank.lineages == 12)
        #expect(rank.what.hasSuffix("the rank of this suspect, not an error rate at a threshold fixed before"))
        #expect(content.record.rates.isEmpty)
        let text = HTMLReportTests.text(HTMLReport(content).render()).replacing(/\s+/, with: " ")
        #expect(text.contains("The only figure above is the rank in the panel of this case."))
        #expect(text.contains("Known error rate Not known for this case."))
    }
}
