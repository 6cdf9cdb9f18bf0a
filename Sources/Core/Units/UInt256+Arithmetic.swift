extension UInt256 {
    /// The sum, or `nil` past 256 bits: where Solidity's checked addition reverts.
    @inlinable
    package func adding(_ other: UInt256) -> UInt256? {
        let (low, carry) = low.addingReportingOverflow(other.low)
        let (partial, overflow) = high.addingReportingOverflow(other.high)
        let (high, overflowOfCarry) = partial.addingReportingOverflow(carry ? 1 : 0)
        return overflow || overflowOfCarry ? nil : UInt256(high: high, low: low)
    }

    /// The difference, or `nil` below zero.
    @inlinable
    package func subtracting(_ other: UInt256) -> UInt256? {
        guard self >= other else { return nil }
        let (low, borrow) = low.subtractingReportingOverflow(other.low)
        return UInt256(high: high &- other.high &- (borrow ? 1 : 0), low: low)
    }

    /// The product, or `nil` past 256 bits: where Solidity's checked multiplication reverts.
    @inlinable
    package func multiplied(by other: UInt256) -> UInt256? {
        if high == 0 && other.high == 0 {
            let (productHigh, productLow) = low.multipliedFullWidth(by: other.low)
            return UInt256(high: productHigh, low: productLow)
        }
        let product = multipliedFullWidth(by: other)
        return product.high.isZero ? product.low : nil
    }

    /// The whole product: 512 bits in two words.
    @inlinable
    package func multipliedFullWidth(by other: UInt256) -> (high: UInt256, low: UInt256) {
        let ll = low.multipliedFullWidth(by: other.low)
        let lh = low.multipliedFullWidth(by: other.high)
        let hl = high.multipliedFullWidth(by: other.low)
        let hh = high.multipliedFullWidth(by: other.high)
        let (middle1, carry1) = ll.high.addingReportingOverflow(lh.low)
        let (middle, carry2) = middle1.addingReportingOverflow(hl.low)
        let (upper1, carry3) = hh.low.addingReportingOverflow(lh.high)
        let (upper2, carry4) = upper1.addingReportingOverflow(hl.high)
        let carries: UInt128 = (carry1 ? 1 : 0) + (carry2 ? 1 : 0)
        let (upper, carry5) = upper2.addingReportingOverflow(carries)
        // Wrapping cannot happen: a 256 by 256 bit product has at most 512 bits.
        let top = hh.high &+ (carry3 ? 1 : 0) &+ (carry4 ? 1 : 0) &+ (carry5 ? 1 : 0)
        return (UInt256(high: top, low: upper), UInt256(high: middle, low: ll.low))
    }

    @inlinable
    package static func + (a: UInt256, b: UInt256) -> UInt256 {
        guard let sum = a.adding(b) else { preconditionFailure("Invariant: a sum fits 256 bits") }
        return sum
    }

    @inlinable
    package static func - (a: UInt256, b: UInt256) -> UInt256 {
        guard let difference = a.subtracting(b) else { preconditionFailure("Invariant: a difference is not negative") }
        return difference
    }

    @inlinable
    package static func * (a: UInt256, b: UInt256) -> UInt256 {
        guard let product = a.multiplied(by: b) else { preconditionFailure("Invariant: a product fits 256 bits") }
        return product
    }

    @inlinable package static func += (a: inout UInt256, b: UInt256) { a = a + b }
    @inlinable package static func -= (a: inout UInt256, b: UInt256) { a = a - b }
}
