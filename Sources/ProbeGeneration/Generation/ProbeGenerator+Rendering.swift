internal import ForensicTypes

extension ProbeGenerator {
    /// A template of a drawn language with drawn fillings.
    static func render(_ variants: [TemplateVariant], stream: inout InstanceStream) -> ProbeInstance {
        let variant = stream.pick(variants)
        let template = stream.pick(variant.templates)
        let (text, fillings) = TemplateRenderer.fill(template) { name in
            if name == "options", case .choice(let options) = variant.reading, variant.slots["options"] == nil {
                return list(stream.shuffled(options), conjunction: variant.conjunction ?? ", ")
            }
            switch variant.slots[name] {
            case .texts(let texts): return stream.pick(texts)
            case .range(let from, let to): return String(from + stream.index(below: to - from + 1))
            case .token(let letters): return token(letters, stream: &stream)
            case nil: return ""
            }
        }
        let system = variant.system.map { [Message(role: .system, content: $0)] } ?? []
        return ProbeInstance(
            prompt: variant.form == .raw ? .raw(text) : .chat(system + [Message(role: .user, content: text)]),
            reading: variant.reading, language: variant.language,
            gold: variant.gold?.value(for: fillings).map(String.init),
            wording: .template(template, of: variant.templates, variant: variant, fillings: fillings))
    }

    /// "a, b or c".
    private static func list(_ options: [String], conjunction: String) -> String {
        guard let last = options.last, options.count > 1 else { return options.joined() }
        return options.dropLast().joined(separator: ", ") + conjunction + last
    }

    /// A word that can be spoken and that no text holds: consonants and vowels in turn.
    private static func token(_ letters: Int, stream: inout InstanceStream) -> String {
        let consonants = Array("bdfgklmnprstvz")
        let vowels = Array("aeiou")
        return String((0..<letters).map { $0.isMultiple(of: 2) ? stream.pick(consonants) : stream.pick(vowels) })
    }

    /// Pieces of many scripts in a drawn order.
    static func join(_ source: ProbeSource.Fragments, stream: inout InstanceStream) -> ProbeInstance {
        let count = source.minimum + stream.index(below: source.maximum - source.minimum + 1)
        var text = stream.pick(source.pieces)
        for _ in 1..<max(count, 1) {
            text += stream.pick(source.separators) + stream.pick(source.pieces)
        }
        return ProbeInstance(prompt: .raw(text), reading: source.reading, language: "und")
    }

    /// A question with its options rotated, so that a model's liking for a letter does not pass for an opinion: in one drawn
    /// rotation, or in all of them.
    static func ask(_ source: ProbeSource.Questions, stream: inout InstanceStream) -> [ProbeInstance] {
        let item = stream.pick(source.items)
        let isWhole = source.rotations == true
        let rotations = isWhole ? Array(item.options.indices) : [stream.index(below: item.options.count)]
        let template = stream.pick(source.templates)
        return rotations.map { rotation in
            let (text, fillings) = TemplateRenderer.fill(template) { name in
                name == "question" ? item.question : list(item.options, label: source.label, rotatedBy: rotation)
            }
            return ProbeInstance(
                prompt: .chat([Message(role: .user, content: text)]), reading: .choice(options: item.options.sorted()),
                language: "en", gold: source.gold ? item.options[0] : nil,
                form: isWhole ? (.rotation, rotation) : nil,
                wording: .template(template, of: source.templates, variant: nil, fillings: fillings))
        }
    }

    /// The options on a line each, beginning with the one at place `rotation`, behind their labels.
    private static func list(_ options: [String], label: String, rotatedBy rotation: Int) -> String {
        let letters = Array("ABCDEFGH")
        return (options[rotation...] + options[..<rotation]).enumerated().map { place, option in
            TemplateRenderer.render(label) { _ in String(letters[place % letters.count]) } + option
        }.joined(separator: "\n")
    }

    /// The first words of a drawn sentence, after the end of the one before it where there is one; with a twin in which
    /// one word is replaced by another of the corpus.
    static func begin(
        _ source: ProbeSource.Continuation, pool: [Passage], stream: inout InstanceStream
    ) -> [ProbeInstance] {
        let passage = stream.pick(pool)
        let longest = min(source.maximumWords, passage.words.count - 1)
        let count = source.minimumWords + stream.index(below: longest - source.minimumWords + 1)
        var words = Array(passage.words[..<count])
        var instance = ProbeInstance(
            prompt: .raw(words.joined(separator: " ")), reading: .text, language: passage.language,
            wording: .words(words))
        guard source.twins == true else { return [instance] }
        instance.form = (.twin, 0)
        // Not the last word: the twins shall differ in what they say, not in where they stop.
        let place = stream.index(below: count - 1)
        words[place] = stream.pick(passage.words)
        let twin = ProbeInstance(
            prompt: .raw(words.joined(separator: " ")), reading: .text, language: passage.language, form: (.twin, 1),
            wording: .words(words))
        return [instance, twin]
    }
}
