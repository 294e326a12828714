internal import Features

/// The similarities of some models' answers to one probe with those of all models.
public struct ProbeSimilarity: Sendable {
    /// For each view, one row per focus model and one column per model; nan where either answer is missing.
    let values: [[Double]]
    /// For each view, the mean similarity within the cohort across lineages; empty without a cohort.
    let levels: [Double]
    /// The residual vectors of all models as ``ResponseGeometry`` keeps them; empty where they were not asked for.
    let embeddings: [Float]
    /// Which models have one.
    let isEmbedded: [Bool]
}

/// Computes the similarities of the answers to one probe. A value without state: probes can be computed in any order, and on any
/// number of threads, with the same bits.
public struct ProbeSimilarityKernel: Sendable {
    /// How many scalars of an answer the character views read.
    public static let openingScalars = 600
    /// How many scalars and words of an answer the word view reads at most; only a bound for hostile answers.
    public static let longestScalars = 40_000
    /// The buckets of the residual view.
    public static let residualBuckets = 512

    private let modelWeights: [Double]
    private let rows: [Int]
    private let cohort: [[Int]]

    init(modelWeights: [Double], rows: [Int], cohort: [[Int]]) {
        self.modelWeights = modelWeights
        self.rows = rows
        self.cohort = cohort
    }

    /// Compares the answers to one probe.
    ///
    /// - Parameter texts: One answer per model, in the order of the models; nil where it is missing. An answer that is too
    ///   short for a view (fewer than 4 scalars, fewer than 5 words) is missing in that view.
    public func similarities(of texts: [[UInt8]?]) -> ProbeSimilarity { similarities(of: texts, embedding: false) }

    /// The same, with the residual vectors where `embedding` is true.
    func similarities(of texts: [[UInt8]?], embedding: Bool) -> ProbeSimilarity {
        precondition(texts.count == modelWeights.count, "\(texts.count) answers for \(modelWeights.count) models")
        let bytes = texts.reduce(0) { $0 + ($1?.count ?? 0) }
        let characters = ProbeVectors(
            SortedGrams(models: texts.count, capacity: min(bytes, texts.count * Self.openingScalars)) { model, keys in
                guard let text = texts[model] else { return }
                NGramKeys.appendFourGrams(ofOpening: text, scalars: Self.openingScalars, to: &keys)
            }, modelWeights: modelWeights, buckets: Self.residualBuckets)
        let words = ProbeVectors(
            SortedGrams(models: texts.count, capacity: bytes / 4) { model, keys in
                guard let text = texts[model] else { return }
                NGramKeys.appendKeys(
                    of: WordSequence(text, scalarLimit: Self.longestScalars).words, length: 5, to: &keys)
            }, modelWeights: modelWeights)
        let residual = ResidualVectors(characters, modelWeights: modelWeights)
        return ProbeSimilarity(
            values: [characters.cosines(rows: rows), words.cosines(rows: rows), residual.cosines(rows: rows)],
            levels: cohort.isEmpty
                ? []
                : [
                    characters.meanCosine(across: cohort), words.meanCosine(across: cohort),
                    residual.meanCosine(across: cohort),
                ],
            embeddings: embedding ? residual.folded(to: ResponseGeometry.columns) : [],
            isEmbedded: embedding ? residual.isUsable : [])
    }
}
