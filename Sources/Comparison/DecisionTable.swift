internal import Features
internal import ForensicTypes

/// What each model decided on each question.
///
/// A question is a probe that asks for a decision, or all rotations of one: forms of one text with the options in other places.
struct DecisionTable {
    /// One form of a question.
    struct Form {
        /// The probe.
        let id: Digest
        /// Reads the answers, by content.
        let parser: DecisionParser
    }

    /// A question.
    struct Item {
        /// Its forms, one unless it is rotated.
        let forms: [Form]
        /// The correct decision, where there is one.
        let gold: Decision?
        /// The number of options, where the probe shows them.
        let options: Int?

        /// Whether it was asked with its options in several orders.
        var isRotated: Bool { forms.count > 1 }
    }

    /// What one model decided.
    struct Decisions {
        /// What the model decided on each question, as a source: the one decision that it holds to. On a rotated question that is a decision
        /// that it makes in every form that can be read, three quarters of the forms or more; choosing one place is no decision.
        let held: [Decision?]
        /// How the readable forms of each question were decided: shares that sum to 1, or nil where none can be read.
        let shares: [[Decision: Double]?]
        /// The decision of each form of each question.
        let forms: [[Decision?]]
    }

    /// The questions, each at the place of its first form.
    let items: [Item]

    /// Collects the probes. An open answer counts only where the probe has a correct one: other texts are not decisions.
    init(_ probes: [IdentifiedProbe]) {
        var items: [Item] = []
        var places: [Digest: Int] = [:]
        for probe in probes {
            let parser = DecisionParser(probe: probe.probe)
            let gold = parser.gold(of: probe.probe)
            let options: Int?
            switch probe.probe.reading {
            case .choice(let shown): options = shown.count
            case .number, .integerList: options = nil
            case .text where gold != nil: options = nil
            case .text, .nextToken, .promptTokens: continue
            }
            let form = Form(id: probe.id, parser: parser)
            if let kin = probe.probe.kin, kin.relation == .rotation {
                if let place = places[kin.group] {
                    items[place] = Item(forms: items[place].forms + [form], gold: items[place].gold, options: options)
                    continue
                }
                places[kin.group] = items.count
            }
            items.append(Item(forms: [form], gold: gold, options: options))
        }
        self.items = items
    }

    /// A model's decisions over its draws, by question: shares that sum to 1, or nil where no draw can be read.
    func shares(of responses: ResponseSet) -> [[Decision: Double]?] {
        items.map { item in Self.shares(item.forms.flatMap { Self.read($0, responses) }) }
    }

    /// What a model decided.
    ///
    /// A form is decided by three quarters of its readable draws.
    func decisions(of responses: ResponseSet) -> Decisions {
        let forms = items.map { item in
            item.forms.map { form in Self.shares(Self.read(form, responses))?.first { $0.value >= 0.75 }?.key }
        }
        let held = forms.map { forms -> Decision? in
            let decided = forms.compactMap(\.self)
            guard let first = decided.first, decided.allSatisfy({ $0 == first }) else { return nil }
            return 4 * decided.count >= 3 * forms.count ? first : nil
        }
        return Decisions(held: held, shares: forms.map { Self.shares($0.compactMap(\.self)) }, forms: forms)
    }

    /// How many answers were there, and how many of them could be read.
    func readability(of responses: ResponseSet) -> (answers: Int, read: Int) {
        var answers = 0
        var read = 0
        for form in items.flatMap(\.forms) {
            answers += responses.completions[form.id]?.count ?? 0
            read += Self.read(form, responses).count
        }
        return (answers, read)
    }

    private static func read(_ form: Form, _ responses: ResponseSet) -> [Decision] {
        (responses.completions[form.id] ?? []).compactMap { form.parser.parse($0.text).decision }
    }

    private static func shares(_ decisions: [Decision]) -> [Decision: Double]? {
        guard !decisions.isEmpty else { return nil }
        return Dictionary(grouping: decisions) { $0 }.mapValues { Double($0.count) / Double(decisions.count) }
    }
}
