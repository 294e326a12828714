public import ForensicTypes

/// What is asked about an attempt without reading its bytes.
public struct AttemptSummary: Sendable, Hashable {
    /// Where the record lies in the spool.
    struct Place: Sendable, Hashable {
        let segment: Int
        let offset: Int
        let length: Int
    }

    /// The number of the record.
    public let sequence: Int
    /// The collection run.
    public let run: String
    /// The model that was asked.
    public let model: ModelIdentity
    /// The probe.
    public let probe: Digest
    /// Which draw, from 0.
    public let draw: Int
    /// Which attempt at this draw, from 0.
    public let attempt: Int
    /// How it ended.
    public let outcome: AttemptOutcome

    let place: Place
}

/// One answer that is wanted: a draw of a probe.
public struct DrawKey: Sendable, Hashable {
    /// The probe.
    public let probe: Digest
    /// Which draw, from 0.
    public let draw: Int

    /// Names a draw.
    public init(probe: Digest, draw: Int) {
        self.probe = probe
        self.draw = draw
    }
}

extension AttemptSummary {
    init(record: StoredRecord, frame: SpoolFrame) {
        self.init(
            record: record, place: Place(segment: frame.segment, offset: frame.offset, length: frame.length))
    }

    init(record: StoredRecord, place: Place) {
        let transcript = record.transcript
        self.init(
            sequence: record.sequence, run: transcript.run, model: transcript.model, probe: transcript.probe,
            draw: transcript.draw, attempt: transcript.attempt, outcome: transcript.outcome, place: place)
    }
}

extension AttemptOutcome {
    /// The HTTP status, where a complete response came.
    public var status: Int? {
        switch self {
        case .http(let status), .errorAnswer(let status): status
        default: nil
        }
    }

    /// Whether an answer stands behind it: an HTTP status from 200 to 299, or an import.
    public var isAnswer: Bool {
        switch self {
        case .http(let status): (200..<300).contains(status)
        case .imported: true
        default: false
        }
    }
}
