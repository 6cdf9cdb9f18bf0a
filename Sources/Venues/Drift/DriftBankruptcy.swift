public import Units

/// How Drift spreads what a bankrupt user cannot pay: a perpetual's loss over everybody in the market by way of funding, a
/// borrow over the depositors by way of their interest (`resolve_perp_bankruptcy`, `resolve_spot_bankruptcy`).
///
/// Example: a loss of 5 over longs of 10 and shorts of 15 moves the funding rate by 0.2. Both are rounded up: at least the loss
/// is collected.
public enum DriftBankruptcy {
    /// By how much cumulative funding moves for longs (up) and shorts (down), 9 decimals; `nil` when nobody is in the market.
    ///
    /// - Parameters:
    ///   - loss: quote, 6 decimals. `longs` and `shorts`: base, 9 decimals, without signs.
    public static func fundingDelta(loss: UInt256, longs: UInt256, shorts: UInt256) -> UInt256? {
        guard let base = longs.adding(shorts), !base.isZero else { return nil }
        return loss.multiplied(by: UInt256(DriftLiquidation.baseUnit), dividedRoundingUpBy: base)?.multiplied(by: 1_000)
    }

    /// By how much the cumulative deposit interest falls; `nil` without deposits.
    public static func interestDelta(cumulative: UInt256, borrow: UInt256, deposits: UInt256) -> UInt256? {
        guard !deposits.isZero else { return nil }
        return cumulative.multiplied(by: borrow, dividedRoundingUpBy: deposits)
    }
}
