internal import Crypto
internal import FoundationEssentials

/// The pseudorandom choices behind one family's instances: HMAC-SHA256 in counter mode.
///
/// The key is `HMAC(secret, epoch, seed, family, revision)`. Bounded draws and shuffles are spelled out here, because those
/// of the standard library may change between releases and the instances may not.
struct InstanceStream {
    private let key: SymmetricKey
    private var counter: UInt64 = 0
    private var words: [UInt64] = []

    init(secret: ProbeSecret, epoch: String, seed: UInt64, family: String, revision: Int) {
        let parts = ["whorl instances v1", epoch, String(seed), family, String(revision)].map { Array($0.utf8) }
        key = SymmetricKey(data: secret.authenticate(parts))
    }

    /// The stream behind the paraphrase of one probe.
    init(secret: ProbeSecret, epoch: String, paraphrasing probe: [UInt8]) {
        let parts = ["whorl paraphrase v1", epoch].map { Array($0.utf8) } + [probe]
        key = SymmetricKey(data: secret.authenticate(parts))
    }

    mutating func next() -> UInt64 {
        if words.isEmpty {
            let block = Array(HMAC<SHA256>.authenticationCode(for: ProbeSecret.bytes(of: counter), using: key))
            counter += 1
            words = stride(from: 24, through: 0, by: -8).map { offset in
                block[offset..<offset + 8].reduce(0) { $0 << 8 | UInt64($1) }
            }
        }
        return words.removeLast()
    }

    /// A uniform whole number in 0..<bound, by rejection.
    mutating func index(below bound: Int) -> Int {
        precondition(bound > 0, "an index needs a positive bound")
        let bound = UInt64(bound)
        let limit = UInt64.max - UInt64.max % bound
        var word = next()
        while word >= limit { word = next() }
        return Int(word % bound)
    }

    /// A uniform element; the list must not be empty.
    mutating func pick<Element>(_ list: [Element]) -> Element { list[index(below: list.count)] }

    /// A uniform permutation (Fisher and Yates).
    mutating func shuffled<Element>(_ list: [Element]) -> [Element] {
        var list = list
        for position in stride(from: list.count - 1, to: 0, by: -1) {
            list.swapAt(position, index(below: position + 1))
        }
        return list
    }
}
