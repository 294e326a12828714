import ForensicTypes
import Glibc
import ProbeGeneration
import Testing

@Suite("Search for near ties and mistakes")
struct CandidateSearchTests {
    let generator: ProbeGenerator

    init() throws { generator = ProbeGenerator(library: try .shipped(), seed: 8) }

    private func asked(_ family: String, _ count: Int, repeatedly: Bool = false) throws -> [(
        candidate: CandidateProbe, question: IdentifiedProbe
    )] {
        try generator.candidates(count: count, families: [family]).map { candidate in
            (
                candidate,
                try repeatedly
                    ? CandidateSearch.repeatedQuestion(for: candidate) : CandidateSearch.question(for: candidate)
            )
        }
    }

    private func found(
        _ asked: [(candidate: CandidateProbe, question: IdentifiedProbe)], _ goal: ProbeFamily.SearchGoal,
        _ completions: [Completion], count: Int = 5
    ) -> [Int] {
        let answers = ResponseSet(model: ModelIdentity(name: "own", role: .protected), completions: completions)
        return CandidateSearch.found(
            asked.map { ($0.candidate, $0.question.id) }, goal: goal, in: answers, count: count
        ).map(\.index)
    }

    @Test("The families that are found by asking say so")
    func goals() throws {
        let goals = Dictionary(
            uniqueKeysWithValues: try ProbeLibrary.shipped().families.compactMap { family in
                family.search.map { (family.id, $0) }
            })
        #expect(goals == ["border-inputs": .nearTie, "own-mistakes": .mistake])
    }

    @Test("A question asks the probe once, or several times at temperature 1")
    func questions() throws {
        let (candidate, question) = try asked("border-inputs", 1)[0]
        #expect(candidate.probe.draws == 4 && question.probe.draws == 1)
        #expect(question.probe.prompt == candidate.probe.prompt)
        #expect(question.probe.sampling == candidate.probe.sampling)
        let repeated = try asked("border-inputs", 1, repeatedly: true)[0].question
        #expect(repeated.probe.draws == CandidateSearch.draws && repeated.probe.sampling.temperature == 1)
        #expect(repeated.id != question.id)
    }

    @Test("Near ties come nearest first, and a clear lead is none")
    func nearTies() throws {
        let asked = try asked("border-inputs", 6)
        // The leads of the first token over the second.
        let leads = [0.2, 0.05, 0.6, 0.1, 0.24, 0.9]
        let completions = zip(asked, leads).map { pair, lead in
            let top = [(1 + lead) / 2, (1 - lead) / 2].enumerated().map { place, share in
                TokenLogprob(bytes: [UInt8(97 + place)], logprob: log(share))
            }
            return Completion(
                probe: pair.question.id, draw: 0, text: [97], positions: [TokenPosition(chosen: top[0], top: top)])
        }
        #expect(found(asked, .nearTie, completions) == [1, 3, 0, 4])
        #expect(found(asked, .nearTie, completions, count: 2) == [1, 3])
        #expect(
            CandidateSearch.showsAlternatives(
                ResponseSet(model: .init(name: "m", role: .protected), completions: completions)))
    }

    @Test("Without alternatives the shares of repeated draws stand in")
    func repeatedDraws() throws {
        let asked = try asked("border-inputs", 3, repeatedly: true)
        // How many of eight draws give the first token.
        let completions = zip(asked, [4, 7, 5]).flatMap { pair, first in
            (0..<8).map { Completion(probe: pair.question.id, draw: $0, text: [$0 < first ? 97 : 98]) }
        }
        #expect(found(asked, .nearTie, completions) == [0, 2])
        #expect(
            !CandidateSearch.showsAlternatives(
                ResponseSet(model: .init(name: "m", role: .protected), completions: completions)))
    }

    @Test("Mistakes are answers that can be read and are wrong")
    func mistakes() throws {
        let asked = try asked("own-mistakes", 8)
        let completions = asked.compactMap { candidate, question -> Completion? in
            let gold = candidate.probe.gold ?? ""
            let text: String? =
                switch candidate.index % 4 {
                case 0: "It is \(gold)."
                case 1: "\((Int(gold) ?? 0) + 10)"
                case 2: "I do not know."
                default: nil
                }
            return text.map { Completion(probe: question.id, draw: 0, text: Array($0.utf8)) }
        }
        #expect(found(asked, .mistake, completions) == [1, 5])
    }
}
