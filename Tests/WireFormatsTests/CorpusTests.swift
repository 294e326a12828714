import Foundation
import Testing

/// Replays the inputs that fuzzing kept, those of former crashes included. `Tools/Fuzz/fuzz` makes new ones.
@Suite("Fuzzing corpus")
struct CorpusTests {
    @Test("Every kept input is read or refused", arguments: FuzzTarget.allCases)
    func replay(target: FuzzTarget) throws {
        let folder = Bundle.module.bundleURL.appendingPathComponent("Fixtures/corpus/\(target.rawValue)")
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        #expect(files.count > 10)
        for file in files { target.run(Array(try Data(contentsOf: file))) }
    }
}
