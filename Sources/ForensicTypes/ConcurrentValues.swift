internal import Dispatch
internal import Synchronization

/// Values that do not depend on one another, computed on all processors.
package enum ConcurrentValues {
    /// The values of the whole numbers below `count`, in order, whatever order they were computed in.
    package static func map<Value: Sendable>(_ count: Int, _ value: @Sendable (Int) -> Value) -> [Value] {
        let values = Mutex<[Value?]>(Array(repeating: nil, count: count))
        DispatchQueue.concurrentPerform(iterations: count) { index in
            let result = value(index)
            values.withLock { $0[index] = result }
        }
        return values.withLock { $0.compactMap(\.self) }
    }
}
