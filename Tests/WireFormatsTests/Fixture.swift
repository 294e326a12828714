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

    static func transcript(_ wire: [UInt8], _ outcome: AttemptOutcome) -> Transcript {
        Transcript(
            run: "r", model: ModelIdentity(name: "m", role: .suspect), probe: probe, draw: 3, attempt: 0, startedAt: 0,
            endedAt: 0, elapsed: 0, connection: ConnectionFacts(peerAddress: nil, serverName: "h"), outcome: outcome,
            request: [], response: wire)
    }
}
