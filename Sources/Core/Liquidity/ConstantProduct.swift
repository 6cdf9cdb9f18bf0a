import Domain
public import Units

/// Swaps in a constant-product pool, in the integers of `UniswapV2Library`.
public enum ConstantProduct {
    /// What comes out for an amount put in, rounded down (`getAmountOut`).
    ///
    /// out = ⌊in·(1 − fee)·R_out / (R_in + in·(1 − fee))⌋; `nil` past 256 bits, where the contract reverts.
    public static func amountOut(
        _ amountIn: TokenAmount, reserveIn: TokenAmount, reserveOut: TokenAmount, fee: BasisPoints
    ) -> TokenAmount? {
        guard amountIn > 0 else { return 0 }
        precondition(reserveIn > 0 && reserveOut > 0, "Condition: a pool has reserves")
        let afterFee = UInt256(amountIn) * UInt256(UInt64(10_000 - fee.count))
        guard let numerator = afterFee.multiplied(by: UInt256(reserveOut)),
            let denominator = (UInt256(reserveIn) * 10_000).adding(afterFee)
        else { return nil }
        return numerator.dividedRoundingDown(by: denominator).asUInt128
    }

    /// What must be put in for an amount to come out, rounded up (`getAmountIn`, which adds one always).
    ///
    /// `nil` when the pool does not hold it.
    public static func amountIn(
        for amountOut: TokenAmount, reserveIn: TokenAmount, reserveOut: TokenAmount, fee: BasisPoints
    ) -> TokenAmount? {
        guard amountOut > 0 else { return 0 }
        precondition(reserveIn > 0 && reserveOut > 0, "Condition: a pool has reserves")
        guard amountOut < reserveOut else { return nil }
        guard let numerator = (UInt256(reserveIn) * UInt256(amountOut)).multiplied(by: 10_000) else { return nil }
        let denominator = UInt256(reserveOut - amountOut) * UInt256(UInt64(10_000 - fee.count))
        return (numerator.dividedRoundingDown(by: denominator) + 1).asUInt128
    }
}
