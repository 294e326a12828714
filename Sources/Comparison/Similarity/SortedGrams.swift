internal import Features

/// The n-grams of all answers to one probe, brought together by sorting.
///
/// One number per n-gram and place holds 40 bits or more of the n-gram's hash above the model that wrote it. Sorted, the places of
/// one n-gram are neighbours, its models ascend, and a model that repeats it repeats the number. Sorting two or three
/// digits by counting is several times faster than asking a table for every place, and reads memory in order.
struct SortedGrams {
    /// The numbers, in ascending order.
    let records: [UInt64]
    /// How many low bits hold the model.
    let modelBits: Int
    /// Which models have an n-gram.
    let isAnswered: [Bool]

    /// Sorts the n-grams of some documents.
    ///
    /// - Parameter documents: The n-gram keys of each model's answer; nil where it is missing.
    init(_ documents: [[UInt64]?]) {
        self.init(models: documents.count, capacity: documents.reduce(0) { $0 + ($1?.count ?? 0) }) { model, keys in
            if let document = documents[model] { keys += document }
        }
    }

    /// Sorts the n-grams of the answers of some models.
    ///
    /// - Parameters:
    ///   - models: How many models there are.
    ///   - capacity: About how many n-grams there are.
    ///   - append: Appends the keys of the n-grams of a model's answer; nothing where it is missing.
    init(models: Int, capacity: Int, append: (Int, inout [UInt64]) -> Void) {
        let modelBits = max(1, 64 - max(0, models - 1).leadingZeroBitCount)
        precondition(modelBits <= 24, "\(models) models are more than can be told apart here")
        let mask = UInt64.max << UInt64(modelBits)
        var records: [UInt64] = []
        records.reserveCapacity(capacity)
        var isAnswered = [Bool](repeating: false, count: models)
        for model in 0..<models {
            let start = records.count
            append(model, &records)
            isAnswered[model] = records.count > start
            var added = records.mutableSpan
            for index in start..<added.count { added[index] = Self.hash(of: added[index]) & mask | UInt64(model) }
        }
        self.modelBits = modelBits
        self.isAnswered = isAnswered
        self.records = Self.sorted(records)
    }

    /// The hash of an n-gram's key. Its sixteen top bits are the low bits of the mixed key, which ``bucket(of:buckets:)`` reads, so that
    /// neighbours in order share a bucket.
    @inline(__always)
    private static func hash(of key: UInt64) -> UInt64 {
        let mixed = NGramKeys.mixed(key)
        return mixed >> 16 | mixed << 48
    }

    /// The bucket that a record's n-gram is hashed to, and whether it is subtracted from it: the low bits and the top bit of the mixed key.
    @inline(__always)
    static func bucket(of record: UInt64, buckets: Int) -> (bucket: Int, isNegative: Bool) {
        (Int(truncatingIfNeeded: record >> 48) & (buckets - 1), record >> 47 & 1 == 1)
    }

    /// Sorts by the top 22 bits, digit by digit from the lower one, then puts in order what shares all of them.
    private static func sorted(_ records: [UInt64]) -> [UInt64] {
        guard records.count > 512 else { return records.sorted() }
        // Both digits are counted in one pass; the second sort does not change how many of each there are.
        var low = [Int](repeating: 0, count: 2048)
        var high = low
        count(records.span, low: &low, high: &high)
        var result = records
        var other = records
        distribute(result.span, by: 42, from: &low, to: &other)
        distribute(other.span, by: 53, from: &high, to: &result)
        // Places of one n-gram come in order of the models already; only n-grams that share 22 bits need more.
        var index = 1
        while index < result.count {
            guard result[index] < result[index - 1] else {
                index += 1
                continue
            }
            let digits = result[index] >> 42
            var start = index - 1
            while start > 0, result[start - 1] >> 42 == digits { start -= 1 }
            var end = index
            while end < result.count, result[end] >> 42 == digits { end += 1 }
            result[start..<end].sort()
            index = end
        }
        return result
    }

    /// Turns the numbers of records with each digit into the places where the digits begin.
    private static func count(_ records: Span<UInt64>, low: inout [Int], high: inout [Int]) {
        var lowCounts = low.mutableSpan
        var highCounts = high.mutableSpan
        for index in records.indices {
            let record = records[index]
            lowCounts[Int(truncatingIfNeeded: record >> 42 & 2047)] &+= 1
            highCounts[Int(truncatingIfNeeded: record >> 53)] &+= 1
        }
        var (nextLow, nextHigh) = (0, 0)
        for digit in 0..<2048 {
            (lowCounts[digit], nextLow) = (nextLow, nextLow &+ lowCounts[digit])
            (highCounts[digit], nextHigh) = (nextHigh, nextHigh &+ highCounts[digit])
        }
    }

    /// One pass of a stable counting sort over eleven bits, from the places where the digits begin.
    private static func distribute(
        _ source: Span<UInt64>, by shift: UInt64, from places: inout [Int], to target: inout [UInt64]
    ) {
        var output = target.mutableSpan
        var positions = places.mutableSpan
        for index in source.indices {
            let record = source[index]
            let digit = Int(truncatingIfNeeded: record &>> shift & 2047)
            let place = positions[digit]
            output[place] = record
            positions[digit] = place &+ 1
        }
    }
}
