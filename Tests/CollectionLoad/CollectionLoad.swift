import Acquisition
import CaseStore
import ForensicTypes
import Foundation
import Glibc
import WireFormats

/// Collects from one endpoint into a new case and says what it cost: the subject of the memory tests and of the benchmark of
/// collecting, which look at a whole process from outside.
///
/// Usage: `collection-load URL CASE PROBES DRAWS CONCURRENCY [one-per-exchange]`, or `collection-load reopen CASE`, which
/// opens a case, its index made anew where it was removed. Prints one JSON object.
@main
struct CollectionLoad {
    static func main() async {
        let arguments = CommandLine.arguments
        do {
            if arguments.count == 3, arguments[1] == "reopen" {
                try await reopen(arguments[2])
            } else if arguments.count >= 6, let address = EndpointAddress(arguments[1]), let probes = Int(arguments[3]),
                let draws = Int(arguments[4]), let concurrency = Int(arguments[5])
            {
                try await collect(
                    address, into: arguments[2], probes: probes, draws: draws, concurrency: concurrency,
                    reusing: arguments.count == 6)
            } else {
                exit(64)
            }
        } catch {
            print("{\"error\":\"\(error)\"}")
            exit(1)
        }
    }

    private static let who = Custodian(name: "load")
    private static let tool = ToolIdentity(version: "0.1.0")

    private static func collect(
        _ address: EndpointAddress, into path: String, probes count: Int, draws: Int, concurrency: Int, reusing: Bool
    ) async throws {
        let store = try await CaseStore.create(at: path, name: "load", who: who, tool: tool)
        var endpoint = EndpointConfiguration(
            identity: ModelIdentity(name: "suspect", role: .suspect), address: address, model: "served",
            provider: .openAIChat, maximumConcurrency: concurrency)
        endpoint.reusesConnections = reusing
        endpoint.timeouts = .init(connect: 10, firstByte: 10, idle: 5, total: 60, minimumRate: 100, rateWindow: 2)
        let probes = (0..<count).compactMap { number -> IdentifiedProbe? in
            let digits = String(number, radix: 16)
            return Digest(hex: String(repeating: "0", count: 64 - digits.utf8.count) + digits).map { digest in
                IdentifiedProbe(
                    id: digest,
                    probe: Probe(
                        family: "load", prompt: .chat([Message(role: .user, content: "question \(number)")]),
                        sampling: SamplingParameters(), draws: draws, reading: .text))
            }
        }
        let before = Usage.now
        let summary = try await Collector(
            store: store, endpoints: [endpoint], probes: probes, run: "load", plan: nil, seed: 1,
            policy: RetryPolicy(maximumAttempts: 1)
        ).run()
        let used = Usage.now.since(before)
        let errors = summary.errors.sorted { $0.key < $1.key }.map { "\"\($0.key)\":\($0.value)" }
        print(
            "{\"answered\":\(summary.answered),\"attempts\":\(summary.attempts),\"errors\":{\(errors.joined(separator: ","))},"
                + "\(used.json)}")
    }

    private static func reopen(_ path: String) async throws {
        let before = Usage.now
        let store = try await CaseStore.open(at: path, access: .write, who: who, tool: tool)
        print("{\"records\":\(await store.recordCount),\(Usage.now.since(before).json)}")
    }
}

/// What the process has used.
private struct Usage {
    var wall: Double
    var processor: Double

    static var now: Usage {
        var time = timespec()
        _ = unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        var own = rusage()
        _ = unsafe getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &own)
        func seconds(_ value: timeval) -> Double { Double(value.tv_sec) + Double(value.tv_usec) / 1e6 }
        return Usage(
            wall: Double(time.tv_sec) + Double(time.tv_nsec) / 1e9,
            processor: seconds(own.ru_utime) + seconds(own.ru_stime))
    }

    func since(_ start: Usage) -> Usage { Usage(wall: wall - start.wall, processor: processor - start.processor) }

    var json: String {
        "\"seconds\":\(wall),\"processor_seconds\":\(processor),\"peak_memory_mib\":\(Self.peakMemory)"
    }

    // Not `ru_maxrss`, which goes on counting from what the parent held when it forked.
    private static var peakMemory: Int {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        return (line?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? .max) / 1_024
    }
}
