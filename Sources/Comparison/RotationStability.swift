internal import Features

/// What becomes of two models' decisions when the options change places.
struct RotationStability {
    /// Counts and shares by name; empty without rotated questions.
    let details: [String: Double]

    /// Looks at the rotated questions of a table.
    init(_ table: DecisionTable, own: DecisionTable.Decisions, theirs: DecisionTable.Decisions) {
        let rotated = table.items.indices.filter { table.items[$0].isRotated }
        guard !rotated.isEmpty else {
            details = [:]
            return
        }
        var details = ["rotated_questions": Double(rotated.count)]
        for (name, decisions) in [("protected", own), ("suspect", theirs)] {
            let decided = rotated.filter { decisions.forms[$0].count { $0 != nil } >= 2 }
            guard !decided.isEmpty else { continue }
            let moved = decided.filter { decisions.held[$0] == nil }
            details["\(name)_held_under_rotation"] = Double(decided.count - moved.count) / Double(decided.count)
            if !moved.isEmpty {
                let placed = moved.count { Self.chosesOnePlace(table.items[$0], decisions.forms[$0]) }
                details["\(name)_same_place_share"] = Double(placed) / Double(moved.count)
            }
        }
        var (equal, compared) = (0.0, 0.0)
        for index in rotated where own.held[index] == nil {
            for (mine, other) in zip(own.forms[index], theirs.forms[index]) {
                guard let mine, let other else { continue }
                compared += 1
                equal += mine == other ? 1 : 0
            }
        }
        if compared > 0 { details["agreement_where_unstable"] = equal / compared }
        self.details = details
    }

    /// Whether the same letter was chosen in every form, whatever stood behind it.
    private static func chosesOnePlace(_ item: DecisionTable.Item, _ decisions: [Decision?]) -> Bool {
        let places = zip(item.forms, decisions).compactMap { form, decision -> Int? in
            decision.flatMap { form.parser.place(of: $0) }
        }
        return places.count >= 2 && Set(places).count == 1
    }
}
