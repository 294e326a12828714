extension Matrix {
    /// Whether no element is infinite or NaN.
    public var isFinite: Bool { hasOnlyFiniteElements() }

    // A generic method of another module is not specialised by its callers, so the loops over elements say so here.
    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    private func hasOnlyFiniteElements() -> Bool {
        // x − x is 0 for finite x and NaN otherwise; four sums keep the additions independent.
        var sums = SIMD4<Scalar>.zero
        let whole = storage.count & ~3
        for index in stride(from: 0, to: whole, by: 4) {
            let values = SIMD4(
                storage[index], storage[index &+ 1], storage[index &+ 2], storage[index &+ 3])
            sums += values - values
        }
        var rest: Scalar = 0
        for index in whole..<storage.count { rest += storage[index] - storage[index] }
        return sums.sum() + rest == 0
    }

    /// Checks what every routine needs of an operand.
    func checkOperand(_ name: String) throws(LinearAlgebraError) {
        guard rows > 0, columns > 0 else {
            throw LinearAlgebraError(.empty, "\(name) is a \(rows) × \(columns) matrix and has no elements")
        }
        guard Int32(exactly: rows) != nil, Int32(exactly: columns) != nil else {
            throw LinearAlgebraError(
                .tooLarge, "\(name) is \(rows) × \(columns); the BLAS interface takes at most \(Int32.max) each way")
        }
        guard isFinite else {
            throw LinearAlgebraError(.nonFinite, "\(name) (\(rows) × \(columns)) holds an infinity or a NaN")
        }
    }
}
