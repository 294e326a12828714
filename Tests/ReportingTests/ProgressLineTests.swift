import Reporting
import Testing

@Suite("Snapshot of the progress line")
struct ProgressLineTests {
    private func line(
        _ done: Int, _ total: Int, rate: Double? = nil, left: Double? = nil, spent: [String: Double] = [:],
        errors: [String: Int] = [:]
    ) -> String {
        var line = ProgressLine(title: "collect", done: done, total: total)
        line.rate = rate
        line.secondsLeft = left
        line.spent = spent
        line.errors = errors
        return line.text
    }

    @Test("Bar, counts, rate, time left, money by currency and errors by kind stand in this order")
    func whole() {
        let text = line(
            614, 2_048, rate: 12.34, left: 116.2, spent: ["USD": 1.2549, "EUR": 0.0051],
            errors: ["timeout": 2, "broken": 1, "rate_limited": 40])
        #expect(
            text == "collect [#######.................] 614/2048  12.3/s  1:57 left  0.01 EUR, 1.25 USD  "
                + "1 broken, 40 rate_limited, 2 timeout")
    }

    @Test("What is not known is left out, and nothing is drawn beyond the bar")
    func parts() {
        #expect(line(0, 10) == "collect [........................] 0/10")
        #expect(line(10, 10, rate: 0.04, left: 0) == "collect [########################] 10/10  0.0/s  0:00 left")
        #expect(line(0, 0) == "collect [........................] 0/0")
        #expect(line(12, 10, spent: ["EUR": 0]) == "collect [########################] 12/10  0.00 EUR")
        #expect(line(1, 2, errors: ["limit": 1]) == "collect [############............] 1/2  1 limit")
    }

    @Test("Minutes, hours, and what no clock shows")
    func times() {
        let expected: [(Double, String)] = [
            (0.2, "0:01"), (59.5, "1:00"), (3_599, "59:59"), (3_599.1, "1:00:00"), (86_399, "23:59:59"),
            (1e300, "99:59:59"), (.infinity, "99:59:59"), (-4, "0:00"),
        ]
        for (seconds, text) in expected {
            #expect(line(1, 2, left: seconds) == "collect [############............] 1/2  \(text) left", "\(seconds)")
        }
        #expect(line(1, 2, rate: .infinity).hasSuffix("999999999.0/s"))
        #expect(!line(1, 2, errors: ["a\u{1B}[2J\n": 1]).contains { $0 == "\u{1B}" || $0.isNewline })
    }
}
