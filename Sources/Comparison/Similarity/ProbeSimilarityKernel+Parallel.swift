internal import Dispatch
internal import Synchronization

extension ProbeSimilarityKernel {
    /// Compares the answers to many probes on all processors. The results are those of ``similarities(of:)`` called one by
    /// one, bit for bit: each probe is computed by one thread, and they are returned in order.
    ///
    /// - Parameter probes: For each probe, one answer per model, nil where it is missing.
    public func similarities(ofEach probes: [[[UInt8]?]]) -> [ProbeSimilarity] {
        similarities(ofEach: probes, embedding: 0)
    }

    /// The same, with the residual vectors of the first `embedding` probes.
    func similarities(ofEach probes: [[[UInt8]?]], embedding: Int) -> [ProbeSimilarity] {
        let results = Mutex<[ProbeSimilarity?]>(Array(repeating: nil, count: probes.count))
        DispatchQueue.concurrentPerform(iterations: probes.count) { index in
            let similarity = similarities(of: probes[index], embedding: index < embedding)
            results.withLock { $0[index] = similarity }
        }
        return results.withLock { $0.compactMap(\.self) }
    }
}
