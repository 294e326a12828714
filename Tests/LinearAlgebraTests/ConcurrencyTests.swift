import LinearAlgebra
import Testing

/// The thread count belongs to the process, so these tests run one after the other.
@Suite(.serialized)
struct ConcurrencyTests {
    @Test func oneThreadByDefaultAndSettable() throws {
        let before = BLASConfiguration.current
        #expect(before.threads == 1)
        #expect(before.version.contains("OpenBLAS"))
        #expect(!before.kernel.isEmpty)
        try BLASConfiguration.setThreads(2)
        #expect(BLASConfiguration.current.threads == 2)
        try BLASConfiguration.setThreads(1)
        #expect(BLASConfiguration.current == before)
        #expect(throws: LinearAlgebraError.self) { try BLASConfiguration.setThreads(0) }
        #expect(throws: LinearAlgebraError.self) { try BLASConfiguration.setThreads(65) }
    }

    @Test func wholeNumberProductsAreExactOnAnyThreadCount() throws {
        let x = Matrix<Float>.wholeNumbers(rows: 130, columns: 1001)
        let one = try x.gram()
        try BLASConfiguration.setThreads(2)
        let two = Result { try x.gram() }
        try BLASConfiguration.setThreads(1)
        #expect(try two.get() == one)
        let expected = zip(x.row(3), x.row(127)).reduce(into: 0) { $0 += Int($1.0) * Int($1.1) }
        #expect(one[3, 127] == Float(expected))
    }

    @Test func concurrentCallersGetTheSerialAnswer() async throws {
        let inputs = (0..<8).map { Matrix<Float>.wholeNumbers(rows: 90 + $0, columns: 257) }
        let serial = try inputs.map { try $0.gram() }
        for _ in 0..<20 {
            let concurrent = try await withThrowingTaskGroup(of: (Int, Matrix<Float>).self) { group in
                for (index, input) in inputs.enumerated() {
                    group.addTask { @concurrent in (index, try input.gram()) }
                }
                return try await group.reduce(into: [Int: Matrix<Float>]()) { $0[$1.0] = $1.1 }
            }
            for (index, expected) in serial.enumerated() { #expect(concurrent[index] == expected) }
        }
    }
}
