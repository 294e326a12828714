import LinearAlgebra
import TestSupport
import Testing

struct ProductTests {
    @Test(arguments: try DecompositionCase.all())
    func agreesWithReference(_ reference: DecompositionCase) throws {
        let a: Matrix<Double> = try reference.matrix()
        let b = try Matrix(rows: reference.columns, columns: 3, elements: reference.b)
        #expect(areClose(try Matrix.product(a, b).elements, reference.product, relative: 1e-12, absolute: 1e-12))
        #expect(areClose(try a.gram().elements, reference.gram, relative: 1e-12, absolute: 1e-12))
        #expect(
            areClose(try a.transposed.columnGram().elements, reference.gram, relative: 1e-12, absolute: 1e-12))

        let single: Matrix<Float> = try reference.matrix()
        #expect(areClose(try single.gram().elements.map(Double.init), reference.gram, relative: 1e-5, absolute: 1e-4))
    }

    @Test func transposedOperandsAreRowMajor() throws {
        let a = try Matrix<Double>(rows: [[1, 2, 3], [4, 5, 6]])
        let b = try Matrix<Double>(rows: [[1, 0], [0, 1], [2, 2]])
        let expected = try Matrix<Double>(rows: [[7, 8], [16, 17]])
        #expect(try Matrix.product(a, b) == expected)
        #expect(try Matrix.product(a.transposed, b, transposingLeft: true) == expected)
        #expect(try Matrix.product(a, b.transposed, transposingRight: true) == expected)
        #expect(
            try Matrix.product(a.transposed, b.transposed, transposingLeft: true, transposingRight: true) == expected)
    }

    @Test func blockedGramIsTheDiagonalOfTheWholeGram() throws {
        let x = Matrix<Float>.wholeNumbers(rows: 70, columns: 50)
        let whole = try x.gram()
        let groups = [0..<1, 1..<33, 33..<70]
        for (group, block) in zip(groups, try x.blockedGram(groups: groups)) {
            for row in group {
                for column in group {
                    #expect(block[row - group.lowerBound, column - group.lowerBound] == whole[row, column])
                }
            }
        }
    }

    @Test func refusesBadOperands() throws {
        let good = Matrix<Double>(rows: 2, columns: 3, repeating: 1)
        let empty = Matrix<Double>(rows: 0, columns: 3)
        #expect(throws: LinearAlgebraError.self) { try Matrix<Double>(rows: 2, columns: 2, elements: [1, 2, 3]) }
        #expect(throws: LinearAlgebraError.self) { try Matrix<Double>(rows: -1, columns: -1, elements: [1]) }
        #expect(throws: LinearAlgebraError.self) { try Matrix<Double>(rows: .max, columns: 2, elements: []) }
        #expect(throws: LinearAlgebraError.self) { try Matrix<Double>(rows: [[1, 2], [3]]) }
        #expect(code { try Matrix.product(good, good) } == .shapeMismatch)
        #expect(code { try Matrix.product(empty, good.transposed) } == .empty)
        #expect(code { try empty.gram() } == .empty)
        #expect(code { try good.blockedGram(groups: [0..<3]) } == .shapeMismatch)
        #expect(code { try good.blockedGram(groups: [1..<1]) } == .empty)
        for bad in [Double.nan, .infinity, -.infinity] {
            for index in 0..<6 {
                var operand = good
                operand[index / 3, index % 3] = bad
                #expect(!operand.isFinite)
                #expect(code { try operand.gram() } == .nonFinite)
                #expect(code { try operand.columnGram() } == .nonFinite)
                #expect(code { try Matrix.product(good, operand, transposingRight: true) } == .nonFinite)
            }
        }
        var small = Matrix<Double>(rows: 1, columns: 1)
        #expect(code { try good.gram(into: &small) } == .shapeMismatch)
        #expect(code { try Matrix.product(good, good, transposingRight: true, into: &small) } == .shapeMismatch)
    }

    @Test func squaresThatOverflowAreNoFaultOfTheOperand() throws {
        let large = Matrix<Float>(rows: 3, columns: 5, repeating: 1e30)
        #expect(try large.gram()[1, 1] == .infinity)
        #expect(try large.columnGram()[1, 1] == .infinity)
    }

    @Test func reusedResultsAreOverwritten() throws {
        let x = Matrix<Float>.wholeNumbers(rows: 67, columns: 40)
        var result = Matrix<Float>(rows: 67, columns: 67, repeating: .nan)
        try x.gram(into: &result)
        #expect(result == (try x.gram()))
        #expect(result == result.transposed)
        result = Matrix(rows: 67, columns: 67, repeating: .nan)
        try Matrix.product(x, x, transposingRight: true, into: &result)
        #expect(result == (try x.gram()))
    }

    @Test func largestFiniteNumbersAreFinite() {
        #expect(Matrix<Double>(rows: 3, columns: 3, repeating: .greatestFiniteMagnitude).isFinite)
        #expect(Matrix<Float>(rows: 3, columns: 3, repeating: -.greatestFiniteMagnitude).isFinite)
    }
}

/// The code of the error that `body` throws.
func code<Value>(_ body: () throws -> Value) -> LinearAlgebraError.Code? {
    do {
        _ = try body()
        return nil
    } catch {
        return (error as? LinearAlgebraError)?.code
    }
}

extension Matrix where Scalar == Float {
    /// Whole numbers from 0 to 16 in a fixed pattern.
    static func wholeNumbers(rows: Int, columns: Int) -> Matrix<Float> {
        var result = Matrix<Float>(rows: rows, columns: columns)
        for row in 0..<rows {
            for column in 0..<columns { result[row, column] = Float((row * 31 + column * column * 7) % 17) }
        }
        return result
    }
}
