import LinearAlgebra
import TestSupport
import Testing

struct DecompositionTests {
    @Test(arguments: try DecompositionCase.all())
    func qr(_ reference: DecompositionCase) throws {
        let a: Matrix<Double> = try reference.matrix()
        let decomposition = try a.qr()
        let rank = min(reference.rows, reference.columns)
        #expect(areClose(decomposition.r.elements.map(\.magnitude), reference.abs_r, relative: 1e-10, absolute: 1e-12))
        #expect(areClose(try Matrix.product(decomposition.q, decomposition.r).elements, reference.a, absolute: 1e-12))
        #expect(
            areClose(try decomposition.q.columnGram().elements, identity(rank), relative: 1e-12, absolute: 1e-12))
    }

    @Test(arguments: try DecompositionCase.all())
    func singularValues(_ reference: DecompositionCase) throws {
        let a: Matrix<Double> = try reference.matrix()
        let rank = min(reference.rows, reference.columns)
        #expect(areClose(try a.singularValues(), reference.singular_values, relative: 1e-10, absolute: 1e-12))
        let svd = try a.thinSVD()
        #expect(areClose(svd.values, reference.singular_values, relative: 1e-10, absolute: 1e-12))
        #expect(areClose(try svd.u.columnGram().elements, identity(rank), absolute: 1e-12))
        #expect(areClose(try svd.vTransposed.gram().elements, identity(rank), absolute: 1e-12))
        var scaled = svd.u
        for row in 0..<scaled.rows {
            for column in 0..<rank { scaled[row, column] *= svd.values[column] }
        }
        #expect(areClose(try Matrix.product(scaled, svd.vTransposed).elements, reference.a, absolute: 1e-11))

        let single: Matrix<Float> = try reference.matrix()
        #expect(
            areClose(
                try single.singularValues().map(Double.init), reference.singular_values, relative: 1e-4, absolute: 1e-4)
        )
    }

    @Test(arguments: try DecompositionCase.all())
    func symmetricEigen(_ reference: DecompositionCase) throws {
        let gram = try Matrix(rows: reference.rows, columns: reference.rows, elements: reference.gram)
        let eigen = try gram.symmetricEigen()
        #expect(areClose(eigen.values, reference.eigenvalues, relative: 1e-9, absolute: 1e-10))
        var scaled = eigen.vectors
        for row in 0..<gram.rows {
            for column in 0..<gram.rows { scaled[row, column] *= eigen.values[column] }
        }
        let rebuilt = try Matrix.product(scaled, eigen.vectors, transposingRight: true)
        #expect(areClose(rebuilt.elements, reference.gram, absolute: 1e-10))
    }

    @Test(arguments: try DecompositionCase.all())
    func principalAngles(_ reference: DecompositionCase) throws {
        let wide = try Matrix(rows: 40, columns: reference.wide_columns, elements: reference.wide)
        let narrow = try Matrix(rows: 40, columns: reference.narrow_columns, elements: reference.narrow)
        #expect(areClose(try Matrix.principalAngles(wide, narrow), reference.angles, relative: 1e-10, absolute: 1e-13))
        #expect(areClose(try Matrix.principalAngles(narrow, wide), reference.angles, relative: 1e-10, absolute: 1e-13))
    }

    @Test func smallAnglesKeepTheirDigits() throws {
        let angle = 1e-9
        let first = try Matrix<Double>(rows: [[1], [0], [0]])
        let second = try Matrix<Double>(rows: [[1], [angle], [0]])
        #expect(areClose(try Matrix.principalAngles(first, second), [angle], relative: 1e-12))
        #expect(try Matrix.principalAngles(first, first) == [0])
    }

    @Test func signsAreFixed() throws {
        let a = try Matrix<Double>(rows: [[3, 1], [1, -2], [-4, 0.5]])
        var negated = a
        for row in 0..<3 { for column in 0..<2 { negated[row, column].negate() } }
        #expect(areClose(try a.thinSVD().u.elements, try negated.thinSVD().u.elements, absolute: 1e-14))
    }

    @Test func refusesBadOperands() {
        let empty = Matrix<Double>(rows: 3, columns: 0)
        let oblong = Matrix<Double>(rows: 2, columns: 3, repeating: 1)
        let poisoned = Matrix<Double>(rows: 3, columns: 3, repeating: .nan)
        #expect(code { try empty.qr() } == .empty)
        #expect(code { try empty.thinSVD() } == .empty)
        #expect(code { try oblong.symmetricEigen() } == .shapeMismatch)
        #expect(code { try poisoned.qr() } == .nonFinite)
        #expect(code { try poisoned.singularValues() } == .nonFinite)
        #expect(code { try poisoned.thinSVD() } == .nonFinite)
        #expect(code { try poisoned.symmetricEigen() } == .nonFinite)
        #expect(code { try Matrix.principalAngles(oblong, oblong) } == .shapeMismatch)
        #expect(code { try Matrix.principalAngles(oblong.transposed, poisoned) } == .nonFinite)
    }

    private func identity(_ size: Int) -> [Double] {
        (0..<size * size).map { $0 / size == $0 % size ? 1 : 0 }
    }
}
