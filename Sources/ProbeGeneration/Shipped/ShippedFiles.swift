// Written by Probes/embed.py from Probes/families and Corpora. Do not edit.

/// The texts of the families and corpora that the program carries.
enum ShippedFiles {
    /// The family files.
    static let families = [
        borderInputs,
        continuation,
        decisionRegions,
        forcedChoiceCompletion,
        forcedSmallChoice,
        gradedQuestions,
        integerLists,
        knowledgeBoundary,
        multilingualContinuation,
        ownMistakes,
        perturbationPairs,
        plantedCanaries,
        randomStrings,
        refusalBoundary,
        styleCarriers,
        tokenizerStrings,
        toolChoice,
    ]

    /// The corpora with their names and languages.
    static let corpora = [
        (name: "classics-en", language: "en", text: corpusClassicsEn),
        (name: "notes-en", language: "en", text: corpusNotesEn),
        (name: "prose-de", language: "de", text: corpusProseDe),
        (name: "prose-en", language: "en", text: corpusProseEn),
        (name: "prose-es", language: "es", text: corpusProseEs),
        (name: "prose-fr", language: "fr", text: corpusProseFr),
    ]
}
