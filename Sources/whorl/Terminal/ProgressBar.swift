import Acquisition
import Foundation
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

    /// Draws the bar, at most ten times a second.
    ///
    /// `remark` says what went wrong so far, for example `2 timeouts`.
    func update(done: Int, of total: Int, remark: String = "") {
        guard visible else { return }
        let now = ContinuousClock.now
        let due = lastDrawn.withLock { last in
            guard now - last > .milliseconds(100) || done == total else { return false }
            last = now
            return true
        }
        guard due else { return }
        StandardError.write("\r\u{1B}[2K" + Self.line(title, done, total, elapsed: now - started, remark))
    }

    /// Clears the line.
    func finish() {
        if visible { StandardError.write("\r\u{1B}[2K") }
    }

    static func line(_ title: String, _ done: Int, _ total: Int, elapsed: Duration, _ remark: String) -> String {
        let width = 24
        let filled = total > 0 ? min(width, done * width / total) : 0
        let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: width - filled)
        let seconds = Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) * 1e-18
        var parts = ["\(title) [\(bar)] \(done)/\(total)"]
        if done > 0, seconds > 0.5 {
            let rate = Double(done) / seconds
            let left = Int((Double(total - done) / rate).rounded(.up))
            let tenths = Int((rate * 10).rounded())
            parts.append("\(tenths / 10).\(tenths % 10)/s")
            parts.append("\(left / 60):\(left % 60 < 10 ? "0" : "")\(left % 60) left")
        }
        if !remark.isEmpty { parts.append(remark) }
        return parts.joined(separator: "  ")
    }
}

extension ProgressBar {
    /// Draws the state of a collection.
    func update(_ event: CollectionEvent) {
        if case .progress(let progress) = event { update(progress) }
    }

    /// Draws how far a collection is.
    func update(_ progress: CollectionProgress) {
        update(done: progress.done, of: progress.total, remark: Self.remark(progress))
    }

    /// What a collection has cost and what went wrong, for example `1.25 USD  2 timeout, 1 broken`.
    static func remark(_ progress: CollectionProgress) -> String {
        let money = progress.spent.sorted { $0.key < $1.key }.map { currency, amount in
            let hundredths = Int((amount * 100).rounded())
            return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100) \(currency)"
        }
        let errors = progress.errors.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
        return [money.joined(separator: ", "), errors.joined(separator: ", ")].filter { !$0.isEmpty }
            .joined(separator: "  ")
    }
}
