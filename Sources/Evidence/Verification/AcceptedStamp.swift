/// A token that was read and refused by no check.
struct AcceptedStamp {
    /// The file that was stamped.
    let object: String
    /// The name in the authority's certificate.
    let authority: String
    /// The time that the authority states, in nanoseconds since 1970.
    let time: Int64
    /// When the first certificate of the authority's path ends, in nanoseconds since 1970; nil without pinned roots.
    let end: Int64?

    /// Describes a token over a file, once it was verified under some roots; without roots its authority is not checked.
    init(_ token: TimestampToken, over object: String, roots: [X509Certificate]) throws(EvidenceError) {
        self.object = object
        authority = token.authority
        time = token.time
        end = roots.isEmpty ? nil : try token.end(under: roots)
    }

    init(object: String, authority: String, time: Int64, end: Int64?) {
        self.object = object
        self.authority = authority
        self.time = time
        self.end = end
    }

    /// The same for people.
    var stamp: Attestations.Stamp {
        Attestations.Stamp(
            object: object, authority: authority, time: UTC.text(time), certificatesEnd: end.map { UTC.text($0) },
            outcome: end == nil ? .notChecked : .passed)
    }
}

/// Whether stamps outlast the certificates of their authorities (after RFC 4998).
///
/// A token counts at the time that it states. Once a certificate of its path has ended, nobody answers for the authority's key any
/// more: a token that was made since could state any time. So it has to be shown that this one existed before, by a later
/// token over it whose own certificates still live, or which is renewed in turn.
enum StampRenewal {
    /// The earliest time to which later tokens carry back.
    ///
    /// - Parameters:
    ///   - renewals: Tokens over everything that came before them.
    ///   - now: The time at which the verifier stands, in nanoseconds since 1970.
    /// - Returns: A time: every earlier token whose certificates lived then existed before they ended. `now` if nothing carries.
    static func horizon(of renewals: [AcceptedStamp], at now: Int64) -> Int64 {
        renewals.sorted { $0.time > $1.time }.reduce(now) { horizon, renewal in
            guard let end = renewal.end, renewal.time <= horizon, end >= horizon else { return horizon }
            return renewal.time
        }
    }
}
