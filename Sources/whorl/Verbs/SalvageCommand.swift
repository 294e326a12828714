import ArgumentParser
import CaseStore
import ForensicTypes
import Foundation

struct SalvageCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "salvage",
        abstract: "Copy what is left of a damaged case into a case of its own.",
        discussion: """
            Records are chained: what is changed, cut, merged or taken out breaks the chain at one record, and every record \
            before it is proven by it. This copies the case with these records and nothing after them. The original is left \
            as it is, and the copy's custody log says that it is incomplete, and where the damage begins. Nothing is repaired.

            EXAMPLE
              whorl salvage acme-2026 --out acme-2026-salvaged
            """)

    @Argument(help: "The folder of the damaged case.")
    var folder: String

    @Option(name: .shortAndLong, help: "The folder to make.")
    var out: String

    @OptionGroup var output: OutputOptions

    private struct Result: Encodable {
        let folder: String
        let records: Int
        let damage: String
    }

    func run() async throws {
        try await output.reportingErrors {
            var found = try CaseStore.verifiedPrefix(at: folder)
            if found.isComplete {
                // Only the index knows of records that were cut off whole.
                do {
                    _ = try await Investigation(path: folder).open(.write)
                } catch let error as CaseStoreError where error.code == .damagedSpool {
                    found = found.incomplete(error.message)
                }
            }
            guard let damage = found.damage else {
                throw CommandError(
                    .badInput,
                    "the "
                        + found.records.agreeing(
                            "one record of \(folder) is whole",
                            "\(found.records) records of \(folder) follow from each other")
                        + ": there is nothing to salvage")
            }
            try Investigation(path: folder).copy(to: out)
            try await CaseStore.keep(found, in: out, who: .current, tool: .current)
            try output.print(
                Result(folder: out, records: found.records, damage: damage),
                text: "Copied \(found.records.counted("record")) into \(out), which is incomplete.\n\(damage)")
        }
    }
}
