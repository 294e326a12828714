import CaseStore
import ForensicTypes
import Glibc

/// Writes records to a case and says after each that it was acknowledged: the subject of the crash tests, which inject
/// faults into its system calls from outside.
///
/// Usage: `case-writer create CASE` or `case-writer append CASE FIRST COUNT`. Status 0: done. 1: a write failed, and was
/// reported as such. 2: the case could not be opened.
@main
struct CaseWriter {
    static func main() async {
        let arguments = CommandLine.arguments
        guard arguments.count >= 3 else { exit(64) }
        let who = Custodian(name: "examiner")
        let tool = ToolIdentity(version: "0.1.0")
        let store: CaseStore
        do {
            store =
                arguments[1] == "create"
                ? try await CaseStore.create(at: arguments[2], name: "subject", who: who, tool: tool)
                : try await CaseStore.open(at: arguments[2], access: .write, who: who, tool: tool)
        } catch {
            exit(2)
        }
        guard arguments.count == 5, let first = Int(arguments[3]), let count = Int(arguments[4]) else { return }
        do {
            try await store.log(.collectStart, why: "records from \(first)")
            for number in first..<(first + count) {
                try await store.keep(certificates: [[UInt8](repeating: UInt8(number % 256), count: 100)])
                let sequence = try await store.append(transcript(number))
                say("acknowledged \(sequence)\n")
            }
            try await store.log(.collectEnd, why: "records to \(first + count - 1)")
            await store.settle()
            say("done\n")
        } catch {
            say("failed \(error.code.rawValue)\n")
            exit(1)
        }
    }

    private static func say(_ line: String) {
        let bytes = Array(line.utf8)
        _ = unsafe bytes.withUnsafeBytes { unsafe write(STDOUT_FILENO, $0.baseAddress, $0.count) }
    }

    private static func transcript(_ number: Int) -> Transcript {
        let digits = String(number, radix: 16)
        guard let probe = Digest(hex: String(repeating: "0", count: 64 - digits.utf8.count) + digits) else { exit(64) }
        return Transcript(
            run: "run-1", model: ModelIdentity(name: "suspect", role: .suspect), probe: probe, draw: 0, attempt: 0,
            startedAt: Int64(number),
            endedAt: Int64(number) + 1, elapsed: 1,
            connection: ConnectionFacts(peerAddress: "127.0.0.1:1", serverName: "localhost"),
            outcome: .http(status: 200), request: Array("request \(number)".utf8),
            response: Array("response \(number)".utf8))
    }
}
