import Units

/// Aave's fixed-point operations (`PercentageMath`, `WadRayMath`), each with its rounding by name. `nil` is the revert that
/// Solidity's checked arithmetic would give: the product is taken in 256 bits, not more.
enum AaveMath {
    enum Rounding { case down, halfUp, up }

    static let wad = UInt256(1_000_000_000_000_000_000 as UInt128)
    static let ray = UInt256(Ray.one.value)
    static let percent = UInt256(10_000 as UInt128)

    /// value · points / 10 000: `percentMul`, `percentMulFloor`, `percentMulCeil`.
    static func percentMul(_ value: UInt256, _ points: BasisPoints, _ rounding: Rounding) -> UInt256? {
        quotient(value, UInt256(UInt64(points.count)), over: percent, rounding)
    }

    /// value · 10 000 / points: `percentDiv`, `percentDivFloor`, `percentDivCeil`.
    static func percentDiv(_ value: UInt256, _ points: BasisPoints, _ rounding: Rounding) -> UInt256? {
        points == .zero ? nil : quotient(value, percent, over: UInt256(UInt64(points.count)), rounding)
    }

    /// a · b / 10^27: `rayMul`, `rayMulFloor`, `rayMulCeil`.
    static func rayMul(_ a: UInt256, _ b: Ray, _ rounding: Rounding) -> UInt256? {
        b == .one ? a : quotient(a, UInt256(b.value), over: ray, rounding)
    }

    /// a · 10^27 / b: `rayDiv`, `rayDivFloor`, `rayDivCeil`.
    static func rayDiv(_ a: UInt256, _ b: Ray, _ rounding: Rounding) -> UInt256? {
        b == .one ? a : quotient(a, ray, over: UInt256(b.value), rounding)
    }

    /// a · 10^18 / b, half up: `wadDiv`.
    static func wadDiv(_ a: UInt256, _ b: UInt256) -> UInt256? { quotient(a, wad, over: b, .halfUp) }

    /// a · b / divisor with Solidity's overflow: the product, and for half-up its correction, must fit 256 bits.
    static func quotient(_ a: UInt256, _ b: UInt256, over divisor: UInt256, _ rounding: Rounding) -> UInt256? {
        guard !divisor.isZero, let product = a.multiplied(by: b) else { return nil }
        switch rounding {
        case .down: return product.dividedRoundingDown(by: divisor)
        case .up: return product.dividedRoundingUp(by: divisor)
        case .halfUp: return product.adding(half(divisor))?.dividedRoundingDown(by: divisor)
        }
    }

    private static func half(_ value: UInt256) -> UInt256 {
        UInt256(high: value.high >> 1, low: value.low >> 1 | value.high << 127)
    }
}
