/// What 100 instances of a family digest to under seed 20261123.
///
/// Those of raw prompts and of questions are confirmed by `Tools/reference/probe_instances.py`, which makes the instances anew in Python.
/// A change means that sealed sets can no longer be made again: raise the family's revision or the generator's version.
struct GoldenProbes: Sendable {
    let family: String
    let digest: String

    static let all = [
        GoldenProbes(family: "border-inputs", digest: "a92fee34"),
        GoldenProbes(family: "continuation", digest: "7feae3ab"),
        GoldenProbes(family: "decision-regions", digest: "c4d476a2"),
        GoldenProbes(family: "forced-choice-completion", digest: "278e6ac5"),
        GoldenProbes(family: "forced-small-choice", digest: "3b8a3a82"),
        GoldenProbes(family: "graded-questions", digest: "2cdb6eb9"),
        GoldenProbes(family: "integer-lists", digest: "f4aa3ec5"),
        GoldenProbes(family: "knowledge-boundary", digest: "584cb091"),
        GoldenProbes(family: "multilingual-continuation", digest: "99b36806"),
        GoldenProbes(family: "own-mistakes", digest: "d662c853"),
        GoldenProbes(family: "perturbation-pairs", digest: "d4aab1b3"),
        GoldenProbes(family: "planted-canaries", digest: "40f5382b"),
        GoldenProbes(family: "random-strings", digest: "9e0c0896"),
        GoldenProbes(family: "refusal-boundary", digest: "2af4756a"),
        GoldenProbes(family: "style-carriers", digest: "706c2e7f"),
        GoldenProbes(family: "tokenizer-strings", digest: "d9fdb06d"),
        GoldenProbes(family: "tool-choice", digest: "2352635a"),
    ]
}
