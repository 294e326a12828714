/// The paths of a bundle and the limits that hold for them. The page on the bundle's format gives the reasons.
enum BundleLayout {
    static let version = 1
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
    static let records = "data/records.jsonl"
    static let leaves = "data/leaves.txt"
    static let custody = "data/custody.jsonl"
    static let collection = "attest/collection.dsse.json"
    static let signerKey = "data/keys/collector.pem"

    /// The greatest length of a file that is read whole.
    static let maximumDocument = 64 << 20
    static let maximumRecords = 1_000_000
    static let maximumFiles = 10_000
    static let maximumSegment = 64 << 20
    /// A part is a response of at most 16 MiB, with room for its headers and salt.
    static let maximumPart = 40 << 20
    static let maximumPathLength = 99

    static func segment(_ number: Int) -> String {
        let digits = String(number)
        return "data/segments/" + String(repeating: "0", count: max(0, 6 - digits.utf8.count)) + digits + ".seg"
    }

    /// The files without which there is no bundle.
    static let required =
        [collection, guide, script, caseFile, toolFile, records, leaves, custody, signerKey] + tagFiles

    static let declarationText = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"

    /// The closed set: the tag files, the envelope, the fixed payload files, and names under four folders.
    static func isAllowed(_ path: String) -> Bool {
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
        return false
    }

    /// Six digits.
    private static func isSegment(_ name: some StringProtocol) -> Bool {
        name.utf8.count == 6 && name.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }

    /// A file name of `[a-z0-9][a-z0-9._-]*`.
    static func isName(_ name: some StringProtocol) -> Bool {
        func isAlphanumeric(_ byte: UInt8) -> Bool {
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        }
        guard let first = name.utf8.first, isAlphanumeric(first) else { return false }
        return name.utf8.allSatisfy { isAlphanumeric($0) || Array("._-".utf8).contains($0) }
    }
}
