/// Hundredths of a per cent: `10_000` is the whole.
///
/// | expression | result |
/// |---|---|
/// | `.basisPoints(50)` | half a per cent |
/// | `p.share(of: amount)` | ⌊amount · p / 10 000⌋ |
/// | `p.shareRoundingUp(of: amount)` | ⌈amount · p / 10 000⌉ |
public struct BasisPoints: Hashable, Comparable, Sendable {
    public var count: UInt32

    @inlinable
    public init(_ count: UInt32) {
        self.count = count
    }

    public static let whole = BasisPoints(10_000)
    public static let zero = BasisPoints(0)

    @inlinable
    public static func basisPoints(_ count: UInt32) -> BasisPoints { BasisPoints(count) }

    @inlinable
    public static func < (a: BasisPoints, b: BasisPoints) -> Bool { a.count < b.count }
}

extension BasisPoints {
    /// ⌊amount · points / 10 000⌋ at full width. Traps when more than 128 bits are asked for.
    @inlinable
    public func share(of amount: UInt128) -> UInt128 {
        let share = (UInt256(amount) * UInt256(UInt64(count))).dividedRoundingDown(by: 10_000)
        precondition(share.high == 0, "Condition: the share fits 128 bits")
        return share.low
    }

    /// ⌈amount · points / 10 000⌉ at full width.
    @inlinable
    public func shareRoundingUp(of amount: UInt128) -> UInt128 {
        let share = (UInt256(amount) * UInt256(UInt64(count))).dividedRoundingUp(by: 10_000)
        precondition(share.high == 0, "Condition: the share fits 128 bits")
        return share.low
    }
}
