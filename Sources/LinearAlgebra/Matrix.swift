/// A dense matrix of `Float` or `Double`, stored row by row.
///
/// It is a value: a copy shares storage until one of the two is written. Products and decompositions are in the
/// extensions, one file each; they refuse empty, non-finite and ill-fitting operands with `LinearAlgebraError`.
public struct Matrix<Scalar: MatrixScalar>: Sendable, Hashable {
    /// How many rows.
    public let rows: Int
    /// How many columns.
    public let columns: Int
    @usableFromInline var storage: [Scalar]

    /// Makes a matrix from its elements, row by row.
    /// - Throws: `shapeMismatch` unless there are `rows` × `columns` elements, both 0 or more.
    public init(rows: Int, columns: Int, elements: [Scalar]) throws(LinearAlgebraError) {
        let (count, overflow) = rows.multipliedReportingOverflow(by: columns)
        guard rows >= 0, columns >= 0, !overflow, elements.count == count else {
            throw LinearAlgebraError(
                .shapeMismatch, "\(elements.count) elements do not fill a \(rows) × \(columns) matrix")
        }
        self.init(unchecked: elements, rows: rows, columns: columns)
    }

    /// Makes a matrix from rows of equal length.
    /// - Throws: `shapeMismatch` if the lengths differ.
    public init(rows: [[Scalar]]) throws(LinearAlgebraError) {
        let columns = rows.first?.count ?? 0
        for (index, row) in rows.enumerated() where row.count != columns {
            throw LinearAlgebraError(
                .shapeMismatch, "row \(index) has \(row.count) elements and row 0 has \(columns)")
        }
        self.init(unchecked: Array(rows.joined()), rows: rows.count, columns: columns)
    }

    /// Makes a matrix whose elements are all `value`. Both sizes must be 0 or more.
    public init(rows: Int, columns: Int, repeating value: Scalar = 0) {
        precondition(rows >= 0 && columns >= 0, "a matrix cannot have \(rows) × \(columns) elements")
        self.init(unchecked: Self.storage(repeating: value, count: rows * columns), rows: rows, columns: columns)
    }

    // A generic initialiser of another module is not specialised by its callers; this one is.
    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    private static func storage(repeating value: Scalar, count: Int) -> [Scalar] {
        Array(repeating: value, count: count)
    }

    init(unchecked storage: [Scalar], rows: Int, columns: Int) {
        self.rows = rows
        self.columns = columns
        self.storage = storage
    }

    /// The elements, row by row.
    @inlinable public var elements: [Scalar] { storage }

    /// The element in a row of `[0, rows)` and a column of `[0, columns)`.
    @inlinable public subscript(row: Int, column: Int) -> Scalar {
        get {
            precondition(row >= 0 && row < rows && column >= 0 && column < columns, "element outside the matrix")
            return storage[row &* columns &+ column]
        }
        _modify {
            precondition(row >= 0 && row < rows && column >= 0 && column < columns, "element outside the matrix")
            yield &storage[row &* columns &+ column]
        }
    }

    /// The elements of one row of `[0, rows)`.
    @inlinable public func row(_ row: Int) -> ArraySlice<Scalar> {
        storage[row * columns..<(row + 1) * columns]
    }

    /// Lets `body` write all elements in place, row by row.
    @inlinable public mutating func withMutableElements<Result>(
        _ body: (inout MutableSpan<Scalar>) throws -> Result
    ) rethrows -> Result {
        var span = storage.mutableSpan
        return try body(&span)
    }

    /// The matrix with rows and columns exchanged.
    public var transposed: Matrix { withAxesExchanged() }

    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    private func withAxesExchanged() -> Matrix {
        var result = Matrix(rows: columns, columns: rows)
        for row in 0..<rows {
            for column in 0..<columns { result.storage[column &* rows &+ row] = storage[row &* columns &+ column] }
        }
        return result
    }
}
