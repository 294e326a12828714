import CMultiplyAdd
import LinearAlgebra

/// Products against the multiply-add peak of one core, and the library's own symmetric product without what `gram` adds to it.
///
/// A Gram product of N rows and D columns counts N(N+1)D operations, as only half of it is computed; a general one 2N²D.
enum GramBenchmark {
    static func run(_ arguments: [String]) throws {
        // Peak and products take turns, so that a change of clock or load meets both.
        for (rows, columns) in [(2000, 4096), (4000, 4096), (1000, 16_384)] {
            var x = Matrix<Float>(rows: rows, columns: columns)
            x.withMutableElements { elements in
                for index in elements.indices { elements[index] = Float((index * 31) % 17) }
            }
            var result = Matrix<Float>(rows: rows, columns: rows)
            let bareOperand = x.elements
            var bareResult = [Float](repeating: 0, count: rows * rows)
            var (peak, gram, bare, product) = (0.0, 0.0, 0.0, 0.0)
            let blocks: [Int32] = [128, 256, 512]
            var blocked = blocks.map { _ in 0.0 }
            for _ in 0..<5 {
                peak = max(peak, peakRate())
                let symmetricTime = try ProcessorTime.best(of: 1) { try x.gram(into: &result) }
                gram = max(gram, Double(rows * (rows + 1) * columns) / symmetricTime)
                let bareTime = ProcessorTime.best(of: 1) {
                    whorl_bare_gram(Int32(rows), Int32(columns), bareOperand, &bareResult)
                }
                bare = max(bare, Double(rows * (rows + 1) * columns) / bareTime)
                for (index, block) in blocks.enumerated() {
                    let time = ProcessorTime.best(of: 1) {
                        whorl_blocked_gram(Int32(rows), Int32(columns), bareOperand, &bareResult, block)
                    }
                    blocked[index] = max(blocked[index], Double(rows * (rows + 1) * columns) / time)
                }
                let generalTime = try ProcessorTime.best(of: 1) {
                    try Matrix.product(x, x, transposingRight: true, into: &result)
                }
                product = max(product, 2 * Double(rows * rows * columns) / generalTime)
            }
            print(
                "\(rows) x \(columns) Float: peak \(gigaflops(peak)), Gram \(gigaflops(gram)) (\(percent(gram, of: peak))), "
                    + "ssyrk alone \(gigaflops(bare)) (\(percent(bare, of: peak))), "
                    + "ssyrk and sgemm in blocks of 128, 256 and 512 rows "
                    + blocked.map { "\(gigaflops($0)) (\(percent($0, of: peak)))" }.joined(separator: ", ")
                    + ", general \(gigaflops(product)) (\(percent(product, of: peak))) GFLOP/s"
            )
        }
    }

    private static func peakRate() -> Double {
        var sink: Float = 0
        var operations = 0.0
        let seconds = ProcessorTime.best(of: 1) { operations = whorl_multiply_add(20_000_000, &sink) }
        return sink.isNaN ? 0 : operations / seconds
    }

    private static func gigaflops(_ rate: Double) -> Double { (rate / 1e8).rounded() / 10 }
    private static func percent(_ rate: Double, of peak: Double) -> String { "\(Int((100 * rate / peak).rounded())) %" }
}
