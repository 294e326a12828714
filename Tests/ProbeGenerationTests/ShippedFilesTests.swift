import ContentAddressing
import ForensicTypes
import FoundationEssentials
import ProbeGeneration
import Testing

/// The embedded texts against the files that they were made from.
@Suite("Shipped families and corpora")
struct ShippedFilesTests {
    private var root: String {
        #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 }
    }

    private func bytes(_ path: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(filePath: root + "/" + path)))
    }

    @Test("Embedded families have the digests of their files")
    func families() throws {
        let library = try ProbeLibrary.shipped()
        for family in library.families {
            let file = try ProbeFamily(bytes: bytes("Probes/families/\(family.id).json"))
            #expect(file == family, "run Probes/embed.py")
        }
        let files = try FileManager.default.contentsOfDirectory(atPath: root + "/Probes/families")
        #expect(files.count { $0.hasSuffix(".json") } == library.families.count)
    }

    private struct Manifest: Decodable {
        struct Entry: Decodable {
            let name: String
            let file: String
            let language: String
            let licence: String
            let sha256: Digest
            let sentences: Int
        }

        let corpora: [Entry]
    }

    @Test("Embedded corpora have the digests of the manifest and of their files")
    func corpora() throws {
        let manifest = try JSONDecoder().decode(Manifest.self, from: Data(try bytes("Corpora/manifest.json")))
        let library = try ProbeLibrary.shipped()
        #expect(manifest.corpora.map(\.name) == library.corpora.map(\.name))
        for (entry, corpus) in zip(manifest.corpora, library.corpora) {
            #expect(entry.sha256 == corpus.digest, "run Probes/embed.py")
            #expect(SHA256Digest.of(try bytes("Corpora/\(entry.file)")) == entry.sha256)
            #expect(corpus.passages.joined().count == entry.sentences)
            #expect(!entry.licence.isEmpty && entry.language == corpus.language)
        }
    }
}
