extension UInt256 {
    /// The whole product of two halves, by their 64-bit digits.
    @inlinable
    public init(product a: UInt128, _ b: UInt128) {
        let (a1, a0) = (a >> 64, a & 0xffff_ffff_ffff_ffff)
        let (b1, b0) = (b >> 64, b & 0xffff_ffff_ffff_ffff)
        let low = a0 &* b0
        // No sum below wraps: a product of digits leaves room for two more digits.
        let middle = a1 &* b0 &+ (low >> 64)
        let middle2 = a0 &* b1 &+ (middle & 0xffff_ffff_ffff_ffff)
        self.init(
            high: a1 &* b1 &+ (middle >> 64) &+ (middle2 >> 64), low: middle2 << 64 | (low & 0xffff_ffff_ffff_ffff))
    }

    /// The sum, or `nil` past 256 bits: where Solidity's checked addition reverts.
    @inlinable
    public func adding(_ other: UInt256) -> UInt256? {
        let (low, carry) = low.addingReportingOverflow(other.low)
        let (partial, overflow) = high.addingReportingOverflow(other.high)
        let (high, overflowOfCarry) = partial.addingReportingOverflow(carry ? 1 : 0)
        return overflow || overflowOfCarry ? nil : UInt256(high: high, low: low)
    }

    /// The difference, or `nil` below zero.
    @inlinable
    public func subtracting(_ other: UInt256) -> UInt256? {
        guard self >= other else { return nil }
        let (low, borrow) = low.subtractingReportingOverflow(other.low)
        return UInt256(high: high &- other.high &- (borrow ? 1 : 0), low: low)
    }

    /// The product, or `nil` past 256 bits: where Solidity's checked multiplication reverts.
    @inlinable
    public func multiplied(by other: UInt256) -> UInt256? {
        if high == 0 && other.high == 0 {
            return UInt256(product: low, other.low)
        }
        let product = multipliedFullWidth(by: other)
        return product.high.isZero ? product.low : nil
    }

    /// The whole product: 512 bits in two words.
    @inlinable
    public func multipliedFullWidth(by other: UInt256) -> (high: UInt256, low: UInt256) {
        let ll = UInt256(product: low, other.low)
        let lh = UInt256(product: low, other.high)
        let hl = UInt256(product: high, other.low)
        let hh = UInt256(product: high, other.high)
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
    public static func + (a: UInt256, b: UInt256) -> UInt256 {
        guard let sum = a.adding(b) else { preconditionFailure("Invariant: a sum fits 256 bits") }
        return sum
    }

    @inlinable
    public static func - (a: UInt256, b: UInt256) -> UInt256 {
        guard let difference = a.subtracting(b) else { preconditionFailure("Invariant: a difference is not negative") }
        return difference
    }

    @inlinable
    public static func * (a: UInt256, b: UInt256) -> UInt256 {
        guard let product = a.multiplied(by: b) else { preconditionFailure("Invariant: a product fits 256 bits") }
        return product
    }

    @inlinable public static func += (a: inout UInt256, b: UInt256) { a = a + b }
    @inlinable public static func -= (a: inout UInt256, b: UInt256) { a = a - b }
}
