extension ProbeLibrary {
    /// The families and corpora that the program carries: those of `Probes/families` and `Corpora` at its release.
    ///
    /// - Throws: only if the program was built from contradictory files.
    public static func shipped() throws(ProbeGenerationError) -> ProbeLibrary {
        var families: [ProbeFamily] = []
        for text in ShippedFiles.families { families.append(try ProbeFamily(bytes: Array(text.utf8))) }
        var corpora: [Corpus] = []
        for (name, language, text) in ShippedFiles.corpora {
            corpora.append(try Corpus(name: name, language: language, bytes: Array(text.utf8)))
        }
        return try ProbeLibrary(families: families, corpora: corpora)
    }
}
