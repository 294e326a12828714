import ContentAddressing
import Evidence
import ForensicTypes

extension Attack {
    private static func record(_ member: String, _ old: String, _ new: String) -> Attack {
        rerooted("a record line with a damaged \(member)", 20) {
            $0[0] = $0[0].replacing(old, with: new, maxReplacements: 1)
        }
    }

    private static func statement(_ member: String, _ pattern: String, _ replacement: String, or: Set<Int32> = [])
        -> Attack
    {
        var attack = resigned("a statement with a damaged \(member)", 20, pattern, replacement)
        attack.otherCodes.formUnion(or)
        return attack
    }

    /// A plan with everything else made to fit it: seal, records, tree and signature.
    private static func replanned(
        _ name: String, suspect: String = "suspect-a", caseName: String = "sample", file: String? = nil,
        register: Plan.RegisterPlace? = nil
    ) -> Attack {
        Attack(name, 60) { archive, key in
            let old = SHA256Digest.of(archive["data/plan/plan.json"]).hex
            let probes =
                file.map { SHA256Digest.of(text: $0) } ?? SHA256Digest.of(archive["data/probes/commitment.json"])
            let sealed = try SealedPlan(
                sealing: Plan(
                    caseName: caseName, writtenAt: 0, protected: "protected", suspects: [suspect], panel: [],
                    probes: .init(file: probes, root: SHA256Digest.of(text: "root"), count: 3), comparators: ["a"],
                    thresholds: .object([:]), stoppingRule: "", exclusionRule: "", maximumAttempts: 9, seed: 8,
                    register: register), with: key)
            archive["data/plan/plan.json"] = sealed.bytes
            archive["data/plan/plan.dsse.json"] = sealed.envelope.bytes
            archive["data/records.jsonl"] = Array(
                archive.text("data/records.jsonl").replacing(old, with: sealed.digest.hex).utf8)
            try archive.reroot(with: key) { $0.replacing(old, with: sealed.digest.hex) }
        }
    }

    private static func described(_ name: String, _ old: String, _ new: String) -> Attack {
        Attack(name, 40) { archive, key in
            archive["data/case.json"] = Array(archive.text("data/case.json").replacing(old, with: new).utf8)
            try archive.seal(with: key)
        }
    }

