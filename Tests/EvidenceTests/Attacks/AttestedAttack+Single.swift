import ContentAddressing
import Crypto
import Evidence
import ForensicTypes
import Foundation

extension AttestedAttack {
    /// A note with other lines, signed by the collector's key (that of RFC 8032, section 7.1, test 1), without its token.
    private static func note(
        _ name: String, _ code: Int32, script: Int32? = nil, python: Int32? = nil, because reason: String? = nil,
        number: Int = 1, hash: UInt8 = 0, signature flip: UInt8 = 0,
        over covered: (@Sendable ([ForensicTypes.Digest]) -> [ForensicTypes.Digest])? = nil,
        _ change: @escaping @Sendable (inout [String]) -> Void
    ) -> AttestedAttack {
        sealed(name, code, script: script, python: python, because: reason) { archive, _, _ in
            let path = "data/checkpoints/000\(number).note"
            var lines = archive.text(path).components(separatedBy: "\n")
            var signed = Array(Data(base64Encoded: lines[5].components(separatedBy: " ")[2]) ?? Data())
            change(&lines)
            if let covered {
                let leaves = archive.text("data/leaves.txt").split(separator: "\n").compactMap {
                    ForensicTypes.Digest(hex: String($0))
                }
                lines[2] = Data(MerkleTree(leafHashes: covered(leaves)).root.bytes).base64EncodedString()
            }
            let text = Array(lines[..<4].joined(separator: "\n").utf8) + [10]
            let secret = DERTree.bytes("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
            let key = try Curve25519.Signing.PrivateKey(rawRepresentation: secret)
            signed = Array(signed.prefix(4)) + Array(try key.signature(for: text))
            signed[0] ^= hash
            signed[40] ^= flip
            lines[5] = "\u{2014} collector \(Data(signed).base64EncodedString())"
            archive[path] = Array(lines.joined(separator: "\n").utf8)
            archive.remove("data/checkpoints/000\(number)-tsa-0.tsq")
            archive.remove("data/checkpoints/000\(number)-tsa-0.tsr")
        }
    }

    /// A checkpoint with other bytes.
    private static func written(_ name: String, _ bytes: [UInt8]) -> AttestedAttack {
        sealed(name, 20, script: 41, because: late) { archive, _, _ in
            archive["data/checkpoints/0002.note"] = bytes
        }
    }

    private static let late = "the script has one code for everything that is wrong with a note"

    /// A register with another end or beginning, as it stands in the bundle.
    private static func register(_ name: String, _ change: @escaping @Sendable ([String]) -> String) -> AttestedAttack {
        sealed(name, 60) { archive, _, _ in
            let lines = archive.text("data/plan/register.jsonl").split(separator: "\n").map(String.init)
            archive["data/plan/register.jsonl"] = Array(change(lines).utf8)
        }
    }

    /// The line after the last of a register.
    private static func next(_ lines: [String], v: Int = 1, n: Int = 2, head: String? = nil, t: String = "9") -> String
    {
        let head = head ?? SHA256Digest.of(text: lines[lines.count - 1]).hex
        let zeros = String(repeating: "0", count: 64)
        return
            #"{"action":"planned","case":"\#(zeros)","n":\#(n),"plan_sha256":"\#(zeros)","prev":"\#(head)","t":"\#(t)","v":\#(v)}"#
    }

    private static func text(_ lines: [String]) -> String { lines.map { $0 + "\n" }.joined() }

    /// A second signature that was changed, with no reviewer pinned where `pins` is false.
    private static func review(
        _ name: String, pins: Bool = false,
        _ change: @escaping @Sendable ([UInt8], AttestedCase) throws -> [UInt8]
    ) -> AttestedAttack {
        AttestedAttack(name, 30) { archive, pinned, attested in
            let payload = try DSSEEnvelope(bytes: archive["attest/collection.dsse.json"]).payload
            archive["attest/collection.reviewer.dsse.json"] = try change(payload, attested)
            for path in archive.members.map(\.path) where path.hasPrefix("attest/ts/reviewer") { archive.remove(path) }
            if !pins { pinned.reviewer = nil }
        }
    }

    /// What one check alone notices.
    static let single: [AttestedAttack] = [
        AttestedAttack("another archive than the one whose digest was given", 40) { _, pins, _ in
            pins.archive = SHA256Digest.of([1])
        },
        note("a checkpoint of another case", 41) { $0[0] = "other/records" },
        note("checkpoints whose sizes fall", 41, number: 2, over: { Array($0.prefix(1)) }) { $0[1] = "1" },
        note("checkpoints whose times fall", 41, number: 2) { $0[3] = "t 5" },
        note("a checkpoint over more records than there are", 41, number: 2, over: { $0 + $0.suffix(1) }) {
            $0[1] = "7"
        },
        note("a checkpoint over nothing", 41, python: 20, because: "Python reads a size of 0 as no size") {
            $0[1] = "0"
        },
        note("a time with a zero before it", 20, script: 41, because: late) { $0[3] = "t 0" + $0[3].dropFirst(2) },
        note("a checkpoint of no time", 20, script: 41, because: late) { $0[3] = "t 0" },
        note("a size with a zero before it", 20, script: 41, because: late) { $0[1] = "0" + $0[1] },
        note("a note with a line more", 20, script: 41, because: late) { $0.append("x") },
        written("a note of one line", Array("x".utf8)),
        written("a note that is not UTF-8", [0xFF, 10, 10, 10, 10, 10, 10]),
        note("a size that is no number", 20, script: 41, because: late) { $0[1] = "x" },
        note("a root that is no base64", 20, script: 41, because: late) { $0[2] = "x" },
        note("a time that is no number", 20, script: 41, because: late) { $0[3] = "t x" },
        note("a time beyond 64 bits", 20, script: 41, because: late) { $0[3] = "t 9223372036854775808" },
        note("a note that names another key", 41, hash: 1) { _ in },
        note("a note with a bit of its signature changed", 41, signature: 1) { _ in },
        sealed("a note with stray bits in the base64 of its signature", 20, script: 41, because: late) {
            archive, _, _ in
            let path = "data/checkpoints/0002.note"
            let text = archive.text(path)
            guard let found = text.firstMatch(of: /([A-Za-z0-9+\/])=\n$/) else { return }
            let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
            guard let index = alphabet.firstIndex(of: Character(String(found.output.1))) else { return }
            archive[path] = Array(
                text.replacingCharacters(
                    in: found.output.1.startIndex..<found.output.1.endIndex, with: String(alphabet[index + 1])
                ).utf8)
        },
        AttestedAttack("tokens over a second signature that is not there", 32) { archive, pins, _ in
            archive.remove("attest/collection.reviewer.dsse.json")
            pins.reviewer = nil
        },
        register("a register that ends inside a line") { text($0) + next($0) },
        register("a line of the register of version 2") { text($0 + [next($0, v: 2)]) },
        register("a line of the register of version 2 before another") { lines in
            let bad = lines + [next(lines, v: 2)]
            return text(bad + [next(bad, n: 3)])
        },
        register("a line of the register that is something else") { text($0 + ["{}"]) },
        register("a line of the register of another number") { text($0 + [next($0, n: 3)]) },
        register("a line of the register that follows from another") {
            text($0 + [next($0, head: String(repeating: "1", count: 64))])
        },
        register("a line of the register that is too long") {
            text($0 + [next($0, t: String(repeating: "1", count: 16_400))])
        },
        sealed("a register that holds the plan at another place", 60) { archive, _, _ in
            let digest = SHA256Digest.of(archive["data/plan/plan.json"]).hex
            let zeros = String(repeating: "0", count: 64)
            let line =
                #"{"action":"planned","case":"\#(zeros)","n":0,"plan_sha256":"\#(digest)","prev":"\#(zeros)","t":"9","v":1}"#
            archive["data/plan/register.jsonl"] = Array(text([line]).utf8)
        },
        AttestedAttack("a newer register that does not continue the bundle's", 60, script: 0, python: 0, because: ours)
        {
            _, pins, _ in pins.register = PlanRegister()
        },
        AttestedAttack("a newer register that continues the bundle's: nothing wrong", 0) { archive, pins, _ in
            let lines = archive.text("data/plan/register.jsonl").split(separator: "\n").map(String.init)
            pins.register = try PlanRegister(bytes: Array(text(lines + [next(lines)]).utf8))
        },
        AttestedAttack("a newer register that names another bundle: nothing wrong", 0) { _, pins, attested in
            guard let plan = attested.sample.contents.plan else { return }
            pins.register = try attested.register.adding(.reported, plan: plan, bundle: SHA256Digest.of([1]), time: 3)
        },
        AttestedAttack("a pinned register, and no plan", 60, script: 0, python: 0, because: ours) {
            archive, pins, attested in
            pins.register = attested.register
            for path in archive.members.map(\.path) where path.hasPrefix("data/plan/") { archive.remove(path) }
            try attested.seal(&archive) { $0.replacing(/"plan_sha256":"[0-9a-f]{64}",/, with: "") }
        },
        review("a second signature over another type") { payload, attested in
            try DSSEEnvelope(signing: payload, type: "application/json", key: attested.reviewer).bytes
        },
        review("a second signature by the same key") { payload, attested in
            try DSSEEnvelope(signing: payload, type: DSSEEnvelope.statementType, key: attested.sample.key).bytes
        },
        review("a second signature that is not the reviewer's", pins: true) { payload, attested in
            let other = try DSSEEnvelope(signing: payload, type: DSSEEnvelope.statementType, key: .generate())
            return Array(
                String(decoding: other.bytes, as: UTF8.self)
                    .replacing(other.keyIdentifier, with: attested.reviewer.verificationKey.identifier.hex).utf8)
        },
        AttestedAttack("a signature that is not the certified key's", 30) { archive, _, attested in
            let path = "attest/collection.dsse.json"
            let payload = try DSSEEnvelope(bytes: archive[path]).payload
            let other = try DSSEEnvelope(signing: payload, type: DSSEEnvelope.statementType, key: .generate())
            archive[path] = Array(
                String(decoding: other.bytes, as: UTF8.self)
                    .replacing(other.keyIdentifier, with: attested.sample.key.verificationKey.identifier.hex).utf8)
            for authority in attested.authorities {
                archive.put(try authority.stamp(archive[path]), at: "attest/ts/collector")
            }
        },
        AttestedAttack("a query about something else, with the nonce of the token", 32) { archive, _, _ in
            archive["attest/ts/collector-tsa-0.tsq"][30] ^= 1
        },
        AttestedAttack("a query that is cut", 32) { archive, _, _ in
            archive["attest/ts/collector-tsa-0.tsq"] = Array(archive["attest/ts/collector-tsa-0.tsq"].prefix(40))
        },
        AttestedAttack("authorities whose clocks differ by more than a minute", 32) { archive, _, attested in
            let token = try attested.forge(from: archive) {
                $0.statement[4] = .primitive(0x18, Array("\(stamp(-3600))Z".utf8))
            }
            archive.put(token.stored("tsa-0"), at: "attest/ts/collector")
        },
        AttestedAttack("two authorities that date it in an hour", 32) { archive, _, attested in
            let time = Array("\(stamp(3600))Z".utf8)
            for (index, authority) in attested.authorities.enumerated() {
                let start = "attest/ts/collector-tsa-\(index)"
                var token = ForgedToken(
                    StoredTimestamp(
                        authority: authority.name, query: archive[start + ".tsq"], response: archive[start + ".tsr"]),
                    key: try authority.signerKey)
                token.statement[4] = .primitive(0x18, time)
                token.digest()
                try token.sign()
                archive.put(token.stored(authority.name), at: "attest/ts/collector")
            }
        },
        AttestedAttack("sealed an hour before it was stamped: a finding", 0) { archive, _, attested in
            let lines = SampleCase.custody(at: VerificationTrust.clock - 3_600_000_000_000)
            archive["data/custody.jsonl"] = lines.flatMap { $0 + [10] }
            let head = SHA256Digest.of(lines[lines.count - 1]).hex
            try attested.seal(&archive) {
                $0.replacing(/"custody_head":"[0-9a-f]+"/, with: #""custody_head":"\#(head)""#)
            }
        },
    ]

    private static let ours = "only ours is given a newer register"

    private static func stamp(_ offset: Double) -> String {
        let format = DateFormatter()
        format.locale = Locale(identifier: "en_US_POSIX")
        format.timeZone = .gmt
        format.dateFormat = "yyyyMMddHHmmss"
        return format.string(from: Date(timeIntervalSinceNow: offset))
    }
}
