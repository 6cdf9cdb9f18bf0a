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
        let whole = size(limit, subject, funding)
        // Concave: when a little less is no better than everything, everything is best. The common case.
        let less = size(limit - limit / 256, subject, funding)
        if let whole, let less, less.swaps.margin <= whole.swaps.margin { return whole }
        var low: TokenAmount = 1
        var high = limit
        for _ in 0..<Self.searchRounds where high - low > 2 {
            let third = (high - low) / 3
            let left = size(low + third, subject, funding)?.swaps.margin
            let right = size(high - third, subject, funding)?.swaps.margin
            // What cannot be executed is too large for the pools.
            if (right ?? .worst) >= (left ?? .worst) && right != nil { low += third } else { high -= third }
        }
        let inner = size(low + (high - low) / 2, subject, funding)
        return [whole, inner].compactMap { $0 }.max { $0.swaps.margin < $1.swaps.margin }
    }

    private func size(_ repay: TokenAmount, _ subject: LiquidationSubject, _ funding: Funding) -> RepaySize? {
        guard repay > 0, case .success(let amounts) = rules.liquidation(repaying: repay, of: subject, in: reserves),
            let swaps = SwapLegs(
                seize: amounts.seize, repay: amounts.repay, subject.pair, funding: funding, market, in: reserves)
        else { return nil }
        return RepaySize(repay: repay, amounts: amounts, swaps: swaps)
    }

    /// (2/3)^48 of the range is left: below one part in 10^8.
    private static var searchRounds: Int { 48 }
}

extension Cash {
    fileprivate static let worst = Cash(units: .min)
}
