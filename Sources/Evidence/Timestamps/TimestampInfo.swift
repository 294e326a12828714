internal import struct ForensicTypes.Digest
internal import SwiftASN1

/// What a time-stamp authority states (TSTInfo, RFC 3161, section 2.4.2).
package struct TimestampInfo: Equatable {
    let policy: String
    let imprint: Digest
    /// The content of the DER integer.
    package let serial: [UInt8]
    /// Nanoseconds since 1970.
    package let time: Int64
    let nonce: [UInt8]?

    package init(der: [UInt8]) throws(EvidenceError) {
        var fields = try DERFields(der, of: "the statement of the token")
        guard try fields.take(.integer).primitive() == [1] else {
            throw EvidenceError(.timestamp, "the statement of the token is not of version 1")
        }
        policy = try fields.take(.objectIdentifier).dottedIdentifier()
        var imprint = try fields.take(.sequence).fields()
        guard let algorithm = imprint.takeIf(.sequence), try TimestampDigest(algorithm) == .sha256,
            let digest = Digest(bytes: try imprint.take(.octetString).primitive())
        else { throw EvidenceError(.timestamp, "the imprint of the token is not SHA-256") }
        try imprint.finish()
        self.imprint = digest
        serial = try fields.take(.integer).primitive()
        time = try Self.time(fields.take(.generalizedTime).primitive())
        _ = fields.takeIf(.sequence)  // accuracy
        _ = fields.takeIf(.boolean)  // ordering
        nonce = try fields.takeIf(.integer)?.primitive()
        _ = fields.takeIf(.context(0))  // the authority's name
        if let extensions = fields.takeIf(.context(1)) {
            var list = try extensions.fields(.context(1))
            while let member = list.takeAny() {
                var entry = try member.fields()
                _ = try entry.take(.objectIdentifier)
                guard entry.takeIf(.boolean) == nil else {
                    throw EvidenceError(.timestamp, "the token has a critical extension that is not understood")
                }
            }
        }
        try fields.finish()
    }

    /// Reads `YYYYMMDDHHMMSS[.f…]Z`; the fraction has 1 to 9 digits and does not end in 0.
    static func time(_ bytes: [UInt8]) throws(EvidenceError) -> Int64 {
        let problem = EvidenceError(.timestamp, "the token's time is not in its one spelling")
        guard bytes.count >= 15, bytes.last == UInt8(ascii: "Z") else { throw problem }
        func number(_ range: Range<Int>) throws(EvidenceError) -> Int64 {
            var value: Int64 = 0
            for byte in bytes[range] {
                guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { throw problem }
                value = value * 10 + Int64(byte - UInt8(ascii: "0"))
            }
            return value
        }
        let (year, month, day) = (try number(0..<4), try number(4..<6), try number(6..<8))
        let (hour, minute, second) = (try number(8..<10), try number(10..<12), try number(12..<14))
        let leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0
        let lengths: [Int64] = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        guard (1970...2200).contains(year), (1...12).contains(month), (1...lengths[Int(month) - 1]).contains(day),
            hour < 24, minute < 60, second < 60
        else { throw problem }
        var fraction: Int64 = 0
        if bytes.count > 15 {
            let digits = 15..<(bytes.count - 1)
            guard bytes[14] == UInt8(ascii: "."), (1...9).contains(digits.count),
                bytes[digits.upperBound - 1] != UInt8(ascii: "0")
            else { throw problem }
            fraction = try number(digits)
            for _ in digits.count..<9 { fraction *= 10 }
        }
        // Days from the civil calendar (H. Hinnant, "chrono-compatible low-level date algorithms").
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        let days = era * 146_097 + dayOfEra - 719_468
        return ((days * 24 + hour) * 60 + minute) * 60_000_000_000 + second * 1_000_000_000 + fraction
    }
}
