package import Units

/// Which side of a lending account a leg is on.
package enum Side: UInt8, Hashable, Sendable {
    case collateral = 0
    case debt = 1
}

/// Anything streamed that moves an account. A lending reserve has two: its price times the supply index, and its price
/// times the borrow index.
package struct FactorIndex: Hashable, Comparable, BitwiseCopyable, Sendable {
    package var raw: UInt32

    @inlinable package init(raw: UInt32) { self.raw = raw }
    @inlinable package init(_ reserve: ReserveIndex, _ side: Side) {
        raw = UInt32(reserve.raw) << 1 | UInt32(side.rawValue)
    }
    @inlinable package var position: Int { Int(raw) }
    @inlinable package var reserve: ReserveIndex { ReserveIndex(UInt16(truncatingIfNeeded: raw >> 1)) }
    @inlinable package var side: Side { raw & 1 == 0 ? .collateral : .debt }
    @inlinable package static func < (a: FactorIndex, b: FactorIndex) -> Bool { a.raw < b.raw }
}

/// One leg of an account: a scaled balance on a factor, exact.
package struct Leg: Equatable, Sendable {
    package var factor: FactorIndex
    /// The scaled balance (balance over index), in the token's smallest units.
    package var amount: TokenAmount

    @inlinable
    package init(_ factor: FactorIndex, _ amount: TokenAmount) {
        self.factor = factor
        self.amount = amount
    }

    @inlinable
    package init(_ reserve: ReserveIndex, _ side: Side, _ amount: TokenAmount) {
        self.init(FactorIndex(reserve, side), amount)
    }
}
