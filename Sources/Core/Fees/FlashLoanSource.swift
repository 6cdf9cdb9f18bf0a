public import Units

/// Who lends within a transaction, and what that costs in the token lent.
public enum FlashLoanSource: Equatable, Sendable {
    /// Aave up to 3.6: `percentMul`, rounded half up.
    case aave(BasisPoints)
    /// Aave 3.7: rounded up.
    case aaveRoundingUp(BasisPoints)
    case balancer
    case morpho
    /// `DssFlash`, whose toll is nothing.
    case maker
    /// In-pool: what must come back so that the product holds with 0.3 % on it.
    case uniswapV2
    /// `flash`: the pool's fee in parts per million, rounded up.
    case uniswapV3(feePips: UInt32)

    /// What is owed beside the amount. Traps when it does not fit 128 bits: no loan is so large.
    public func fee(on amount: TokenAmount) -> TokenAmount {
        switch self {
        case .balancer, .morpho, .maker: 0
        case .aave(let share): Self.fraction(amount, UInt64(share.count), of: 10_000, plus: 5_000)
        case .aaveRoundingUp(let share): Self.fraction(amount, UInt64(share.count), of: 10_000, plus: 9_999)
        // 997 · back ≥ 1 000 · amount.
        case .uniswapV2: Self.fraction(amount, 3, of: 997, plus: 996)
        case .uniswapV3(let pips): Self.fraction(amount, UInt64(pips), of: 1_000_000, plus: 999_999)
        }
    }

    /// ⌊(amount · count + rounding) / whole⌋.
    private static func fraction(
        _ amount: TokenAmount, _ count: UInt64, of whole: UInt64, plus rounding: UInt64
    ) -> TokenAmount {
        let share = (UInt256(amount) * UInt256(count) + UInt256(rounding)).dividedRoundingDown(by: UInt256(whole))
        guard let fee = share.asUInt128 else { preconditionFailure("Condition: a flash loan's fee fits 128 bits") }
        return fee
    }
}
