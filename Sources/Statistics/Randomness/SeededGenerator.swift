/// A random number generator that gives the same numbers for the same seed on every machine: xoshiro256** of Blackman and
/// Vigna ("Scrambled linear pseudorandom number generators", ACM TOMS 47, 2021), its state filled by SplitMix64.
///
/// Period 2²⁵⁶ − 1. It is not for secrets. Bounded integers, shuffles and deviates are this module's own, because those of
/// the standard library may change between versions.
public struct SeededGenerator: RandomNumberGenerator, Sendable, Hashable {
    private var s0: UInt64
    private var s1: UInt64
    private var s2: UInt64
    private var s3: UInt64

    /// Seeds the generator. Every seed is good; 0 too.
    public init(seed: UInt64) {
        var filler = SplitMix64(seed: seed)
        self.init(state: (filler.next(), filler.next(), filler.next(), filler.next()))
    }

    /// Takes a state, for known-answer tests. It must not be all zero.
    package init(state: (UInt64, UInt64, UInt64, UInt64)) {
        (s0, s1, s2, s3) = state
    }

    /// The next 64 bits.
    public mutating func next() -> UInt64 {
        let scrambled = s1 &* 5
        let result = (scrambled << 7 | scrambled >> 57) &* 9
        let shifted = s1 << 17
        s2 ^= s0
        s3 ^= s1
        s1 ^= s2
        s0 ^= s3
        s2 ^= shifted
        s3 = s3 << 45 | s3 >> 19
        return result
    }

    /// Splits off an independent stream: the result starts here, and this generator moves 2¹²⁸ numbers on, so that the two
    /// never overlap.
    public mutating func split() -> SeededGenerator {
        let stream = self
        var (j0, j1, j2, j3): (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
        for word: UInt64 in [
            0x180e_c6d3_3cfd_0aba, 0xd5a6_1266_f0c9_392c, 0xa958_2618_e03f_c9aa, 0x39ab_dc45_29b1_661c,
        ] {
            for bit in 0..<64 {
                if word >> UInt64(bit) & 1 == 1 {
                    j0 ^= s0
                    j1 ^= s1
                    j2 ^= s2
                    j3 ^= s3
                }
                _ = next()
            }
        }
        (s0, s1, s2, s3) = (j0, j1, j2, j3)
        return stream
    }
}
