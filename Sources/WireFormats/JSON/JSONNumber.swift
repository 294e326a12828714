/// The numbers of JSON.
enum JSONNumber {
    /// The double nearest to a number that the scanner has passed; nil where it is too large.
    static func double(_ text: ArraySlice<UInt8>) -> Double? {
        if let exact = exact(text) { return exact }
        guard let value = Double(String(decoding: text, as: UTF8.self)), value.isFinite else { return nil }
        return value
    }

    /// The value where one division of two exact doubles gives it: up to 2^53 in digits and 22 places (Clinger 1990).
    private static func exact(_ text: ArraySlice<UInt8>) -> Double? {
        var digits: UInt64 = 0
        var places = 0
        var isFraction = false
        var isNegative = false
        for byte in text {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                guard digits < 1 << 53 else { return nil }
                digits = digits * 10 + UInt64(byte - UInt8(ascii: "0"))
                if isFraction { places += 1 }
            case UInt8(ascii: "."): isFraction = true
            case UInt8(ascii: "-"): isNegative = true
            default: return nil
            }
        }
        guard digits <= 1 << 53, places < powers.count else { return nil }
        let value = Double(digits) / powers[places]
        return isNegative ? -value : value
    }

    /// 10^0 to 10^22, each exactly a double.
    private static let powers: [Double] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22,
    ]
}
