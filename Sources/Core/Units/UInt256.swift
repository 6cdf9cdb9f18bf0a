/// An unsigned 256-bit integer, the word of the EVM.
///
/// | expression | result | when it does not fit |
/// |---|---|---|
/// | `a + b`, `a - b`, `a * b` | `UInt256` | trap: our own arithmetic must fit |
/// | `a.adding(b)`, `a.multiplied(by: b)` | `UInt256?` | `nil`: where a contract would revert |
/// | `a.multipliedFullWidth(by: b)` | high and low word | always fits |
/// | `a.dividedRoundingDown(by: b)`, `…Up` | `UInt256` | trap on zero |
/// | `a.multiplied(by: b, dividedRoundingDownBy: c)`, `…Up…` | `UInt256?` | `nil` when the quotient exceeds 256 bits |
///
/// Two `UInt128` halves: 32 bytes, no reference, comparisons in two steps.
public struct UInt256: Hashable, Sendable {
    public var high: UInt128
    public var low: UInt128

    @inlinable
    public init(high: UInt128, low: UInt128) {
        self.high = high
        self.low = low
    }

    @inlinable
    public init(_ value: UInt128) {
        self.init(high: 0, low: value)
    }

    @inlinable
    public init(_ value: UInt64) {
        self.init(high: 0, low: UInt128(value))
    }

    @inlinable
    public init(_ value: Int) {
        precondition(value >= 0, "Condition: a UInt256 is not negative")
        self.init(high: 0, low: UInt128(value))
    }

    public static let zero = UInt256(high: 0, low: 0)
    public static let max = UInt256(high: .max, low: .max)

    @inlinable public var isZero: Bool { high == 0 && low == 0 }

    /// The value in 128 bits, or `nil` when it does not fit.
    @inlinable public var asUInt128: UInt128? { high == 0 ? low : nil }
}

extension UInt256: Comparable {
    @inlinable
    public static func < (a: UInt256, b: UInt256) -> Bool {
        a.high != b.high ? a.high < b.high : a.low < b.low
    }
}

extension UInt256: ExpressibleByIntegerLiteral {
    @inlinable
    public init(integerLiteral value: UInt128) {
        self.init(value)
    }
}
