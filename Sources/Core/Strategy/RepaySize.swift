public import Domain
import Liquidity
public import Mechanisms
public import Units

/// A repayment worked out to the unit.
public struct RepaySize: Equatable, Sendable {
    public var repay: TokenAmount
    public var amounts: LiquidationAmounts
    public var swaps: SwapLegs
}

extension BidSimulation {
    /// What repaying so much does and earns, to the unit; `nil` when the venue refuses it or depth does not suffice.
    public func size(_ repay: TokenAmount, _ subject: LiquidationSubject, _ funding: Funding) -> RepaySize? {
        guard repay > 0, case .success(let amounts) = rules.liquidation(repaying: repay, of: subject, in: reserves),
            let swaps = SwapLegs(
                seize: amounts.seize, repay: amounts.repay, subject.pair, funding: funding, market, in: reserves,
                depth: depth, costs: costs)
        else { return nil }
        return RepaySize(repay: repay, amounts: amounts, swaps: swaps)
    }

    /// The size to which the filter has pointed, confirmed; where that is refused, the best by asking for exact margins.
    func size(_ subject: LiquidationSubject, _ outline: PairOutline, _ funding: Funding) -> RepaySize? {
        if let repay = advised?.repay { return size(repay, subject, funding) }
        let wanted = outline.isWhole ? outline.limit : min(max(TokenAmount(rounding: outline.size), 1), outline.limit)
        if let size = size(wanted, subject, funding) { return size }
        return searchedSize(subject, outline.limit, around: wanted, funding)
    }

    /// Where the venue refuses the best size the next smaller and the next larger one that it takes are tried: the margin is
    /// concave. Where depth does not suffice exact margins are asked for.
    private func searchedSize(
        _ subject: LiquidationSubject, _ limit: TokenAmount, around wanted: TokenAmount, _ funding: Funding
    ) -> RepaySize? {
        if !takes(wanted, subject) {
            let smaller = size(accepted(between: 0, andRefused: wanted, subject), subject, funding)
            let larger = size(accepted(between: limit, andRefused: wanted, subject), subject, funding)
            if let smaller, let larger { return smaller.swaps.margin > larger.swaps.margin ? smaller : larger }
            if let one = smaller ?? larger { return one }
        }
        let best = SizeSearch.best(within: SizeLimits(most: limit)) { size($0, subject, funding)?.swaps.margin }
        return best.flatMap { size($0.size, subject, funding) }
    }

    private func takes(_ repay: TokenAmount, _ subject: LiquidationSubject) -> Bool {
        if case .success = rules.liquidation(repaying: repay, of: subject, in: reserves) { return true }
        return false
    }

    /// The accepted size nearest to a refused one, to a part in 2^24 of it: bisection.
    private func accepted(
        between end: TokenAmount, andRefused wanted: TokenAmount, _ subject: LiquidationSubject
    ) -> TokenAmount {
        var (accepted, refused) = (end, wanted)
        let near = max(wanted >> 24, 1)
        while max(refused, accepted) - min(refused, accepted) > near {
            let middle = min(refused, accepted) + (max(refused, accepted) - min(refused, accepted)) / 2
            if takes(middle, subject) { accepted = middle } else { refused = middle }
        }
        return accepted
    }
}
