/// Hundredths of a per cent: `10_000` is the whole.
///
/// | expression | result |
/// |---|---|
/// | `.basisPoints(50)` | half a per cent |
/// | `p.share(of: amount)` | ⌊amount · p / 10 000⌋ |
/// | `p.shareRoundingUp(of: amount)` | ⌈amount · p / 10 000⌉ |
package struct BasisPoints: Hashable, Comparable, Sendable {
    package var count: UInt32

    @inlinable
    package init(_ count: UInt32) {
        self.count = count
    }

    package static let whole = BasisPoints(10_000)
    package static let zero = BasisPoints(0)

    @inlinable
    package static func basisPoints(_ count: UInt32) -> BasisPoints { BasisPoints(count) }

    @inlinable
    package static func < (a: BasisPoints, b: BasisPoints) -> Bool { a.count < b.count }
}

extension BasisPoints {
    /// ⌊amount · points / 10 000⌋ at full width. Traps when more than 128 bits are asked for.
    @inlinable
    package func share(of amount: UInt128) -> UInt128 {
        let share = (UInt256(amount) * UInt256(UInt64(count))).dividedRoundingDown(by: 10_000)
        precondition(share.high == 0, "Condition: the share fits 128 bits")
        return share.low
    }

    /// ⌈amount · points / 10 000⌉ at full width.
    @inlinable
    package func shareRoundingUp(of amount: UInt128) -> UInt128 {
        let share = (UInt256(amount) * UInt256(UInt64(count))).dividedRoundingUp(by: 10_000)
        precondition(share.high == 0, "Condition: the share fits 128 bits")
        return share.low
    }
}
