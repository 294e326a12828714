import ProbeGeneration

/// Sealed sets, commitments and shown probes, read with errors that name the file.
enum ProbeFile {
    static func naming<Value>(_ path: String, _ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch let error as ProbeGenerationError {
            throw ProbeGenerationError(error.code, "\(path): \(error.message)")
        }
    }

    static func probeSet(_ path: String) throws -> SealedProbeSet {
        try naming(path) { try SealedProbeSet.decode(FileBytes.read(path)) }
    }
}
