import ContentAddressing
import ForensicTypes
import Foundation
import Testing
import WireFormats

/// The recorded answers of this folder's fixtures.
enum Fixture {
    static func wire(_ name: String) throws -> [UInt8] {
        let url = Bundle.module.url(forResource: "Fixtures/\(name)", withExtension: "http")
        return Array(try Data(contentsOf: try #require(url)))
    }

    static func response(_ name: String) throws -> HTTPResponse { try HTTPResponse(wire: try wire(name)) }

    static let probe = SHA256Digest.of(text: "probe")

    static func completion(_ name: String) throws -> Completion {
        try ProviderResponse.completion(of: transcript(try wire(name), .http(status: 200)))
    }

    /// The answer in a fixture of a provider, as a record of a request to this path gives it.
    static func answer(_ name: String, at path: String) throws -> Completion {
        let request = Array("POST \(path) HTTP/1.1\r\nHost: h\r\n\r\n".utf8)
        return try ProviderResponse.completion(
            of: transcript(try wire("providers/" + name), .http(status: 200), request: request))
    }

    static func text(_ bytes: [UInt8]?) -> String? { bytes.map { String(decoding: $0, as: UTF8.self) } }

    static func transcript(_ wire: [UInt8], _ outcome: AttemptOutcome, request: [UInt8] = []) -> Transcript {
        Transcript(
            run: "r", model: ModelIdentity(name: "m", role: .suspect), probe: probe, draw: 3, attempt: 0, startedAt: 0,
            endedAt: 0, elapsed: 0, connection: ConnectionFacts(peerAddress: nil, serverName: "h"), outcome: outcome,
            request: request, response: wire)
    }
}
