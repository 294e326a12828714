/// Whether two numbers differ by at most `relative` times the larger magnitude, or by at most `absolute`.
///
/// NaN is close to nothing; an infinity is close to itself only.
public func isClose<Number: BinaryFloatingPoint>(
    _ left: Number, _ right: Number, relative: Number = 1e-12, absolute: Number = 0
) -> Bool {
    if left == right { return true }
    let difference = (left - right).magnitude
    return difference.isFinite && difference <= max(absolute, relative * max(left.magnitude, right.magnitude))
}

/// Whether two lists have the same length and are close, element by element.
public func areClose<Number: BinaryFloatingPoint>(
    _ left: some Collection<Number>, _ right: some Collection<Number>, relative: Number = 1e-12, absolute: Number = 0
) -> Bool {
    left.count == right.count
        && zip(left, right).allSatisfy { isClose($0, $1, relative: relative, absolute: absolute) }
}
