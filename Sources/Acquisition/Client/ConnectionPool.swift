internal import NIOCore
internal import Synchronization

/// The connections of one client that wait for their next exchange.
final class ConnectionPool: Sendable {
    /// How long a connection waits for its next exchange before it is closed.
    static let idleTime = TimeAmount.seconds(4)

    private struct Idle: Sendable {
        let number: Int
        let loop: any EventLoop
        let connection: NIOLoopBound<WireConnection>
    }

    private struct State: Sendable {
        var idle: [Idle] = []
        var opened = 0
    }

    private let state = Mutex(State())

    /// A connection to reuse, the last that became free, and its loop.
    func take() -> (loop: any EventLoop, connection: NIOLoopBound<WireConnection>)? {
        state.withLock { state in state.idle.popLast().map { ($0.loop, $0.connection) } }
    }

    /// The number of a new connection.
    func nextNumber() -> Int {
        state.withLock { state in
            defer { state.opened += 1 }
            return state.opened
        }
    }

    /// Takes a connection back; called on its loop.
    func put(_ connection: WireConnection, on loop: any EventLoop) {
        let idle = Idle(
            number: connection.number, loop: loop, connection: NIOLoopBound(connection, eventLoop: loop))
        state.withLock { $0.idle.append(idle) }
    }

    /// A connection is gone.
    func forget(_ number: Int) {
        state.withLock { $0.idle.removeAll { $0.number == number } }
    }

    /// Closes what waits.
    func closeAll() {
        let idle = state.withLock { state in
            defer { state.idle = [] }
            return state.idle
        }
        for entry in idle { entry.loop.execute { entry.connection.value.close() } }
    }
}
