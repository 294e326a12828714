import Evidence
import ForensicTypes
import Foundation
import TestSupport
import Testing

/// A change to a bundle with everything of version 2 that verifiers have to refuse, with the exit code that names the reason.
struct AttestedAttack: Sendable, CustomTestStringConvertible {
    let name: String
    /// The codes of ours, of the script and of the one in Python.
    let codes: [Int32]
    /// Why a verifier gives another code than ours; for the script that accepts, what openssl does not look at.
    let reason: String?
    let pinning: @Sendable (inout Pins, AttestedCase) throws -> Void
    let apply: @Sendable (inout TapeArchive, inout Pins, AttestedCase) throws -> Void

    init(
        _ name: String, _ code: Int32, script: Int32? = nil, python: Int32? = nil, because reason: String? = nil,
        pinning: @escaping @Sendable (inout Pins, AttestedCase) throws -> Void = { _, _ in },
        _ apply: @escaping @Sendable (inout TapeArchive, inout Pins, AttestedCase) throws -> Void
    ) {
        self.name = name
        codes = [code, script ?? code, python ?? code]
        self.reason = reason
        self.pinning = pinning
        self.apply = apply
    }

    var testDescription: String { name }

    /// Whether the suite puts the attack before the script. It takes a second of processor time each, and leaves tokens to openssl:
    /// of the attacks on tokens it is asked about every fourth. `Tools/verify/mutate` puts all of them before it.
    var asksScript: Bool {
        let place = (Self.tokens + Self.tokenForms).firstIndex { $0.name == name }
        return place.map { $0 % 4 == 0 } ?? true
    }

    static let all: [AttestedAttack] =
        members + signers + tokens + tokenForms + authorities + weak + single + later + details + spellings

    /// The bundle and the pins after the attack.
    func made(from sound: AttestedCase.Sound) throws -> (bytes: [UInt8], pins: Pins) {
        var archive = TapeArchive(sound.bytes)
        var pins = sound.attested.pins
        try pinning(&pins, sound.attested)
        try apply(&archive, &pins, sound.attested)
        return (archive.bytes, pins)
    }

    /// A change of the files, after which everything is made to fit again: manifest, both signatures, and tokens over them.
    static func sealed(
        _ name: String, _ code: Int32, script: Int32? = nil, python: Int32? = nil, because reason: String? = nil,
        _ change: @escaping @Sendable (inout TapeArchive, inout Pins, AttestedCase) throws -> Void
    ) -> AttestedAttack {
        AttestedAttack(name, code, script: script, python: python, because: reason) { archive, pins, attested in
            try change(&archive, &pins, attested)
            try attested.seal(&archive)
        }
    }
}

extension AttestedCase {
    /// A sound bundle, made once for all attacks on it.
    struct Sound: Sendable {
        let attested: AttestedCase
        let bytes: [UInt8]
        /// The text of the script in it.
        var script: [UInt8] { TapeArchive(bytes)["data/verify.sh"] }

        private static let made = Task {
            let attested = try AttestedCase(records: 6)
            try await attested.write()
            return Sound(attested: attested, bytes: try attested.workspace.read("b"))
        }

        static var shared: Sound { get async throws { try await made.value } }
    }

    /// What a verifier pins.
    var pins: Pins {
        Pins(roots: trust.roots, timestampRoots: trust.timestampRoots, reviewer: trust.reviewer)
    }

    /// Makes everything fit again after a change, with new tokens over the new signatures.
    func seal(_ archive: inout TapeArchive, editing edit: (String) -> String = { $0 }) throws {
        try archive.seal(with: sample.key, editing: edit)
        let envelope = archive["attest/collection.dsse.json"]
        let payload = try DSSEEnvelope(bytes: envelope).payload
        let review = try DSSEEnvelope(signing: payload, type: DSSEEnvelope.statementType, key: reviewer)
        if !archive["attest/collection.reviewer.dsse.json"].isEmpty {
            archive["attest/collection.reviewer.dsse.json"] = review.bytes
        }
        for authority in authorities {
            for (role, bytes) in [("collector", envelope), ("reviewer", review.bytes)]
            where !archive["attest/ts/\(role)-\(authority.name).tsr"].isEmpty {
                archive.put(try authority.stamp(bytes), at: "attest/ts/\(role)")
            }
        }
    }
}

extension TapeArchive {
    /// Puts a token and its query into the archive.
    mutating func put(_ stamp: StoredTimestamp, at start: String) {
        self["\(start)-\(stamp.authority).tsq"] = stamp.query
        self["\(start)-\(stamp.authority).tsr"] = stamp.response
    }
}
