import Acquisition
import CaseStore
import ForensicTypes
import Foundation
import WireFormats

/// Responses that the tests' server writes.
enum Answers {
    static func response(_ status: String, _ body: String, fields: [String] = []) -> [UInt8] {
        let lines = ["HTTP/1.1 \(status)", "Content-Type: application/json", "Content-Length: \(body.utf8.count)"]
        return Array(((lines + fields).joined(separator: "\r\n") + "\r\n\r\n" + body).utf8)
    }

    static func error(_ status: String, type: String, fields: [String] = []) -> [UInt8] {
        response(status, #"{"error":{"code":0,"message":"m","type":"\#(type)"}}"#, fields: fields)
    }

    static func chat(_ text: String, usage: Bool = true, logprobs: Bool = false) -> [UInt8] {
        let counts = usage ? #","usage":{"prompt_tokens":7,"completion_tokens":2,"total_tokens":9}"# : ""
        let position =
            #"{"token":"A","bytes":[65],"logprob":-0.5,"top_logprobs":["#
            + #"{"token":"A","bytes":[65],"logprob":-0.5},{"token":"B","bytes":[66],"logprob":-1.5}]}"#
        let detail = logprobs ? #","logprobs":{"content":[\#(position)]}"# : ""
        return response(
            "200 OK",
            #"{"object":"chat.completion","model":"served","choices":[{"index":0,"finish_reason":"stop","#
                + #""message":{"role":"assistant","content":"\#(text)"}\#(detail)}]\#(counts)}"#)
    }

    /// A streamed chat answer; without its end where `isCut`, although the transfer is whole.
    static func stream(_ parts: [String], isCut: Bool = false) -> [UInt8] {
        var events = parts.map { #"data: {"choices":[{"index":0,"delta":{"content":"\#($0)"},"finish_reason":null}]}"# }
        if !isCut {
            events += [#"data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}"#, "data: [DONE]"]
        }
        let body = events.map { $0 + "\n\n" }.joined()
        let head = ["HTTP/1.1 200 OK", "Content-Type: text/event-stream", "Content-Length: \(body.utf8.count)"]
        return Array((head.joined(separator: "\r\n") + "\r\n\r\n" + body).utf8)
    }

    static let ok = chat("red, yellow, blue")
    static let models = response("200 OK", #"{"object":"list","data":[{"id":"served"}]}"#)
}

/// Endpoints, probes and cases for tests.
enum Setting {
    static func endpoint(
        _ port: Int, name: String = "suspect", role: ModelRole = .suspect, scheme: String = "http",
        key: EndpointConfiguration.KeySource? = nil, timeout: Double = 5, concurrency: Int = 2
    ) throws -> EndpointConfiguration {
        guard let address = EndpointAddress("\(scheme)://127.0.0.1:\(port)/v1") else {
            throw AcquisitionError(.configuration, "the address of the test")
        }
        return EndpointConfiguration(
            identity: ModelIdentity(name: name, role: role), address: address, model: "served",
            provider: .openAIChat, key: key,
            timeouts: .init(connect: timeout, firstByte: timeout, idle: timeout, total: timeout * 2),
            maximumConcurrency: concurrency)
    }

    static func probe(_ number: Int, draws: Int = 1) throws -> IdentifiedProbe {
        let probe = Probe(
            family: "test", prompt: .chat([Message(role: .user, content: "question \(number)")]),
            sampling: SamplingParameters(), draws: draws, reading: .text)
        let bytes = [UInt8](repeating: UInt8(number), count: 32)
        guard let id = Digest(bytes: bytes) else { throw AcquisitionError(.configuration, "the digest of the test") }
        return IdentifiedProbe(id: id, probe: probe)
    }

    /// Retries without waiting, so that tests take no time.
    static let impatient = RetryPolicy(
        maximumAttempts: 3, firstDelay: 0.001, longestDelay: 0.002, patience: 60, unreachableLimit: 3)

    static func store() async throws -> CaseStore {
        let path = FileManager.default.temporaryDirectory.path + "/whorl-collect-\(UUID().uuidString)"
        return try await CaseStore.create(
            at: path, name: "test", who: Custodian(name: "examiner"), tool: ToolIdentity(version: "0.1.0"))
    }

    static func records(_ store: CaseStore) async throws -> [StoredRecord] {
        var records: [StoredRecord] = []
        for try await record in await store.records() { records.append(record) }
        return records
    }
}