    /// A bundle that says it is of version 1, which the script of today does not read.
    static func version(
        _ name: String, _ code: Int32, _ change: @escaping @Sendable (inout TapeArchive) -> Void = { _ in }
    ) -> Attack {
        Attack(name, code, or: [80]) { archive, key in
            change(&archive)
            try archive.seal(with: key)
            archive["bag-info.txt"] = Array(
                archive.text("bag-info.txt").replacing("Version: 2", with: "Version: 1").utf8)
            try archive.sign(with: key) { $0.replacing(#""v":2}"#, with: #""v":1}"#) }
        }
    }

    /// Members that are missing or of another type, one by one.
    static let members: [Attack] = [
        statement("digest of a file", #""subject":\[\{"digest":\{"sha256":"."#, #""subject":[{"digest":{"sha256":"x"#),
        statement("name of a file", #""name":"bag-info.txt""#, #""name":1"#),
        statement("type", #""_type":"[^"]*""#, #""_type":1"#),
        statement("type of its content", #""predicateType":"[^"]*""#, #""predicateType":1"#),
        statement("case", #""case":"sample""#, #""case":1"#),
        statement("suspect", #""suspect":"suspect-a""#, #""suspect":1"#),
        statement("kind of tree", #""alg":"rfc6962-sha256""#, #""alg":1"#),
        statement("list of what is critical", #""crit":\[\]"#, #""crit":[1]"#),
        statement("version", #""v":2"#, #""v":"2""#),
        statement("number of disclosed records", #""disclosed":10"#, #""disclosed":"10""#),
        statement("size", #""size":12"#, #""size":"12""#),
        statement("custody head", #""custody_head":"."#, #""custody_head":"x"#),
        statement("root", #""root":"."#, #""root":"x"#),
        statement("plan", #""plan_sha256":"."#, #""plan_sha256":"x"#),
        statement("first time", #""first_ns":"[0-9]+""#, #""first_ns":1"#, or: [40]),
        statement("last time", #""last_ns":"[0-9]+""#, #""last_ns":1"#, or: [40]),
        statement("count of an outcome", #""http":10"#, #""http":"10""#, or: [40]),
        statement("spelling", #"^\{"#, "{ "),
        statement("member: a name outside the profile", #""predicate":\{"#, #""predicate":{"Case":1,"#),
        resigned(
            "a list of signed files without the manifest", 40,
            #",\{"digest":\{"sha256":"[0-9a-f]{64}"\},"name":"manifest-sha256.txt"\}"#, ""),
        record("name of a model", #""name":"protected""#, #""name":1"#),
        record("role of a model", #""role":"protected""#, #""role":1"#),
        rerooted("a record line with damaged parts", 20) {
            $0[0] = $0[0].replacing(/"parts":\[.*?\],/, with: #""parts":1,"#)
        },
        record("model", #"{"name":"protected","role":"protected"}"#, #""protected""#),
        record("run", #""run":"r1""#, #""run":1"#),
        record("outcome", #""outcome":"http""#, #""outcome":1"#),
        record("probe", #""probe":""#, #""probe":"x"#),
        record("commitment", #""commit":""#, #""commit":"x"#),
        record("length of a part", #""len":72"#, #""len":"72""#),
        record("number", #""seq":0"#, #""seq":"0""#),
        record("draw", #""rep":0"#, #""rep":"0""#),
        record("beginning", #""t_start_ns":""#, #""t_start_ns":"x"#),
        record("end", #""t_end_ns":""#, #""t_end_ns":"x"#),
        Attack("nothing, signed", 20) { archive, key in
            archive["attest/collection.dsse.json"] = try DSSEEnvelope(
                signing: [], type: DSSEEnvelope.statementType, key: key
            ).bytes
        },
        Attack("the plan's seal in the place of the signature", 80) { archive, _ in
            archive["attest/collection.dsse.json"] = archive["data/plan/plan.dsse.json"]
        },
        Attack("a plan that is missing", 60) { archive, key in
            archive.remove("data/plan/plan.json")
            try archive.seal(with: key)
        },
        Attack("a plan that was exchanged after it was sealed", 60, or: [20]) { archive, key in
            archive["data/plan/plan.json"] = Array(
                archive.text("data/plan/plan.json").replacing(#""maximum_attempts":2"#, with: #""maximum_attempts":3"#)
                    .utf8)
            try archive.seal(with: key)
        },
        Attack("a register in which the plan has no place", 60) { archive, key in
            let zeros = String(repeating: "0", count: 64)
            archive["data/plan/register.jsonl"] = Array(
                #"{"action":"planned","case":"\#(zeros)","n":0,"plan_sha256":"\#(zeros)","prev":"\#(zeros)","t":"9","v":1}\#n"#
                    .utf8)
            try archive.seal(with: key)
        },
        Attack("a register that lists a plan without a place", 60) { archive, key in
            let zeros = String(repeating: "0", count: 64)
            let plan = SHA256Digest.of(archive["data/plan/plan.json"]).hex
            archive["data/plan/register.jsonl"] = Array(
                #"{"action":"planned","case":"\#(zeros)","n":0,"plan_sha256":"\#(plan)","prev":"\#(zeros)","t":"9","v":1}\#n"#
                    .utf8)
            try archive.seal(with: key)
        },
        described("a description without the protected model", #","protected":"protected""#, ""),
        described(
            "a description with a number for the protected model", #""protected":"protected""#, #""protected":1"#),
        resigned(
            "an envelope of more than 1 MiB", 11, #""v":2\}"#,
            #""v":2,"z":"\#(String(repeating: "z", count: 900_000))"}"#),
        version("a bundle of version 1: nothing wrong", 0),
        version("a file of version 2 in a bundle of version 1", 10) { archive in
            let bytes: [UInt8] = [1]
            archive["data/tls/\(SHA256Digest.of(bytes).hex).der"] = bytes
        },
        replanned("the plan of another case", caseName: "other"),
        replanned("a plan that does not name the suspect", suspect: "suspect-b"),
        replanned("a plan for a probe set that is not there", file: "other"),
        replanned("a plan that names a register that is not there", register: PlanRegister().place),
    ]
}
