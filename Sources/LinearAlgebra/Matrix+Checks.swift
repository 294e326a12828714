extension Matrix {
    /// Whether no element is infinite or NaN.
    public var isFinite: Bool { hasOnlyFiniteElements() }

    // A generic method of another module is not specialised by its callers, so the loops over elements say so here.
    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    private func hasOnlyFiniteElements() -> Bool {
        // Or instead of an early exit: the loop is a few vector instructions, and nearly every operand is finite.
        let elements = storage.span
        var found: UInt32 = 0
        for index in elements.indices { found |= elements[index].magnitude < .infinity ? 0 : 1 }
        return found == 0
    }

    /// Checks what every routine needs of an operand.
    func checkOperand(_ name: String) throws(LinearAlgebraError) {
        try checkShape(name)
        guard isFinite else {
            throw LinearAlgebraError(.nonFinite, "\(name) (\(rows) × \(columns)) holds an infinity or a NaN")
        }
    }

    /// Checks what every routine needs of an operand's shape.
    func checkShape(_ name: String) throws(LinearAlgebraError) {
        guard rows > 0, columns > 0 else {
            throw LinearAlgebraError(.empty, "\(name) is a \(rows) × \(columns) matrix and has no elements")
        }
        guard Int32(exactly: rows) != nil, Int32(exactly: columns) != nil else {
            throw LinearAlgebraError(
                .tooLarge, "\(name) is \(rows) × \(columns); the BLAS interface takes at most \(Int32.max) each way")
        }
    }
}
