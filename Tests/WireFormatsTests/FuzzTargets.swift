import ForensicTypes
import WireFormats

/// What is fuzzed: each target reads bytes and fails by crashing. `Tools/Fuzz` feeds it made-up inputs, the tests replay those
/// that were kept.
enum FuzzTarget: String, CaseIterable {
    /// The JSON scanner, and every way to look at what it found.
    case json
    /// The HTTP response parser, whole and in pieces.
    case http
    /// Every interface of every provider with every framing of its answers. The first two bytes choose.
    case provider
    /// HTTP archives and lines of imported answers.
    case archive

    func run(_ bytes: [UInt8]) {
        switch self {
        case .json: Self.json(bytes)
        case .http: Self.http(bytes)
        case .provider: Self.provider(bytes)
        case .archive: Self.archive(bytes)
        }
    }

    static let paths = [
        "/v1/chat/completions", "/v1/completions", "/v1/responses", "/v1/messages", "/models/m:generateContent",
        "/api/chat",
        "/api/generate", "/completion", "/v2/chat", "/model/m/converse", "/generate", "/unknown",
    ]
    static let mediaTypes = [
        "application/json", "text/event-stream", "application/x-ndjson", "application/vnd.amazon.eventstream",
    ]

    private static func json(_ bytes: [UInt8]) {
        guard let root = try? JSONDocument(bytes).root else { return }
        var rest = [root]
        while let node = rest.popLast() {
            _ = (node.text, node.number, node.integer, node.boolean, node.byteList)
            precondition(!node.source.isEmpty)
            rest += node.elements ?? []
            for (key, value) in node.members ?? [] {
                let name = String(decoding: key, as: UTF8.self)
                precondition(Array(name.utf8) == key && (value.isNull || node[name] != nil))
                rest.append(value)
            }
        }
        // What stands for a value is JSON itself, with the same value.
        precondition((try? JSONDocument(root.source)) != nil)
    }

    private static func http(_ bytes: [UInt8]) {
        let limits = HTTPLimits(header: 2_048, body: 2_048)
        let whole = try? HTTPResponse(wire: bytes, limits: limits)
        var parser = HTTPResponseParser(limits: limits)
        var isRefused = false
        do throws(WireFormatsError) {
            for start in stride(from: 0, to: bytes.count, by: 7) {
                try parser.consume(bytes[start..<min(start + 7, bytes.count)])
            }
            if !parser.isComplete { try parser.finish() }
        } catch {
            isRefused = true
        }
        precondition(isRefused == (whole == nil) && (isRefused || parser.response == whole))
        if let whole { _ = (ServerFailure(whole), whole.retryAfterSeconds) }
    }

    private static func provider(_ bytes: [UInt8]) {
        guard bytes.count >= 2, let digest = Digest(bytes: [UInt8](repeating: 1, count: 32)) else { return }
        let path = paths[Int(bytes[0]) % paths.count]
        let type = mediaTypes[Int(bytes[1]) % mediaTypes.count]
        let body = bytes.dropFirst(2)
        let head = "HTTP/1.1 200 OK\r\nContent-Type: \(type)\r\nContent-Length: \(body.count)\r\n\r\n"
        guard let response = try? HTTPResponse(wire: Array(head.utf8) + body) else { return }
        let isBroken = ProviderResponse.isBrokenStream(response, target: path)
        let answer = try? ProviderResponse.completion(of: response, target: path, probe: digest, draw: 0)
        precondition(!isBroken || answer == nil)
        if let answer { precondition(answer.positions.allSatisfy { $0.chosen.logprob <= 0 }) }
        for provider in ProviderProtocol.allCases { _ = try? ProviderResponse.models(body: Array(body), of: provider) }
    }

    private static func archive(_ bytes: [UInt8]) {
        guard let digest = Digest(bytes: [UInt8](repeating: 1, count: 32)) else { return }
        _ = try? ImportedRecord(bytes).completion(probe: digest, draw: 0)
        guard let archive = try? HTTPArchive(bytes) else { return }
        for (entry, secrets) in zip(archive.entries, archive.secrets) {
            precondition(secrets.allSatisfy { $0.place.lowerBound >= 0 && $0.place.upperBound <= entry.count })
            if let exchange = try? ArchivedExchange(entry: entry) {
                _ = exchange.question
                _ = try? exchange.completion(probe: digest, draw: 0)
            }
        }
    }
}
