import Evidence
import ForensicTypes

extension EvidenceFuzzTarget {
    /// Takes some bytes for a bundle. Whatever they are, every subject gets its check.
    ///
    /// - Parameter isSigned: Whether they were signed again, so that another bundle than the template may be sound.
    static func verify(_ bytes: [UInt8], on ground: FuzzGround, isSigned: Bool) {
        guard ground.write(bytes, to: ground.bundle) else { return }
        guard let report = try? BundleVerifier.verify(path: ground.bundle, trust: ground.trust) else {
            preconditionFailure("bytes that can be read get a report")
        }
        precondition(report.checks.map(\.subject) == Check.Subject.allCases)
        precondition(isSigned || report.exitCode != 0 || report.facts?.archive == ground.identity)
    }

    /// Members, one after the other: what kind, the length of the path, the path, two bytes of length, the content.
    static func tape(_ bytes: [UInt8], on ground: FuzzGround) {
        var archive = TapeArchive([])
        var rest = bytes[...]
        while let kind = rest.popFirst(), let length = rest.popFirst() {
            let path = String(decoding: rest.prefix(min(Int(length), 100)), as: UTF8.self)
            rest = rest.dropFirst(min(Int(length), 100))
            let size = Int(rest.popFirst() ?? 0) << 8 | Int(rest.popFirst() ?? 0)
            guard path.utf8.count <= 100 else { return }
            var member = TapeArchive.Member(path: path, bytes: Array(rest.prefix(size)))
            if kind & 0xF0 == 0xF0 { member.type = UInt8(ascii: "0") + (kind & 7) }
            archive.members.append(member)
            rest = rest.dropFirst(size)
        }
        verify(archive.bytes, on: ground, isSigned: false)
    }

    /// Which file of the template is replaced, then what by. An envelope is given by its payload.
    static func bundle(_ bytes: [UInt8], on ground: FuzzGround) {
        guard let first = bytes.first else { return }
        var archive = ground.template
        let path = archive.members[Int(first) % archive.members.count].path
        let content = Array(bytes.dropFirst())
        let isEnvelope = path.hasSuffix(".dsse.json")
        let type = DSSEEnvelope.statementType
        guard let signed = try? DSSEEnvelope(signing: content, type: type, key: ground.key) else { return }
        archive[path] = isEnvelope ? signed.bytes : content
        if path != "attest/collection.dsse.json" {
            guard (try? archive.seal(with: ground.key)) != nil else { return }
        }
        verify(archive.bytes, on: ground, isSigned: true)
    }
}
