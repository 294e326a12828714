import Acquisition
import ArgumentParser
import CaseStore
import Comparison
import Evidence
import ProbeGeneration

/// An error as the command tells it: a status for programs, a sentence for people.
struct ErrorReport: Encodable {
    let error: String
    let message: String
    let exitStatus: Int32

    private enum CodingKeys: String, CodingKey {
        case error, message
        case exitStatus = "exit_status"
    }

    init(_ error: any Error) {
        switch error {
        case let error as CommandError:
            self.init(error.status, String(describing: error.status), error.description)
        case let error as CaseStoreError:
            self.init(Self.status(error.code), error.code.rawValue, error.message)
        case let error as AcquisitionError:
            self.init(Self.status(error.code), error.code.rawValue, error.message)
        case let error as EvidenceError:
            self.init(Self.status(error.code), error.code.rawValue, error.message)
        case let error as ProbeGenerationError:
            self.init(.badInput, error.code.rawValue, error.message)
        case let error as ComparisonError:
            self.init(Self.status(error.code), error.code.rawValue, error.message)
        default:
            self.init(.unexpected, "unexpected", String(describing: error))
        }
    }

    /// Reports what a check found, where a verb has exit codes of its own.
    init(_ found: EvidenceError, endingWith code: Int32) {
        error = found.code.rawValue
        message = found.message
        exitStatus = code
    }

    private init(_ status: ExitStatus, _ error: String, _ message: String) {
        self.error = error
        self.message = message
        self.exitStatus = status.rawValue
    }

    private static func status(_ code: CaseStoreError.Code) -> ExitStatus {
        switch code {
        case .diskFull, .inputOutput, .alreadyExists, .locked, .readOnly, .stopped: .cannotWrite
        case .unsupportedVersion: .otherVersion
        case .notACase, .damagedSpool, .damagedCustodyLog, .unencodableRecord, .index: .badInput
        }
    }

    private static func status(_ code: AcquisitionError.Code) -> ExitStatus {
        switch code {
        case .endpointDown, .tls, .notReady, .redirected, .notFound: .endpointUnavailable
        case .wrongKey, .quotaExhausted: .keyRefused
        case .configuration, .secret, .unreadableImport: .badInput
        }
    }

    private static func status(_ code: EvidenceError.Code) -> ExitStatus {
        switch code {
        case .diskFull, .exists: .cannotWrite
        case .version: .otherVersion
        case .inputOutput, .key, .certificate, .timestamp, .container, .limit, .canonical, .signature, .digest,
            .custody, .plan, .contents:
            .badInput
        }
    }

    private static func status(_ code: ComparisonError.Code) -> ExitStatus {
        switch code {
        case .unattainableGate, .invalidThreshold, .lineageReused, .panelBelowFloor, .calibrationMismatch: .refusedPlan
        default: .badInput
        }
    }
}

extension OutputOptions {
    /// Runs the body of a verb. What it throws becomes one clear line, or one JSON object, and an exit status.
    ///
    /// - Parameter lines: Where the JSON object goes as an event, for a verb that writes events.
    func reportingErrors(on lines: EventLines? = nil, _ body: () async throws -> Void) async throws {
        do {
            try await body()
        } catch let exit as ExitCode {
            throw exit
        } catch {
            let report = ErrorReport(error)
            if let lines {
                lines.write(report)
            } else if json {
                Swift.print((try? JSONText.of(report)) ?? report.message)
            }
            StandardError.write("whorl: \(report.message)\n")
            throw ExitCode(report.exitStatus)
        }
    }
}
