public import CaseStore
public import ForensicTypes
internal import WireFormats

/// What one model answered, read from the bytes in a case, with a count of everything that is not an answer.
public struct RecordedAnswers: Sendable {
    /// The answers, one per draw: the first that came.
    public let responses: ResponseSet
    /// Draws that the probes ask for.
    public let wanted: Int
    /// Draws with a readable answer.
    public let answered: Int
    /// Draws without one, for whatever reason.
    public let missing: Int
    /// Attempts without a successful response, by outcome or by what the server said.
    public let failedAttempts: [String: Int]
    /// Successful responses that could not be read, by the reason.
    public let unreadable: [String: Int]
    /// Whether any of the answers was imported rather than collected.
    public let hasImports: Bool

    /// Reads the records of a model.
    ///
    /// - Parameters:
    ///   - model: The model; its name selects the records.
    ///   - store: The case.
    ///   - probes: The probes whose answers are wanted; answers to other probes are left out.
    /// - Throws: `damagedSpool` and the other errors of reading a case. Responses that cannot be read are counted.
    public static func read(
        _ model: ModelIdentity, from store: CaseStore, probes: [IdentifiedProbe]
    ) async throws(CaseStoreError) -> RecordedAnswers {
        RecordedAnswers(of: model, in: try await store.transcripts(of: model.name), probes: probes)
    }

    /// Reads the answers of a model out of its transcripts.
    ///
    /// - Parameters:
    ///   - model: The model; transcripts of others are left out.
    ///   - transcripts: The transcripts in the order of their records, wherever they are kept.
    ///   - probes: The probes whose answers are wanted; answers to other probes are left out.
    public init(of model: ModelIdentity, in transcripts: [Transcript], probes: [IdentifiedProbe]) {
        let draws = Dictionary(probes.map { ($0.id, $0.probe.draws) }, uniquingKeysWith: max)
        var completions: [DrawKey: Completion] = [:]
        var failed: [String: Int] = [:]
        var unreadable: [String: Int] = [:]
        var hasImports = false
        for transcript in transcripts where transcript.model.name == model.name {
            guard let count = draws[transcript.probe], transcript.draw < count else { continue }
            let key = DrawKey(probe: transcript.probe, draw: transcript.draw)
            guard transcript.outcome.isAnswer else {
                failed[Self.failure(of: transcript), default: 0] += 1
                continue
            }
            guard completions[key] == nil else { continue }
            do {
                let completion = try ProviderResponse.completion(of: transcript)
                // An import bears the time of the import, which says nothing about when the model answered.
                completions[key] = transcript.outcome == .imported ? completion : completion.timed(transcript.times)
                if transcript.outcome == .imported { hasImports = true }
            } catch {
                unreadable[error.code.rawValue, default: 0] += 1
            }
        }
        let wanted = draws.values.reduce(0, +)
        responses = ResponseSet(model: model, completions: Array(completions.values))
        self.wanted = wanted
        answered = completions.count
        missing = wanted - completions.count
        failedAttempts = failed
        self.unreadable = unreadable
        self.hasImports = hasImports
    }

    private static func failure(of transcript: Transcript) -> String {
        guard case .http = transcript.outcome, let response = try? HTTPResponse(wire: transcript.response),
            let failure = ServerFailure(response)
        else { return transcript.outcome.name }
        return failure.rawValue
    }
}
