public import Foundation

/// A file of known answers: where they come from and what they are.
public struct ReferenceVectors<Cases: Decodable>: Decodable {
    /// The program that computed them, with its version.
    public let origin: String
    /// The answers.
    public let cases: Cases

    /// Reads `Fixtures/<name>.json` of a test bundle.
    public static func load(_ name: String, from bundle: Bundle) throws -> Cases {
        let url = bundle.bundleURL.appending(path: "Fixtures/\(name).json")
        let vectors = try JSONDecoder().decode(Self.self, from: Data(contentsOf: url))
        guard !vectors.origin.isEmpty else { throw CocoaError(.fileReadCorruptFile) }
        return vectors.cases
    }
}
