/// A signed 256-bit integer, the signed word of the EVM: a magnitude and a sign.
///
/// | expression | result | when it does not fit |
/// |---|---|---|
/// | `-a` | `Int256` | trap for the least value, whose opposite does not exist |
/// | `a + b`, `a - b`, `a * b` | `Int256` | trap: our own arithmetic must fit |
/// | `a.adding(b)`, `a.subtracting(b)`, `a.multiplied(by: b)` | `Int256?` | `nil`: where a contract would revert |
/// | `a.dividedTowardZero(by: b)`, `…RoundingDown…` | `Int256?` | `nil` for the least value over −1; trap on zero |
/// | `a.multiplied(by: b, dividedTowardZeroBy: c)`, `…RoundingDown…` | `Int256?` | `nil` when the quotient does not fit |
///
/// Invariant: the magnitude is at most 2^255 − 1, or 2^255 when negative; zero is not negative.
public struct Int256: Hashable, Sendable {
    public let magnitude: UInt256
    public let isNegative: Bool

    /// `nil` when the value has no place in 256 bits, two's complement.
    @inlinable
    public init?(magnitude: UInt256, isNegative: Bool) {
        guard magnitude <= Self.limit, isNegative || magnitude != Self.limit else { return nil }
        self.magnitude = magnitude
        self.isNegative = isNegative && !magnitude.isZero
    }

    /// For values of which the caller knows that they fit.
    @inlinable
    init(unchecked magnitude: UInt256, isNegative: Bool) {
        self.magnitude = magnitude
        self.isNegative = isNegative && !magnitude.isZero
    }

    @inlinable
    public init(_ value: Int128) {
        self.init(unchecked: UInt256(value.magnitude), isNegative: value < 0)
    }

    /// `nil` above 2^255 − 1.
    @inlinable
    public init?(_ value: UInt256) {
        self.init(magnitude: value, isNegative: false)
    }

    @inlinable
    public init(_ value: UInt128) {
        self.init(unchecked: UInt256(value), isNegative: false)
    }

    /// 2^255: the magnitude of the least value.
    @usableFromInline static let limit = UInt256(high: 1 << 127, low: 0)
    public static let zero = Int256(unchecked: .zero, isNegative: false)
    public static let max = Int256(unchecked: limit - 1, isNegative: false)
    public static let min = Int256(unchecked: limit, isNegative: true)

    @inlinable public var isZero: Bool { magnitude.isZero }

    /// The value without a sign, or `nil` below zero.
    @inlinable public var asUInt256: UInt256? { isNegative ? nil : magnitude }

    /// The value in 128 bits, or `nil` when it does not fit.
    @inlinable public var asInt128: Int128? {
        guard let low = magnitude.asUInt128 else { return nil }
        if low == 1 << 127 { return isNegative ? .min : nil }
        guard let value = Int128(exactly: low) else { return nil }
        return isNegative ? -value : value
    }
}

extension Int256: Comparable {
    @inlinable
    public static func < (a: Int256, b: Int256) -> Bool {
        guard a.isNegative == b.isNegative else { return a.isNegative }
        return a.isNegative ? b.magnitude < a.magnitude : a.magnitude < b.magnitude
    }
}

extension Int256: ExpressibleByIntegerLiteral {
    @inlinable
    public init(integerLiteral value: Int128) {
        self.init(value)
    }
}

extension Int256: CustomStringConvertible {
    /// Decimal digits, a minus before them when negative.
    public var description: String { isNegative ? "-\(magnitude)" : "\(magnitude)" }

    /// Reads decimal digits, a minus allowed before them, nothing else. `nil` when the value does not fit.
    public init?(decimal text: String) {
        let isNegative = text.utf8.first == 45
        guard let magnitude = UInt256(decimal: isNegative ? String(text.dropFirst()) : text) else { return nil }
        self.init(magnitude: magnitude, isNegative: isNegative)
    }
}
