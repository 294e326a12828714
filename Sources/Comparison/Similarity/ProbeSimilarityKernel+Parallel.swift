internal import ForensicTypes

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
        ConcurrentValues.map(probes.count) { similarities(of: probes[$0], embedding: $0 < embedding) }
    }
}
