import Acquisition
import Foundation
import Reporting
import Synchronization

/// One line on a terminal that says how far long work has come.
final class ProgressBar: Sendable {
    private let title: String
    private let visible: Bool
    private let started = ContinuousClock.now
    private let lastDrawn = Mutex(ContinuousClock.now - .seconds(1))

    init(title: String, visible: Bool) {
        self.title = title
        self.visible = visible
    }

    /// Draws how far work has come that began with this bar.
    func update(done: Int, of total: Int) {
        var line = ProgressLine(title: title, done: done, total: total)
        let seconds = started.duration(to: .now).inSeconds
        if done > 0, seconds > 0.5 {
            line.rate = Double(done) / seconds
            line.secondsLeft = Double(total - done) * seconds / Double(done)
        }
        draw(line)
    }

    /// Draws how far a collection is, which earlier runs may have begun.
    func update(_ progress: CollectionProgress) {
        var line = ProgressLine(title: title, done: progress.done, total: progress.total)
        line.rate = progress.rate
        line.secondsLeft = progress.secondsLeft
        line.spent = progress.spent
        line.errors = progress.errors
        draw(line)
    }

    /// Draws the state of a collection.
    func update(_ event: CollectionEvent) {
        if case .progress(let progress) = event { update(progress) }
    }

    /// Clears the line.
    func finish() {
        if visible { StandardError.write("\r\u{1B}[2K") }
    }

    // At most ten times a second, and the end.
    private func draw(_ line: ProgressLine) {
        guard visible else { return }
        let now = ContinuousClock.now
        let due = lastDrawn.withLock { last in
            guard now - last > .milliseconds(100) || line.done == line.total else { return false }
            last = now
            return true
        }
        if due { StandardError.write("\r\u{1B}[2K" + line.text) }
    }
}
