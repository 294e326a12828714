public import ForensicTypes
internal import Features

/// The lineage scores of some models of a population on any of the prompts that they answered.
///
/// It serves to show what a choice of prompts achieves. Only the models given take part: nothing of a score, not even the
/// weights of n-grams, touches another model.
public struct PromptSubsets: Sendable {
    /// A pair of models.
    public struct Pair: Sendable, Hashable {
        /// The lineage of the first model, as a place in ``PromptSubsets/lineages``.
        public let first: Int
        /// The lineage of the second.
        public let second: Int
        /// Whether one is the other or a derivative, or both of a third; false for pairs that count as unrelated.
        public let isRelated: Bool
        fileprivate let cell: Int
    }

    /// The lineages, in order of their names.
    public let lineages: [Lineage]
    /// The related and the unrelated pairs; pairs of other kinds are left out.
    public let pairs: [Pair]
    private let views: [PairViews]

    /// Compares the models prompt by prompt.
    ///
    /// - Parameters:
    ///   - population: The population.
    ///   - models: The names of the models that take part.
    ///   - prompts: The prompts, in the order in which they are numbered.
    ///   - confidence: The least confidence of a documented relation.
    public init(_ population: Population, models: Set<String>, prompts: [String], confidence: Double = 0.8) {
        let members = population.members.filter { models.contains($0.name) }.sorted { $0.name < $1.name }
        let empty = PairViews(models: members.map { (name: $0.name, lineage: $0.entry.lineage) })
        lineages = empty.lineages
        views = prompts.map { prompt in
            var views = empty
            views.add(members.map { $0.answers[prompt] })
            return views
        }
        var pairs: [Pair] = []
        for left in members.indices {
            for right in members.indices where right > left {
                let kind = population.record.kind(members[left].name, members[right].name, confidence: confidence)
                guard kind.isUnrelated || kind == .sameModel || kind == .derivative else { continue }
                pairs.append(
                    Pair(
                        first: empty.lineageOfModel[left], second: empty.lineageOfModel[right],
                        isRelated: !kind.isUnrelated, cell: left * members.count + right))
            }
        }
        self.pairs = pairs
    }

    /// The lineage scores of ``pairs`` on some prompts; nan where a score is not defined.
    ///
    /// - Parameter prompts: Places in the list of prompts, one or more.
    public func scores(on prompts: some Sequence<Int>) -> [Double] {
        var sum: PairViews?
        for prompt in prompts {
            if sum == nil { sum = views[prompt] } else { sum?.add(views[prompt]) }
        }
        guard let sum else { return pairs.map { _ in .nan } }
        let scores = PairScores.lineageScores(sum)
        return pairs.map { scores[$0.cell] }
    }
}

extension Population {
    /// The prompts that more than half of the models answered, in scalar order.
    public var sharedPrompts: [String] { commonPrompts }

    /// The lineage of a model; nil for a model that is no member.
    public func lineage(of model: String) -> Lineage? { members.first { $0.name == model }?.entry.lineage }
}
