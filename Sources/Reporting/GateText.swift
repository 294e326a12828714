internal import Comparison

/// A gate's question and answer, for people who do not know it. A gate that rejects excludes a hypothesis: the bare word would
/// be read the other way.
enum GateText {
    /// What the gate asks.
    static func question(_ gate: Gate) -> String {
        switch gate {
        case .validity: "Is the collection valid?"
        case .sameness: "Is it farther away than honest redeployments?"
        case .lineage: "Does it resemble more than unrelated lineages do?"
        case .student: "Was it trained on the outputs?"
        }
    }

    /// What the gate found.
    static func outcome(_ result: GateResult) -> String {
        switch result.outcome {
        case .notTested: return "not tested"
        case .cannotTell: return "cannot be told, nothing excluded"
        case .equivalent: return "within the margin"
        case .passed: return result.gate == .validity ? "valid" : "nothing excluded"
        case .rejected:
            switch result.gate {
            case .validity: return "not valid"
            case .sameness: return "copy excluded"
            case .lineage: return "independent excluded, siblings apart"
            case .student: return "student excluded"
            }
        }
    }
}
