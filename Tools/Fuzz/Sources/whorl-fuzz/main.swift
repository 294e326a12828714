import CFuzzerDriver
import Evidence
import Glibc

/// What an environment variable holds; empty where it is not set.
func setting(_ name: String) -> String { getenv(name).map { String(cString: $0) } ?? "" }

/// The bytes of a file.
func contents(_ path: String) -> [UInt8] {
    guard let file = fopen(path, "rb") else { return [] }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 65_536)
    while case let count = fread(&piece, 1, piece.count, file), count > 0 { bytes += piece[..<count] }
    return bytes
}

/// What `FUZZ_TARGET` names. Targets of evidence have a bundle to take apart, `FUZZ_TEMPLATE`, its roots, `FUZZ_ROOTS`, and a folder to
/// write to, `FUZZ_FOLDER`.
let target: ([UInt8]) -> Void = {
    let name = setting("FUZZ_TARGET")
    if let target = FuzzTarget(rawValue: name) { return { target.run($0) } }
    guard let target = EvidenceFuzzTarget(rawValue: name) else {
        let names = FuzzTarget.allCases.map(\.rawValue) + EvidenceFuzzTarget.allCases.map(\.rawValue)
        print("FUZZ_TARGET is one of \(names.joined(separator: ", "))")
        exit(64)
    }
    guard let roots = try? X509Certificate.load(path: setting("FUZZ_ROOTS")),
        let ground = FuzzGround(
            template: contents(setting("FUZZ_TEMPLATE")), roots: roots, folder: setting("FUZZ_FOLDER"))
    else {
        print("FUZZ_TEMPLATE, FUZZ_ROOTS or FUZZ_FOLDER is missing")
        exit(64)
    }
    return { target.run($0, on: ground) }
}()

/// The function that libFuzzer looks for.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    target(Array(UnsafeBufferPointer(start: start, count: count)))
    return 0
}

var count = CommandLine.argc
var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv
exit(LLVMFuzzerRunDriver(&count, &arguments, fuzzOneInput))
