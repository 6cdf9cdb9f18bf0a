public import Units

/// Which number of an instrument a leg holds, or a factor follows.
///
/// | side | lending | perpetual | option expiry |
/// |---|---|---|---|
/// | collateral | price × supply index; scaled collateral | mark for longs; long size | forward |
/// | debt | price × borrow index; scaled debt | mark for shorts; short size | at-the-money volatility |
/// | accrual | an account's interest index at its last touch | cumulative funding; its value at the last settlement | skew |
/// | entry | – | what the position was entered for, signed | curvature |
public enum Side: UInt8, CaseIterable, Hashable, Sendable {
    case collateral = 0
    case debt = 1
    case accrual = 2
    case entry = 3

    /// Every side in order. Unlike `allCases` it makes no array.
    @inlinable public static func forEach(_ body: (Side) -> Void) {
        body(.collateral)
        body(.debt)
        body(.accrual)
        body(.entry)
    }
}

/// Anything streamed that moves an account, and the slot in which an account holds a number of its own: an instrument and
/// one of its sides.
public struct FactorIndex: Hashable, Comparable, BitwiseCopyable, Sendable {
    public var raw: UInt32

    @inlinable public init(raw: UInt32) { self.raw = raw }
    @inlinable public init(_ reserve: ReserveIndex, _ side: Side) {
        raw = UInt32(reserve.raw) << 2 | UInt32(side.rawValue)
    }
    @inlinable public var position: Int { Int(raw) }
    @inlinable public var reserve: ReserveIndex { ReserveIndex(UInt16(truncatingIfNeeded: raw >> 2)) }
    @inlinable public var side: Side {
        switch raw & 3 {
        case 0: .collateral
        case 1: .debt
        case 2: .accrual
        default: .entry
        }
    }
    @inlinable public static func < (a: FactorIndex, b: FactorIndex) -> Bool { a.raw < b.raw }
}

/// One number that an account holds, exact.
public struct Leg: Equatable, Sendable {
    public var factor: FactorIndex
    /// On the sides collateral and debt a quantity: for lending the scaled balance (balance over index), in the token's
    /// smallest units. On the sides accrual and entry a signed number in two's complement.
    public var amount: TokenAmount

    @inlinable
    public init(_ factor: FactorIndex, _ amount: TokenAmount) {
        self.factor = factor
        self.amount = amount
    }

    @inlinable
    public init(_ reserve: ReserveIndex, _ side: Side, _ amount: TokenAmount) {
        self.init(FactorIndex(reserve, side), amount)
    }

    /// A signed number of the account's own.
    @inlinable
    public init(_ reserve: ReserveIndex, _ side: Side, signed amount: Int128) {
        self.init(FactorIndex(reserve, side), TokenAmount(truncatingIfNeeded: amount))
    }
}
