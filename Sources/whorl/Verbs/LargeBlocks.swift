import CMalloc

/// Blocks of memory of 2 MiB and more.
enum LargeBlocks {
    /// Has each of them given back to the system once it is freed, for the rest of the process.
    ///
    /// By itself the C library keeps freed blocks of up to 32 MiB for later ones, for each thread apart, and what threads hand
    /// on to each other leaves gaps there.
    static func returnOnceFreed() { _ = mallopt(M_MMAP_THRESHOLD, 2 << 20) }
}
