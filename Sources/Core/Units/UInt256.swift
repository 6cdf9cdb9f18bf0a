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
package struct UInt256: Hashable, Sendable {
    package var high: UInt128
    package var low: UInt128

    @inlinable
    package init(high: UInt128, low: UInt128) {
        self.high = high
        self.low = low
    }

    @inlinable
    package init(_ value: UInt128) {
        self.init(high: 0, low: value)
    }

    @inlinable
    package init(_ value: UInt64) {
        self.init(high: 0, low: UInt128(value))
    }

    @inlinable
    package init(_ value: Int) {
        precondition(value >= 0, "Condition: a UInt256 is not negative")
        self.init(high: 0, low: UInt128(value))
    }

    package static let zero = UInt256(high: 0, low: 0)
    package static let max = UInt256(high: .max, low: .max)

    @inlinable package var isZero: Bool { high == 0 && low == 0 }

    /// The value in 128 bits, or `nil` when it does not fit.
    @inlinable package var asUInt128: UInt128? { high == 0 ? low : nil }
}

extension UInt256: Comparable {
    @inlinable
    package static func < (a: UInt256, b: UInt256) -> Bool {
        a.high != b.high ? a.high < b.high : a.low < b.low
    }
}

extension UInt256: ExpressibleByIntegerLiteral {
    @inlinable
    package init(integerLiteral value: UInt128) {
        self.init(value)
    }
}
