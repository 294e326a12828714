internal import ContentAddressing
internal import ForensicTypes

extension BundleInspection {
    /// The bundle and every head that somebody kept are states of one history: the earlier is the beginning of the later.
    ///
    /// A store that was put back to an older copy goes on from there: its bundle then lacks what the kept head covers, or has
    /// something else in its place.
    mutating func concludeHistory(_ predicate: CollectionPredicate) {
        var words: [String] = []
        for kept in trust.kept {
            do throws(EvidenceError) {
                switch kept {
                case .checkpoint(let note): words.append(try compare(with: note, predicate))
                case .bundle(let path): words.append(try compare(with: path, predicate))
                }
            } catch {
                return fail(.history, error.message)
            }
        }
        if !words.isEmpty { find(.history, words.joined(separator: "; ")) }
    }

    private func compare(with note: Checkpoint, _ predicate: CollectionPredicate) throws(EvidenceError) -> String {
        guard note.isOf(caseName: predicate.caseName) else {
            throw EvidenceError(.custody, "the kept checkpoint is of another case")
        }
        guard let signer, note.isSigned(by: signer) else {
            throw EvidenceError(.custody, "the signer's key did not sign the kept checkpoint")
        }
        guard note.size <= leaves.count else {
            if let sealed = stampedTime ?? claimedTime, sealed + Self.tolerance < note.time {
                return
                    "the kept checkpoint is later than the bundle and covers \((note.size - leaves.count).counted("record")) more"
            }
            throw EvidenceError(
                .custody,
                "rolled back: a checkpoint covered \(note.size.counted("record")) at \(UTC.text(note.time)), and the bundle, "
                    + "which was sealed afterwards, has \(leaves.count)")
        }
        var heads = TreeHeads()
        for leaf in leaves.prefix(note.size) { heads.append(leaf) }
        guard heads.root == note.root else {
            throw EvidenceError(
                .custody, "two histories: the first \(note.size) records are not those that the kept checkpoint covers")
        }
        return
            "the first \(note.size) of \(leaves.count) records are those of the kept checkpoint of \(UTC.text(note.time))"
    }

    private func compare(with path: String, _ predicate: CollectionPredicate) throws(EvidenceError) -> String {
        var others = trust
        others.kept = []
        others.register = nil
        let other = try BundleVerifier.inspect(path: path, trust: others, expected: nil)
        guard other.report.exitCode == 0, let kept = other.predicate else {
            throw EvidenceError(.custody, "the kept bundle does not verify itself under the same trust")
        }
        let mine = documents[BundleLayout.register] ?? [], theirs = other.documents[BundleLayout.register] ?? []
        let isStamped = stampedTime != nil && other.stampedTime != nil
        let times = isStamped ? (stampedTime, other.stampedTime) : (claimedTime, other.claimedTime)
        var lengths = [(mine.count, theirs.count)]
        if !mine.isEmpty, !theirs.isEmpty {
            guard mine.starts(with: theirs) || theirs.starts(with: mine) else {
                throw EvidenceError(.custody, "two histories: neither register of plans is the beginning of the other")
            }
        } else {
            lengths = []
        }
        guard kept.caseName.utf8.elementsEqual(predicate.caseName.utf8) else {
            guard !lengths.isEmpty else {
                throw EvidenceError(
                    .custody, "the kept bundle is of another case, and not both have a register of plans")
            }
            try Self.demandOneOrder(lengths, times: times)
            return "the registers of this and of the kept bundle of another case are one history"
        }
        let logs = [self, other].map { $0.documents[BundleLayout.custody] ?? [] }
        guard logs[0].starts(with: logs[1]) || logs[1].starts(with: logs[0]) else {
            throw EvidenceError(.custody, "two histories: neither custody log is the beginning of the other")
        }
        let common = min(leaves.count, other.leaves.count)
        guard leaves.prefix(common) == other.leaves.prefix(common) else {
            throw EvidenceError(.custody, "two histories: the first \(common) records are not the same")
        }
        lengths += [(logs[0].count, logs[1].count), (leaves.count, other.leaves.count)]
        try Self.demandOneOrder(lengths, times: times)
        return "one history with the kept bundle: \(common.counted("record")) in common, "
            + "\(leaves.count - common) only here, "
            + "\(other.leaves.count - common) only there"
    }

    /// What is longer in one respect is nowhere shorter, and was not sealed earlier.
    private static func demandOneOrder(
        _ lengths: [(Int, Int)], times: (Int64?, Int64?)
    ) throws(EvidenceError) {
        let isLonger = lengths.contains { $0.0 > $0.1 }, isShorter = lengths.contains { $0.0 < $0.1 }
        guard !(isLonger && isShorter) else {
            throw EvidenceError(.custody, "rolled back: each of the two bundles has something that the other lacks")
        }
        guard let mine = times.0, let theirs = times.1 else { return }
        guard !(isShorter && mine > theirs + tolerance), !(isLonger && theirs > mine + tolerance) else {
            throw EvidenceError(
                .custody,
                "rolled back: the bundle that was sealed later (\(UTC.text(max(mine, theirs)))) has less in it")
        }
    }

    /// Clocks may differ by this, in nanoseconds.
    private static var tolerance: Int64 { 60_000_000_000 }
}
