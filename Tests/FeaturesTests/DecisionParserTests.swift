import Features
import ForensicTypes
import Testing

@Suite struct DecisionParserTests {
    private static func probe(_ reading: Reading, prompt: String = "Well?", gold: String? = nil) -> Probe {
        Probe(
            family: "test", prompt: .chat([Message(role: .user, content: prompt)]), sampling: SamplingParameters(),
            draws: 1, reading: reading, gold: gold)
    }

    private static func parse(_ text: String, _ reading: Reading, prompt: String = "Well?") -> ParsedDecision {
        DecisionParser(probe: probe(reading, prompt: prompt)).parse(Array(text.utf8))
    }

    private static let cities = Reading.choice(options: ["Paris", "New York", "York", "Rome"])
    private static let lettered = "Choose one:\nA) Paris\nB) New York\nC) York\nD) Rome\nAnswer with one."

    @Test(arguments: [
        ("Paris", "paris"), ("  **Paris**. ", "paris"), ("I would pick PARIS because of the food.", "paris"),
        ("New York", "new york"), ("It is new\nyork!", "new york"), ("B) New York", "new york"),
        ("Not Paris. The answer is Rome.", "rome"), ("not Rome, York", "york"),
        (#"{"reasoning": "Paris or Rome", "answer": "Rome"}"#, "rome"),
    ]) func choicesAreReadByContent(text: String, option: String) {
        #expect(Self.parse(text, Self.cities, prompt: Self.lettered) == .decision(.choice(option)))
    }

    @Test(arguments: [("B", "new york"), ("(d)", "rome"), ("Option C", "york"), ("Answer: A.", "paris")])
    func aLetterStandsForItsOptionOnlyWhereThePromptShowsLetters(text: String, option: String) {
        #expect(Self.parse(text, Self.cities, prompt: Self.lettered) == .decision(.choice(option)))
        #expect(Self.parse(text, Self.cities) == .missing(.nothingFound))
    }

    @Test func theSameLetterMeansAnotherContentUnderARotation() {
        let rotated = Reading.choice(options: ["Rome", "Paris", "New York", "York"])
        let prompt = "Choose one:\nA) Rome\nB) Paris\nC) New York\nD) York"
        #expect(Self.parse("B", rotated, prompt: prompt) == .decision(.choice("paris")))
        #expect(Self.parse("B", Self.cities, prompt: Self.lettered) == .decision(.choice("new york")))
    }

    @Test(arguments: [
        ("Paris or Rome", ParsedDecision.Failure.ambiguous), ("Berlin", .nothingFound), ("", .empty), (" \n", .empty),
        ("Parisian", .nothingFound), (#"{"answer": "Par"#, .truncated), ("E", .nothingFound), ("ABBA", .nothingFound),
    ]) func anUnreadableChoiceIsMissing(text: String, failure: ParsedDecision.Failure) {
        #expect(Self.parse(text, Self.cities, prompt: Self.lettered) == .missing(failure))
    }

    @Test(
        arguments: [
            ("42", "42"), ("The answer is 1,234,567.50 dollars", "1234567.5"), ("-7", "-7"), ("It is 12 - 5 = 7", nil),
            ("007", "7"), ("0.500", "0.5"), ("-0", "0"), ("Seven.", "7"), ("#### 18", "18"), ("so 3, then 3", "3"),
            ("So 2+2; answer: 4", "4"), ("\\boxed{12}", "12"), ("b12", nil), ("1,23", nil), ("the 3rd", nil), ("", nil),
            (#"{"answer": 12}"#, "12"), (#"{"answer": "12 apples, 3 pears"}"#, "12"),
        ] as [(String, String?)]) func numbersAreCanonicalOrMissing(text: String, number: String?)
    {
        #expect(Self.parse(text, .number).decision == number.map(Decision.number))
    }

    @Test(
        arguments: [
            ("[1, 2, 3]", [1, 2, 3]), ("1 2 3", [1, 2, 3]), ("Sure: [4,-5]", [4, -5]),
            ("[1,2] and again [1, 2]", [1, 2]),
            ("[1,2] or [2,1]", nil), ("[1, 2", nil), ("one, two", nil), (#"{"answer": [7, 8]}"#, [7, 8]), ("[]", []),
        ] as [(String, [Int]?)]) func integerListsAreReadOrMissing(text: String, list: [Int]?)
    {
        #expect(Self.parse(text, .integerList).decision == list.map(Decision.integers))
    }

    /// A reader that stops at the first quotation mark gives every one of these the value of a backslash, and so makes
    /// unrelated models share them all.
    @Test func escapedQuotationMarksDoNotMakeAnswersEqual() {
        let answers = [
            #"{"reasoning": "r", "answer": "\"hello\""}"#, #"{"answer": "\"world\""}"#, #"{"answer": "\"\\n\""}"#,
            #"{"answer": "\"a\" + \"b\""}"#,
        ]
        let labels = answers.map { Self.parse($0, .text) }
        #expect(labels[0] == .decision(.label("hello")))
        #expect(labels[1] == .decision(.label("world")))
        #expect(labels[3] == .decision(.label(#"a" + "b"#)))
        #expect(Set(labels).count == answers.count)
        #expect(Self.parse(#"{"answer": "\"#, .text) == .missing(.truncated))
        #expect(Self.parse(#"{"answer": "\""#, .text) == .missing(.truncated))
    }

    @Test func jsonEscapesAreDecoded() {
        #expect(Self.parse(#"{"answer": "caf\u00e9"}"#, .text) == .decision(.label("café")))
        #expect(Self.parse(#"{"answer": "a\tb"}"#, .text) == .decision(.label("a b")))
        #expect(Self.parse(#"{"answer": "\ud83d"}"#, .text) == .decision(.label(#"\ud83d"#)))
        #expect(Self.parse(#"{"answer": "\u12"#, .text) == .missing(.truncated))
    }

    @Test func proseIsNoLabel() {
        let prose = String(repeating: "many words ", count: 40)
        #expect(Self.parse(prose, .text) == .missing(.nothingFound))
        #expect(Self.parse(prose + "The answer is Oslo.", .text) == .decision(.label("oslo")))
    }

    @Test func hostileAnswersAreMissingNotFatal() {
        let parser = DecisionParser(probe: Self.probe(.number))
        #expect(parser.parse([UInt8](repeating: 0x31, count: DecisionParser.longestAnswer + 1)) == .missing(.tooLong))
        #expect(parser.parse([0xFF, 0xFE, 0x00]) == .missing(.nothingFound))
        #expect(parser.parse([0x00]) == .missing(.nothingFound))
        let label = DecisionParser(probe: Self.probe(.text))
        #expect(label.parse([0x61, 0xFF]) != label.parse([0x61, 0xFE]))
        #expect(DecisionParser(probe: Self.probe(.nextToken)).parse([0x61]) == .missing(.notAsked))
    }

    @Test func goldIsReadLikeAnAnswer() {
        let probe = Self.probe(Self.cities, prompt: Self.lettered, gold: "Rome")
        #expect(DecisionParser(probe: probe).gold(of: probe) == .choice("rome"))
        #expect(
            DecisionParser(probe: Self.probe(.number)).gold(of: Self.probe(.number, gold: "1,000")) == .number("1000"))
    }
}
