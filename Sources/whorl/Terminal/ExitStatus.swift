import ArgumentParser

/// How a run of the command ended, as the caller of the process sees it.
///
/// `whorl verify` adds the codes of the bundle format, 10 to 80: see the page "The evidence bundle".
enum ExitStatus: Int32, CaseIterable {
    case done = 0
    case unexpected = 1
    case incomplete = 2
    case badInput = 3
    case endpointUnavailable = 4
    case keyRefused = 5
    case cannotWrite = 6
    case otherVersion = 7
    case refusedPlan = 8
    case usage = 64

    /// What the code means, as `--help` prints it.
    var meaning: String {
        switch self {
        case .done: "done"
        case .unexpected: "an unexpected failure"
        case .incomplete: "answers are missing; run the same command again to go on"
        case .badInput: "an input file is missing, damaged or inconsistent"
        case .endpointUnavailable: "an endpoint does not answer"
        case .keyRefused: "an endpoint refused the key"
        case .cannotWrite: "a file cannot be written: disk full, or no permission"
        case .otherVersion: "the case or file was written by another version"
        case .refusedPlan: "a plan, panel or calibration that cannot support what it asks for"
        case .usage: "the command line is wrong"
        }
    }

    var code: ExitCode { ExitCode(rawValue) }

    /// The table of codes for the end of a help page.
    static let table =
        "EXIT CODES\n" + allCases.map { "  \($0.rawValue)  \($0.meaning)" }.joined(separator: "\n")
}

/// An error that the command itself finds: what is wrong, and what to do.
struct CommandError: Error, CustomStringConvertible {
    let status: ExitStatus
    let description: String

    init(_ status: ExitStatus, _ description: String) {
        self.status = status
        self.description = description
    }
}
