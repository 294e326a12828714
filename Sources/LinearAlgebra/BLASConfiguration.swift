internal import COpenBLAS
internal import Synchronization

/// The numerical library as it runs in this process. It belongs in every result, because real-valued products differ in
/// the last bits between processor kernels and thread counts.
public struct BLASConfiguration: Sendable, Hashable, Codable {
    /// The library's own description: version, build options, and the most threads it was built for.
    public let version: String
    /// The processor kernel that the library chose, for example `Haswell`. Set `OPENBLAS_CORETYPE` to choose another.
    public let kernel: String
    /// How many threads one call uses.
    public let threads: Int

    /// The configuration now.
    public static var current: BLASConfiguration {
        BLASRuntime.prepare()
        return unsafe BLASConfiguration(
            version: String(cString: openblas_get_config()), kernel: String(cString: openblas_get_corename()),
            threads: Int(openblas_get_num_threads()))
    }

    /// Sets how many threads one call uses, for the whole process; 1 unless this is called.
    ///
    /// Leave it at 1 and run independent products concurrently instead: that scales as well, never changes a bit, and
    /// does not collapse when another process holds a core. Call this while no product is running.
    /// - Parameter threads: 1 to 64.
    /// - Throws: `invalidSetting` outside that range.
    public static func setThreads(_ threads: Int) throws(LinearAlgebraError) {
        guard (1...64).contains(threads) else {
            throw LinearAlgebraError(.invalidSetting, "\(threads) BLAS threads asked for; give 1 to 64")
        }
        BLASRuntime.prepare()
        BLASRuntime.setThreads(threads)
    }
}

/// The state of OpenBLAS, which is one per process.
///
/// Only changes of the thread count are serialised. The calls themselves are not: at one thread OpenBLAS runs each call
/// on its caller's stack and a scratch buffer taken under the library's own lock, and one process-wide lock around every
/// product would undo the parallelism over independent chunks that the rest of Whorl is built on. `ConcurrencyTests`
/// compares concurrent products with the serial ones.
enum BLASRuntime {
    private static let threadCountChange = Mutex(())
    private static let oneThread: Void = setThreads(1)

    /// Sets one thread, the first time only. The environment variable is read too early to be set from here.
    static func prepare() { oneThread }

    static func setThreads(_ threads: Int) {
        threadCountChange.withLock { _ in openblas_set_num_threads(Int32(threads)) }
    }
}
