internal import ContentAddressing
internal import ForensicTypes

extension BundleInspection {
    private static let minute: Int64 = 60_000_000_000

    /// When the collector says that the bundle was sealed: nanoseconds since 1970, by the last line of the custody log.
    var claimedTime: Int64? {
        let log = documents[BundleLayout.custody] ?? []
        let whole = log.last == UInt8(ascii: "\n") ? log.dropLast() : log[...]
        let line = whole.suffix(from: (whole.lastIndex(of: UInt8(ascii: "\n")) ?? -1) + 1)
        guard line.count <= BundleLayout.maximumCustodyLine else { return nil }
        return (try? CanonicalJSON.parse(line))?["t"]?.text.flatMap { Int64(nanoseconds: $0) }
    }

    /// Every token of the bundle belongs to a file that is there, and those over the envelopes are valid.
    mutating func concludeTimestamps() {
        var files = [BundleLayout.collection, BundleLayout.review, BundleLayout.planEnvelope]
        files += documents.keys.filter { $0.hasSuffix(".note") }
        let starts = Set(files.filter { content(of: $0) != nil }.map { BundleLayout.tokenStart(over: $0) + "-" })
        for path in documents.keys.filter({ $0.hasSuffix(".tsr") || $0.hasSuffix(".tsq") }).sorted() {
            if !starts.contains(where: { path.hasPrefix($0) }) { fail(.timestamp, "\(path) belongs to no file") }
        }
        let tokens =
            concludeTokens(over: BundleLayout.collection, subject: .timestamp)
            + concludeTokens(over: BundleLayout.review, subject: .timestamp)
        report(tokens, subject: .timestamp)
        guard !hasFailed(.timestamp), !trust.timestampRoots.isEmpty else { return }
        stampedTime = tokens.map(\.time).min()
        if let claimed = claimedTime {
            for token in tokens where abs(token.time - claimed) > 10 * Self.minute {
                remarks.append(
                    "\(token.authority) stamped the bundle \(abs(token.time - claimed) / Self.minute) minutes "
                        + (token.time > claimed ? "after" : "before") + " the time at which it claims to be sealed")
            }
        }
    }

    /// The tokens over the plan's seal are valid.
    mutating func concludePlanStamp(_ plan: Plan) {
        let tokens = concludeTokens(over: BundleLayout.planEnvelope, subject: .planStamp)
        report(tokens, subject: .planStamp)
        guard !hasFailed(.planStamp), !trust.timestampRoots.isEmpty, let latest = tokens.map(\.time).max() else {
            return
        }
        if let written = Int64(plan.writtenAt), abs(latest - written) > 10 * Self.minute {
            remarks.append(
                "the plan was stamped \(abs(latest - written) / Self.minute) minutes away from the time at which it "
                    + "claims to be written")
        }
        let early = records.exchanges.count { $0.isOfWire && $0.started < latest }
        if early > 0 { deviations.append("\(early.counted("record")) began before the plan was stamped") }
    }

    /// The file that is stamped; nil where the bundle has none.
    private func content(of path: String) -> [UInt8]? {
        path == BundleLayout.collection ? envelope?.bytes : documents[path]
    }

    /// The tokens over a file, valid or not; those without a query are left out.
    func timestamps(over path: String) -> [StoredTimestamp] {
        let start = BundleLayout.tokenStart(over: path) + "-"
        return documents.keys.filter { $0.hasPrefix(start) && $0.hasSuffix(".tsr") }.sorted().compactMap { response in
            let stem = response.dropLast(4)
            guard let query = documents[stem + ".tsq"], let answer = documents[response] else { return nil }
            return StoredTimestamp(authority: String(stem.dropFirst(start.count)), query: query, response: answer)
        }
    }

    /// The valid tokens over a file; a token that is not valid fails the subject.
    mutating func concludeTokens(over path: String, subject: Check.Subject) -> [TimestampToken] {
        guard let bytes = content(of: path) else { return [] }
        let start = BundleLayout.tokenStart(over: path) + "-"
        let names = Set(
            documents.keys.filter { $0.hasPrefix(start) && ($0.hasSuffix(".tsr") || $0.hasSuffix(".tsq")) }
                .map { String($0.dropFirst(start.count).dropLast(4)) })
        var tokens: [TimestampToken] = []
        for name in names.sorted() {
            guard let query = documents["\(start)\(name).tsq"], let response = documents["\(start)\(name).tsr"] else {
                fail(subject, "\(start)\(name) is a token without its query, or a query without its token")
                continue
            }
            do throws(EvidenceError) {
                let token = try StoredTimestamp(authority: name, query: query, response: response).verified(
                    over: bytes, roots: trust.timestampRoots.isEmpty ? nil : trust.timestampRoots, now: trust.now)
                stamps.append(try AcceptedStamp(token, over: path, roots: trust.timestampRoots))
                tokens.append(token)
            } catch {
                fail(subject, "\(start)\(name): \(error.message)")
            }
        }
        if let first = tokens.map(\.time).min(), let last = tokens.map(\.time).max(), last - first > Self.minute {
            fail(subject, "the authorities disagree by \((last - first) / 1_000_000_000) s about \(path)")
        }
        return tokens
    }

    private mutating func report(_ tokens: [TimestampToken], subject: Check.Subject) {
        guard !tokens.isEmpty else { return }
        guard !trust.timestampRoots.isEmpty else {
            reasons[subject] =
                "\(tokens.count.counted("token")), but no root of a time-stamp authority was pinned: no certificate of an "
                + "authority is checked"
            return
        }
        let words = tokens.map { "\($0.authority) at \(UTC.text($0.time))" }
        find(subject, words.joined(separator: "; "))
    }
}

/// Times in words.
enum UTC {
    /// A time in whole seconds, for example `2026-11-23T10:00:00Z`.
    static func text(_ nanoseconds: Int64) -> String { text(seconds: nanoseconds / 1_000_000_000) }

    /// The same of seconds since 1970.
    static func text(seconds: Int64) -> String {
        let days = seconds / 86_400
        let rest = seconds % 86_400
        // The civil calendar from days (H. Hinnant, "chrono-compatible low-level date algorithms").
        let shifted = days + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let month = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * month + 2) / 5 + 1
        let number = month < 10 ? month + 3 : month - 9
        let year = yearOfEra + era * 400 + (number <= 2 ? 1 : 0)
        func two(_ value: Int64) -> String { BundleLayout.digits(Int(value), 2) }
        return "\(year)-\(two(number))-\(two(day))T\(two(rest / 3600)):\(two(rest / 60 % 60)):\(two(rest % 60))Z"
    }
}
