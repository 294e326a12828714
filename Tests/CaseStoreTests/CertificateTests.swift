import CaseStore
import ContentAddressing
import ForensicTypes
import Foundation
import Testing

@Suite("Certificates in a case")
struct CertificateTests {
    let folder: TemporaryFolder
    var path: String { folder.file("case") }

    init() throws { folder = try TemporaryFolder() }

    @Test("Each certificate is kept once under its digest, and is there after opening again")
    func keeps() async throws {
        let certificates: [[UInt8]] = [[1, 2, 3], [4, 5], [1, 2, 3]]
        let digests = certificates.map { SHA256Digest.of($0) }
        do {
            let store = try await SampleRecords.create(path)
            try await store.keep(certificates: certificates)
            try await store.keep(certificates: certificates)
        }
        let reader = try await SampleRecords.open(path, .read)
        #expect(try reader.certificates() == Set(digests).sorted())
        #expect(try reader.certificate(digests[1]) == [4, 5])
        #expect(try reader.certificate(SampleRecords.probe(1)) == nil)
        await #expect(throws: CaseStoreError(.readOnly, "")) { try await reader.keep(certificates: [[9]]) }
        let writer = try await SampleRecords.open(path)
        try await writer.keep(certificates: certificates)
        #expect(try writer.certificates().count == 2)
    }

    @Test("A changed certificate is damage, half of one is none, and a giant is refused")
    func damage() async throws {
        let digest = SHA256Digest.of([1, 2, 3] as [UInt8])
        let file = path + "/tls/\(digest.hex).der"
        let store = try await SampleRecords.create(path)
        try await store.keep(certificates: [[1, 2, 3]])
        try TemporaryFolder.write([1, 2], to: file)
        #expect(throws: CaseStoreError(.damagedSpool, "")) { try store.certificate(digest) }
        // What a crash leaves of a write has another name.
        try FileManager.default.moveItem(atPath: file, toPath: file + ".part")
        #expect(try store.certificates().isEmpty)
        let giant = [UInt8](repeating: 0, count: CaseStore.maximumCertificateLength + 1)
        await #expect(throws: CaseStoreError(.unencodableRecord, "")) { try await store.keep(certificates: [giant]) }
        #expect(try await store.append(SampleRecords.transcript(0)) == 0, "a refused certificate stops nothing")
    }
}
