internal import ContentAddressing
public import struct ForensicTypes.Digest

/// The owner's register of plans across all cases: a hash-chained file, so that no plan can vanish after its result was seen.
///
/// A line names a case by a digest, so that the register of a bundle does not tell the names of other cases. Whoever
/// guesses a name can test the guess.
public struct PlanRegister: Sendable, Hashable {
    /// What a line says.
    public enum Action: String, Sendable, Codable {
        /// A plan was sealed.
        case planned
        /// A bundle was sealed under the plan.
        case reported
    }

    /// A line.
    public struct Entry: Sendable, Hashable, Codable {
        /// The version of the line's form.
        public let v: Int
        /// The number of the line, from 0.
        public let n: Int
        /// SHA-256 of the line before; zeros at first.
        public let prev: Digest
        /// Nanoseconds since 1970, in decimal.
        public let t: String
        /// What is said.
        public let action: Action
        /// SHA-256 of the case's name.
        public let caseDigest: Digest
        /// The plan.
        public let plan: Digest
        /// The identity of the bundle that was sealed under the plan: the digest of its archive. The first builds left it out.
        public let bundle: Digest?

        private enum CodingKeys: String, CodingKey {
            case v, n, prev, t, action
            case caseDigest = "case"
            case plan = "plan_sha256"
            case bundle = "bundle_sha256"
        }
    }

    /// The lines' values.
    public private(set) var entries: [Entry] = []
    /// The file.
    public private(set) var bytes: [UInt8] = []
    /// SHA-256 of the last line; zeros before the first.
    public private(set) var head: Digest = BundleLayout.noDigest

    /// Begins an empty register.
    public init() {}

    /// Reads a register.
    ///
    /// - Throws: `plan` for bytes that are no such chain.
    public init(bytes: [UInt8]) throws(EvidenceError) {
        guard bytes.isEmpty || bytes.last == UInt8(ascii: "\n") else {
            throw EvidenceError(.plan, "the register ends inside a line")
        }
        for line in TextLines(bytes) {
            // A bundle is absent or a digest: null would be read like an absent one.
            guard line.count <= BundleLayout.maximumCustodyLine,
                let entry = try? CanonicalJSON.decode(Entry.self, from: line), entry.v == 1,
                entry.n == entries.count, entry.prev == head,
                entry.bundle != nil || (try? CanonicalJSON.parse(line))?["bundle_sha256"] == nil
            else { throw EvidenceError(.plan, "line \(entries.count) of the register does not follow") }
            entries.append(entry)
            head = SHA256Digest.of(line)
        }
        self.bytes = bytes
    }

    /// The place of the next line, which a plan states before it is registered.
    public var place: Plan.RegisterPlace { Plan.RegisterPlace(n: entries.count, prev: head) }

    /// The register with one more line.
    ///
    /// - Parameters:
    ///   - action: What happened.
    ///   - plan: The plan that it happened to.
    ///   - bundle: The identity of the bundle, where one was sealed.
    ///   - time: When, in nanoseconds since 1970.
    /// - Throws: `plan` where a plan states another place, or nothing was planned that could be reported.
    public func adding(
        _ action: Action, plan: SealedPlan, bundle: Digest? = nil, time: Int64
    ) throws(EvidenceError) -> PlanRegister {
        switch action {
        case .planned:
            guard plan.plan.register == place else {
                throw EvidenceError(.plan, "the plan states another place in the register")
            }
        case .reported:
            guard entry(of: plan.digest) != nil else {
                throw EvidenceError(.plan, "the plan is not in the register")
            }
        }
        let entry = Entry(
            v: 1, n: entries.count, prev: head, t: String(time), action: action,
            caseDigest: SHA256Digest.of(Array(plan.plan.caseName.utf8)), plan: plan.digest, bundle: bundle)
        guard let line = try? CanonicalJSON.encode(entry) else {
            throw EvidenceError(.canonical, "the line has no canonical form")
        }
        return try PlanRegister(bytes: bytes + line + [UInt8(ascii: "\n")])
    }

    /// The line that announced a plan.
    public func entry(of plan: Digest) -> Entry? { entries.first { $0.action == .planned && $0.plan == plan } }

    /// The bundles that are named as sealed under a plan.
    func bundles(of plan: Digest) -> Set<Digest> {
        Set(entries.filter { $0.action == .reported && $0.plan == plan }.compactMap(\.bundle))
    }

    /// The plans that were announced and never reported, another one left out.
    func unreported(besides plan: Digest?) -> [Entry] {
        let reported = Set(entries.filter { $0.action == .reported }.map(\.plan))
        return entries.filter { $0.action == .planned && $0.plan != plan && !reported.contains($0.plan) }
    }
}
