import Foundation
import TestSupport
import Testing

/// Endpoints that misbehave, asked by the real command over loopback and judged from the recorded bytes. Whatever they do, they
/// are not cleared by it.
@Suite(
    "Serving that is not one model's", .timeLimit(.minutes(5)),
    .enabled(if: ExternalTool.areAvailable("python3"), "python3 is missing"))
struct ServingScreenTests {
    /// What a suspect does, and the reasons that gate 0 has to give.
    private struct Behaviour {
        let name: String
        let codes: Set<String>
        /// Whether the collection has to count as invalid; nil where that is not the point.
        let isInvalid: Bool?
    }

    private static let behaviours = [
        Behaviour(name: "clean", codes: [], isInvalid: false), Behaviour(name: "slow", codes: [], isInvalid: false),
        Behaviour(name: "cache", codes: ["response-cache", "cached-draws"], isInvalid: true),
        Behaviour(name: "mixture48", codes: ["unstable-in-time"], isInvalid: true),
        Behaviour(name: "route", codes: ["unstable-between-connections"], isInvalid: true),
        Behaviour(name: "instances", codes: ["unstable-between-instances", "fingerprint-changed"], isInvalid: true),
        Behaviour(name: "rename48", codes: ["model-name-changed"], isInvalid: false),
        Behaviour(name: "fingerprint48", codes: ["fingerprint-changed"], isInvalid: false),
        Behaviour(name: "reluctant", codes: ["refusals"], isInvalid: nil),
        Behaviour(name: "withheld", codes: ["refusals", "too-few-usable-probes"], isInvalid: true),
        Behaviour(name: "stub", codes: ["constant-answers"], isInvalid: true),
        Behaviour(name: "empty", codes: ["too-few-usable-probes", "refusals"], isInvalid: true),
        Behaviour(name: "error_object", codes: ["too-few-usable-probes"], isInvalid: true),
        Behaviour(name: "loading", codes: ["too-few-usable-probes"], isInvalid: true),
        Behaviour(name: "dead", codes: ["too-few-usable-probes"], isInvalid: true),
        Behaviour(name: "noisy", codes: [], isInvalid: nil),
    ]

    @Test("Caches, mixtures, routers, renamed and refusing servers, dead and noisy relays: each is a reason in gate 0")
    func screens() throws {
        let folder = try ScratchFolder()
        let server = try MockEndpoint(folder, script: "relay_endpoint.py")
        try folder.sealProbes(24, draws: 4)
        try server.file("own", "protected", model: "own.clean", lineage: "own", concurrency: 2, in: folder)
        var names = ["own"]
        for lineage in ["a", "b", "c"] {
            try server.file(lineage, "panel", model: "\(lineage).clean", lineage: lineage, concurrency: 2, in: folder)
            names.append(lineage)
        }
        for behaviour in Self.behaviours {
            let name = behaviour.name.replacing("_", with: "-")
            try server.file(
                // A cache that is asked for one probe twice at the same time has no answer yet.
                name, "suspect", model: "own.\(behaviour.name)", lineage: nil, concurrency: name == "cache" ? 1 : 2,
                more: "connect_timeout_s = 5", in: folder)
            names.append(name)
        }
        let dead = folder.url.appendingPathComponent("dead.toml")
        let text = try String(contentsOf: dead, encoding: .utf8)
        try Data(text.replacing(":\(server.port)/", with: ":1/").utf8).write(to: dead)
        try folder.planCase(names)

        let collected = try CommandLineRun("collect", folder.path("case"), "--json")
        #expect(collected.status == 4, "two endpoints cannot be used: \(collected.errors)")
        #expect(collected.errors.contains("dead: ") && collected.errors.contains("loading: "))
        let compared = try CommandLineRun("compare", folder.path("case"), "--json")
        #expect(compared.status == 0, "\(compared.errors)")
        let results = try #require(try compared.json()["results"] as? [[String: Any]])
        #expect(results.count == Self.behaviours.count)
        for result in results { try expect(result) }
    }

    private func expect(_ result: [String: Any]) throws {
        let verdict = try #require(result["verdict"] as? [String: Any])
        let gates = try #require(verdict["gates"] as? [[String: Any]])
        let validity = try #require(gates.first { $0["gate"] as? String == "validity" })
        let codes = Set((validity["reasons"] as? [[String: Any]] ?? []).compactMap { $0["code"] as? String })
        let name = try #require(
            ((result["suspect"] as? [String: Any])?["model"] as? [String: Any])?["name"] as? String)
        let behaviour = try #require(Self.behaviours.first { $0.name.replacing("_", with: "-") == name })
        #expect(codes.isSuperset(of: behaviour.codes), "\(name): \(codes)")
        let hypotheses = verdict["hypotheses"] as? [String] ?? []
        #expect(hypotheses != ["independent"], "\(name) is cleared")
        let outcome = verdict["outcome"] as? String
        if let isInvalid = behaviour.isInvalid {
            #expect((validity["outcome"] as? String == "rejected") == isInvalid, "\(name): \(codes)")
            #expect((outcome == "uninformative") == isInvalid, "\(name): \(outcome ?? "")")
        }
        if name == "noisy" { #expect(outcome == "inconclusive" || outcome == "uninformative") }
        if ["clean", "slow"].contains(name) {
            #expect(hypotheses.contains("copy"), "\(name)")
            #expect(codes.isDisjoint(with: Self.behaviours.flatMap(\.codes)), "\(name): \(codes)")
        }
    }
}
