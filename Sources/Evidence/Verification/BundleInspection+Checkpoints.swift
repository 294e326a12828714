internal import ContentAddressing
internal import ForensicTypes

extension BundleInspection {
    /// Every checkpoint is signed, and states the root that the signed leaves have at its size.
    mutating func concludeCheckpoints(_ predicate: CollectionPredicate) {
        let paths = documents.keys.filter { $0.hasSuffix(".note") }.sorted()
        guard !paths.isEmpty else { return }
        guard paths == paths.indices.map({ BundleLayout.checkpoint($0 + 1) }) else {
            return fail(.checkpoints, "the checkpoints are not numbered from 0001 without gaps")
        }
        var notes: [Checkpoint] = []
        for path in paths {
            do throws(EvidenceError) {
                let note = try Checkpoint(note: documents[path] ?? [])
                guard note.isOf(caseName: predicate.caseName) else {
                    throw EvidenceError(.digest, "it is of another case")
                }
                guard note.time >= notes.last?.time ?? 0 else {
                    throw EvidenceError(.digest, "its time is before that of the one before")
                }
                guard let key, note.isSigned(by: key) else {
                    throw EvidenceError(.signature, "the signer's key did not sign it")
                }
                notes.append(note)
            } catch {
                return fail(error.code == .canonical ? .canonicalForm : .checkpoints, "\(path): \(error.message)")
            }
        }
        var heads = TreeHeads()
        var next = 0
        for leaf in leaves {
            heads.append(leaf)
            while next < notes.count, notes[next].size == heads.size {
                guard notes[next].root == heads.root else {
                    return fail(.checkpoints, "\(paths[next]) states another root than the records have")
                }
                next += 1
            }
        }
        guard next == notes.count else {
            return fail(
                .checkpoints, "\(paths[next]) covers fewer records than the one before it, or more than there are")
        }
        concludeCheckpointTokens(notes, paths: paths)
        let rest = leaves.count - (notes.last?.size ?? 0)
        if rest > 0 { remarks.append("no checkpoint covers the last \(rest == 1 ? "record" : "\(rest) records")") }
        let last = "the last over \(notes.last?.size ?? 0) of \(leaves.count.counted("record"))"
        find(.checkpoints, "\(notes.count.counted("note")), \(last)")
    }

    /// The key that notes have to be signed with: the trusted one, else the one that the bundle names.
    private var key: VerificationKey? {
        signer
            ?? documents[BundleLayout.signerKey].flatMap {
                try? VerificationKey(pem: String(decoding: $0, as: UTF8.self))
            }
    }

    private mutating func concludeCheckpointTokens(_ notes: [Checkpoint], paths: [String]) {
        var late = 0
        var sequence = 0
        var stamped = 0
        var ahead = 0
        var delays: [Int64] = []
        for (note, path) in zip(notes, paths) {
            let tokens = concludeTokens(over: path, subject: .timestamp)
            if !tokens.isEmpty { stamped += 1 }
            guard !trust.timestampRoots.isEmpty, let time = tokens.map(\.time).min() else { continue }
            if note.time > time + TimestampToken.clockDifference { ahead += 1 }
            if time > note.time + TimestampToken.clockDifference { delays.append((time - note.time) / 1_000_000_000) }
            while sequence < records.exchanges.count, records.exchanges[sequence].sequence < note.size {
                if records.exchanges[sequence].ended > time + TimestampToken.clockDifference { late += 1 }
                sequence += 1
            }
        }
        if ahead > 0 {
            remarks.append(
                "the collector's clock is ahead: by it \(ahead.counted("checkpoint")) \(ahead.agreeing("was", "were")) made more "
                    + "than 60 s after the stamp")
        }
        if let longest = delays.max() {
            remarks.append(
                "\(delays.count.counted("checkpoint")) \(delays.count.agreeing("was", "were")) stamped more than 60 s after "
                    + "being made, the latest after \(longest) s")
        }
        if late > 0 {
            remarks.append(
                "\(late.counted("record")) ended, by the collector's clock, after the checkpoint above was stamped")
        }
        if stamped < notes.count {
            remarks.append("\(notes.count - stamped) of \(notes.count.counted("checkpoint")) without a time stamp")
        }
    }
}
