import Foundation
import LinearAlgebra
import TestSupport
import Testing

/// One matrix with what numpy and scipy say about it.
struct DecompositionCase: Decodable, Sendable, CustomTestStringConvertible {
    let rows: Int
    let columns: Int
    let a: [Double]
    let b: [Double]
    let product: [Double]
    let gram: [Double]
    let singular_values: [Double]
    let eigenvalues: [Double]
    let abs_r: [Double]
    let wide: [Double]
    let wide_columns: Int
    let narrow: [Double]
    let narrow_columns: Int
    let angles: [Double]

    static func all() throws -> [Self] {
        try ReferenceVectors<[Self]>.load("decompositions", from: .module)
    }

    var testDescription: String { "\(rows) × \(columns)" }

    func matrix<Scalar: MatrixScalar>(of type: Scalar.Type = Scalar.self) throws -> Matrix<Scalar> {
        try Matrix(rows: rows, columns: columns, elements: a.map { Scalar($0) })
    }
}
