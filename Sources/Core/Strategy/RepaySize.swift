import Domain
import Mechanisms
import Units

/// The repayment that earns most, given depth: the margin is concave in it, since seizing is linear up to the collateral
/// and both swaps get worse with size.
struct RepaySize {
    var repay: TokenAmount
    var amounts: LiquidationAmounts
    var swaps: SwapLegs
}

extension BidSimulation {
    /// The best size up to the limit; `nil` when no size can be executed and sold.
    func bestSize(_ subject: LiquidationSubject, limit: TokenAmount, _ funding: Funding) -> RepaySize? {
        if let repay = advised?.repay { return size(repay, subject, funding) }
        let best = SizeSearch.best(within: SizeLimits(most: limit)) { size($0, subject, funding)?.swaps.margin }
        return best.flatMap { size($0.size, subject, funding) }
    }

    private func size(_ repay: TokenAmount, _ subject: LiquidationSubject, _ funding: Funding) -> RepaySize? {
        guard repay > 0, case .success(let amounts) = rules.liquidation(repaying: repay, of: subject, in: reserves),
            let swaps = SwapLegs(
                seize: amounts.seize, repay: amounts.repay, subject.pair, funding: funding, market, in: reserves)
        else { return nil }
        return RepaySize(repay: repay, amounts: amounts, swaps: swaps)
    }
}
