internal import ForensicTypes

/// The paths of a bundle and the limits that hold for them. The page on the bundle's format gives the reasons.
enum BundleLayout {
    /// The version that this build writes.
    static let version = 2
    /// The versions that this build reads.
    static let versions = [1, 2]
    static let declaration = "bagit.txt"
    static let information = "bag-info.txt"
    static let manifest = "manifest-sha256.txt"
    static let tagFiles = [information, declaration, manifest]
    static let guide = "data/howto.txt"
    static let script = "data/verify.sh"
    static let caseFile = "data/case.json"
    static let toolFile = "data/tool.json"
    static let plan = "data/plan/plan.json"
    static let planEnvelope = "data/plan/plan.dsse.json"
    static let register = "data/plan/register.jsonl"
    static let calibration = "data/results/calibration.json"
    static let records = "data/records.jsonl"
    static let leaves = "data/leaves.txt"
    static let custody = "data/custody.jsonl"
    static let collection = "attest/collection.dsse.json"
    static let review = "attest/collection.reviewer.dsse.json"
    static let signerKey = "data/keys/collector.pem"
    static let signerCertificate = "data/keys/collector.crt.pem"

    /// The greatest length of a file that is read whole.
    static let maximumDocument = 64 << 20
    /// The greatest length of a token, a query, a note or a certificate file.
    static let maximumAttestation = 65_536
    static let maximumRecords = 1_000_000
    static let maximumFiles = 10_000
    static let maximumSegment = 64 << 20
    /// A part is a response of at most 16 MiB, with room for its headers and salt.
    static let maximumPart = 40 << 20
    static let maximumPathLength = 99
    static let maximumCustodyLine = 16_384

    /// Whether a file is read piece by piece and never held: leaves, lines and segments.
    static func isStreamed(_ path: String) -> Bool {
        path == records || path == leaves || path.hasPrefix("data/segments/")
    }

    static func segment(_ number: Int) -> String { "data/segments/\(digits(number, 6)).seg" }

    static func checkpoint(_ number: Int) -> String { "data/checkpoints/\(digits(number, 4)).note" }

    /// The two files of a token: the start of the path, and the authority's name.
    static func token(_ start: String, _ authority: String) -> (query: String, response: String) {
        ("\(start)-\(authority).tsq", "\(start)-\(authority).tsr")
    }

    /// What the path of a token over a file starts with.
    static func tokenStart(over path: String) -> String {
        switch path {
        case collection: "attest/ts/collector"
        case review: "attest/ts/reviewer"
        case planEnvelope: "data/plan/plan"
        default: String(path.dropLast(".note".count))
        }
    }

    static func digits(_ number: Int, _ count: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, count - text.utf8.count)) + text
    }

    /// The files without which there is no bundle.
    static let required =
        [collection, guide, script, caseFile, toolFile, records, leaves, custody, signerKey] + tagFiles

    static let declarationText = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"

    /// Where a certificate of an endpoint lies.
    static func certificate(_ digest: Digest) -> String { "data/tls/\(digest.hex).der" }

    /// The closed set of a version: the tag files, the envelopes, the fixed payload files, and names under some folders.
    static func isAllowed(_ path: String, version: Int) -> Bool {
        guard path.utf8.count <= maximumPathLength else { return false }
        if tagFiles.contains(path) { return true }
        if [collection, guide, script, caseFile, toolFile, plan, planEnvelope, records, leaves, custody].contains(path)
        {
            return true
        }
        for (folder, suffix) in [
            ("data/keys/", ".pem"), ("data/probes/", ".json"), ("data/results/", ".json"), ("data/segments/", ".seg"),
        ] where path.hasPrefix(folder) && path.hasSuffix(suffix) {
            let name = path.dropFirst(folder.count)
            return folder == "data/segments/" ? isSegment(name.dropLast(suffix.count)) : isName(name)
        }
        return version >= 2 && isAddition(path)
    }

    /// Whether a path belongs to version 2 alone.
    private static func isAddition(_ path: String) -> Bool {
        if path == review || path == register { return true }
        if path.hasPrefix("data/tls/"), path.hasSuffix(".der") {
            let name = path.dropFirst(9).dropLast(4)
            return name.utf8.count == 64 && name.utf8.allSatisfy(isHexadecimal)
        }
        if path.hasPrefix("data/checkpoints/"), path.hasSuffix(".note") {
            return isNumber(path.dropFirst(17).dropLast(5))
        }
        guard path.hasSuffix(".tsq") || path.hasSuffix(".tsr") else { return false }
        let stem = path.dropLast(4)
        for start in ["attest/ts/collector-", "attest/ts/reviewer-", "data/plan/plan-"] where stem.hasPrefix(start) {
            return isAuthorityName(stem.dropFirst(start.count))
        }
        guard stem.hasPrefix("data/checkpoints/") else { return false }
        let rest = stem.dropFirst(17)
        return isNumber(rest.prefix(4)) && rest.dropFirst(4).first == "-" && isAuthorityName(rest.dropFirst(5))
    }

    /// Whether a path is that of a token, a query, a note or a certificate of an endpoint.
    static func isAttestation(_ path: String) -> Bool {
        [".tsq", ".tsr", ".note", ".der"].contains { path.hasSuffix($0) }
    }

    private static func isNumber(_ text: Substring) -> Bool {
        text.utf8.count == 4 && text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    /// Six digits.
    private static func isSegment(_ name: some StringProtocol) -> Bool {
        name.utf8.count == 6 && name.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }

    /// A file name of `[a-z0-9][a-z0-9._-]*`.
    static func isName(_ name: some StringProtocol) -> Bool {
        guard name.utf8.first.map(isAlphanumeric) == true else { return false }
        return name.utf8.allSatisfy { isAlphanumeric($0) || Array("._-".utf8).contains($0) }
    }

    /// The name of a time-stamp authority, `[a-z0-9][a-z0-9-]{0,30}`.
    static func isAuthorityName(_ name: some StringProtocol) -> Bool {
        guard name.utf8.first.map(isAlphanumeric) == true, name.utf8.count <= 31 else { return false }
        return name.utf8.allSatisfy { isAlphanumeric($0) || $0 == UInt8(ascii: "-") }
    }
}
