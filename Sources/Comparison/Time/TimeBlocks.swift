public import ForensicTypes

/// A collection cut into blocks of time, inside which labels may be exchanged.
///
/// The rule: a block ends where nothing was asked of either model for ``longestPause``, and where a change of an endpoint was found
/// (``TimeSegmentation``). Within a block the draws of both models are taken in random order, so that a drift of the servers meets both alike;
/// across a pause it need not. Answers without a time, as imported ones are, form a block of their own.
public struct TimeBlocks: Sendable, Hashable {
    /// The longest pause inside a block: half an hour, in nanoseconds.
    public static let longestPause: Int64 = 1_800_000_000_000

    /// When the second and each further block begins, ascending, in nanoseconds since 1970.
    public let beginnings: [Int64]

    /// Cuts the collection of some models.
    ///
    /// - Parameters:
    ///   - models: The models that are compared.
    ///   - changes: Where an endpoint changed, in nanoseconds since 1970.
    public init(of models: [ResponseSet], changes: [Int64] = []) {
        let starts = models.flatMap { $0.completions.values.joined().compactMap { $0.times?.startedAt } }.sorted()
        var beginnings = Set(changes)
        for (earlier, later) in zip(starts, starts.dropFirst()) where later - earlier > Self.longestPause {
            beginnings.insert(later)
        }
        // A change before the first answer, or after the last, cuts nothing.
        let range = (starts.first ?? 0)...(starts.last ?? 0)
        self.beginnings = beginnings.filter { $0 > range.lowerBound && range.contains($0) }.sorted()
    }

    /// The block of an answer, from 0; -1 for one without a time.
    public func block(of completion: Completion) -> Int {
        guard let time = completion.times?.startedAt else { return -1 }
        return beginnings.count { $0 <= time }
    }
}
