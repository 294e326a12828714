import Evidence
import Testing

/// Departures from the plan that fail no check: each is listed by its own bundle, and nothing else is.
@Suite("Departures from the plan", .enabled(if: ThreeVerifiers.areAvailable, ThreeVerifiers.missing))
struct DeviationTests {
    @Test("A departure is listed, and no other", arguments: DeviatingBundle.all)
    func listed(bundle: DeviatingBundle) async throws {
        let (bytes, pins) = try await bundle.make()
        let verifiers = try ThreeVerifiers(bytes, pins: pins, script: TapeArchive(bytes)["data/verify.sh"])
        #expect(verifiers.codes == [Int32?](repeating: bundle.exitCode, count: 3), "\(verifiers.words)")
        #expect(verifiers.report.deviations == bundle.deviations)
        #expect(verifiers.report.findings == bundle.findings)
    }
}

extension DeviatingBundle: CustomTestStringConvertible {
    var testDescription: String { name }
}
