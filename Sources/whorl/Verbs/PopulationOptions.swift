import ArgumentParser
import Comparison
import ForensicTypes

/// The population of a calibration, where a verb can do without.
struct PopulationOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "With --rederive: the answers of the calibration's population; the calibration is then fitted again.",
            valueName: "folder or file"))
    var population: String?

    @Option(help: "With --population: its layout, alpaca-eval or jsonl.")
    var format: AnswerFile.Format?

    @Option(help: ArgumentHelp("With --population: its lineage file.", valueName: "file"))
    var lineage: String?

    /// The files; nil where none was named.
    var files: PopulationFiles? {
        guard let population, let format, let lineage else { return nil }
        return PopulationFiles(source: population, format: format, lineage: lineage)
    }

    func validate() throws {
        let given = [population != nil, format != nil, lineage != nil]
        if given.contains(true), given.contains(false) {
            throw ValidationError("--population, --format and --lineage go together")
        }
    }
}
