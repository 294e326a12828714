import Acquisition
import Foundation
import Synchronization

/// The events of a collection as lines of JSON on standard output, for programs that watch it.
final class EventLines: Sendable {
    private let visible: Bool
    private let lastProgress = Mutex<ContinuousClock.Instant?>(nil)

    init(visible: Bool) { self.visible = visible }

    /// Writes an event; progress at most once a second.
    func write(_ event: CollectionEvent) {
        guard visible else { return }
        switch event {
        case .progress(let progress):
            let now = ContinuousClock.now
            let isDue = lastProgress.withLock { last in
                if let last, now - last < .seconds(1), progress.done < progress.total { return false }
                last = now
                return true
            }
            if isDue { write(progress, as: "progress") }
        case .fault(let report): write(report, as: "fault")
        case .summary(let summary): write(summary, as: "summary")
        }
    }

    /// Writes that a checkpoint was made.
    func write(_ checkpoint: CheckpointReport) {
        if visible { write(checkpoint, as: "checkpoint") }
    }

    /// Writes an error.
    func write(_ error: ErrorReport) {
        if visible { write(error, as: "error") }
    }

    private func write(_ value: some Encodable, as event: String) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let line = try? encoder.encode(Line(event: event, value: value)) else { return }
        FileHandle.standardOutput.write(line + Data("\n".utf8))
    }

    /// A value with the key `event` added to its own.
    private struct Line<Value: Encodable>: Encodable {
        let event: String
        let value: Value

        private enum CodingKeys: CodingKey { case event }

        func encode(to encoder: any Encoder) throws {
            try value.encode(to: encoder)
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(event, forKey: .event)
        }
    }
}
