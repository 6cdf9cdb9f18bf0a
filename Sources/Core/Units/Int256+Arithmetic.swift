// Every division names its rounding: Solidity and Rust truncate toward zero, a funding index floors.
extension Int256 {
    /// The sum, or `nil` where Solidity's checked addition reverts.
    @inlinable
    public func adding(_ other: Int256) -> Int256? {
        if isNegative == other.isNegative {
            return magnitude.adding(other.magnitude).flatMap { Int256(magnitude: $0, isNegative: isNegative) }
        }
        return magnitude >= other.magnitude
            ? Int256(unchecked: magnitude - other.magnitude, isNegative: isNegative)
            : Int256(unchecked: other.magnitude - magnitude, isNegative: other.isNegative)
    }

    /// The difference, or `nil` where Solidity's checked subtraction reverts.
    @inlinable
    public func subtracting(_ other: Int256) -> Int256? {
        // Not by way of the opposite: the least value has none.
        if isNegative != other.isNegative {
            return magnitude.adding(other.magnitude).flatMap { Int256(magnitude: $0, isNegative: isNegative) }
        }
        return magnitude >= other.magnitude
            ? Int256(unchecked: magnitude - other.magnitude, isNegative: isNegative)
            : Int256(unchecked: other.magnitude - magnitude, isNegative: !isNegative)
    }

    /// The product, or `nil` where Solidity's checked multiplication reverts.
    @inlinable
    public func multiplied(by other: Int256) -> Int256? {
        magnitude.multiplied(by: other.magnitude)
            .flatMap { Int256(magnitude: $0, isNegative: isNegative != other.isNegative) }
    }

    /// The quotient without its fraction, as Solidity and Rust divide: −7 / 2 is −3.
    @inlinable
    public func dividedTowardZero(by divisor: Int256) -> Int256? {
        let quotient = magnitude.dividedRoundingDown(by: divisor.magnitude)
        return Int256(magnitude: quotient, isNegative: isNegative != divisor.isNegative)
    }

    /// The largest integer not above the quotient: −7 / 2 is −4.
    @inlinable
    public func dividedRoundingDown(by divisor: Int256) -> Int256? {
        let isBelowZero = isNegative != divisor.isNegative
        let quotient =
            isBelowZero
            ? magnitude.dividedRoundingUp(by: divisor.magnitude) : magnitude.dividedRoundingDown(by: divisor.magnitude)
        return Int256(magnitude: quotient, isNegative: isBelowZero)
    }

    /// self · factor / divisor toward zero, the product at full width.
    @inlinable
    public func multiplied(by factor: Int256, dividedTowardZeroBy divisor: Int256) -> Int256? {
        let isBelowZero = (isNegative != factor.isNegative) != divisor.isNegative
        return magnitude.multiplied(by: factor.magnitude, dividedRoundingDownBy: divisor.magnitude)
            .flatMap { Int256(magnitude: $0, isNegative: isBelowZero) }
    }

    /// ⌊self · factor / divisor⌋, the product at full width.
    @inlinable
    public func multiplied(by factor: Int256, dividedRoundingDownBy divisor: Int256) -> Int256? {
        let isBelowZero = (isNegative != factor.isNegative) != divisor.isNegative
        let quotient =
            isBelowZero
            ? magnitude.multiplied(by: factor.magnitude, dividedRoundingUpBy: divisor.magnitude)
            : magnitude.multiplied(by: factor.magnitude, dividedRoundingDownBy: divisor.magnitude)
        return quotient.flatMap { Int256(magnitude: $0, isNegative: isBelowZero) }
    }

    @inlinable
    public static prefix func - (a: Int256) -> Int256 {
        guard let opposite = Int256(magnitude: a.magnitude, isNegative: !a.isNegative) else {
            preconditionFailure("Invariant: an opposite fits 256 bits")
        }
        return opposite
    }

    @inlinable
    public static func + (a: Int256, b: Int256) -> Int256 {
        guard let sum = a.adding(b) else { preconditionFailure("Invariant: a sum fits 256 bits") }
        return sum
    }

    @inlinable
    public static func - (a: Int256, b: Int256) -> Int256 {
        guard let difference = a.subtracting(b) else { preconditionFailure("Invariant: a difference fits 256 bits") }
        return difference
    }

    @inlinable
    public static func * (a: Int256, b: Int256) -> Int256 {
        guard let product = a.multiplied(by: b) else { preconditionFailure("Invariant: a product fits 256 bits") }
        return product
    }
}
