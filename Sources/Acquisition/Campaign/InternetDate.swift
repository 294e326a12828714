/// Times of HTTP headers, as seconds since 1970.
package enum InternetDate {
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    /// Reads the preferred form of RFC 9110, section 5.6.7: `Sun, 06 Nov 1994 08:49:37 GMT`.
    package static func seconds(ofHTTP text: String) -> Double? {
        let words = text.split(separator: " ")
        guard text.utf8.count == 29, words.count == 6, words[0].hasSuffix(","), words[5] == "GMT",
            let month = months.firstIndex(where: { $0 == words[2] })
        else { return nil }
        let clock = words[4].split(separator: ":")
        guard clock.count == 3, let day = number(words[1], 2), let year = number(words[3], 4),
            let hour = number(clock[0], 2), let minute = number(clock[1], 2), let second = number(clock[2], 2)
        else { return nil }
        return seconds(year, month + 1, day, hour, minute, second).map(Double.init)
    }

    /// Reads a time of RFC 3339, section 5.6, in UTC: `1994-11-06T08:49:37Z`, perhaps with a fraction.
    package static func seconds(ofRFC3339 text: String) -> Double? {
        guard text.hasSuffix("Z"), text.utf8.count <= 32, text.utf8.allSatisfy({ $0 < 0x80 }) else { return nil }
        let halves = text.dropLast().split(separator: "T", omittingEmptySubsequences: false)
        guard halves.count == 2 else { return nil }
        let date = halves[0].split(separator: "-", omittingEmptySubsequences: false)
        let clock = halves[1].split(separator: ":", omittingEmptySubsequences: false)
        guard date.count == 3, clock.count == 3 else { return nil }
        let whole = clock[2].prefix(2)
        let fraction = clock[2].dropFirst(2)
        guard let year = number(date[0], 4), let month = number(date[1], 2), let day = number(date[2], 2),
            let hour = number(clock[0], 2), let minute = number(clock[1], 2), let second = number(whole, 2),
            fraction.isEmpty || (fraction.hasPrefix(".") && fraction.dropFirst().allSatisfy(\.isNumber)),
            let base = seconds(year, month, day, hour, minute, second)
        else { return nil }
        return Double(base) + (fraction.count > 1 ? Double("0" + fraction) ?? 0 : 0)
    }

    private static func number(_ text: Substring, _ digits: Int) -> Int? {
        text.utf8.count == digits && text.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(text) : nil
    }

    private static func seconds(
        _ year: Int, _ month: Int, _ day: Int, _ hour: Int, _ minute: Int, _ second: Int
    ) -> Int? {
        guard (1...12).contains(month), (1...31).contains(day), hour < 24, minute < 60, second <= 60 else { return nil }
        // Days since 1970 in the Gregorian calendar, counted in years that begin in March.
        let shifted = month > 2 ? year : year - 1
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let days = era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
        return ((days * 24 + hour) * 60 + minute) * 60 + second
    }
}
