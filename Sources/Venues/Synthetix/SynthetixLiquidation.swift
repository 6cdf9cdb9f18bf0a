public import Domain
import Margin
public import Mechanisms
public import Units

/// How much of a market's positions may be liquidated in a while (`maxLiquidatableAmount`), 18 decimals.
///
/// Example: a window that allows 100, of which 70 are used, closes 30 of a position of 50. When nothing is left, another whole
/// window opens if the market's skew is small and the last liquidation was not in this very second.
public struct SynthetixWindow: Equatable, Sendable {
    /// In one window; none is no limit.
    public var maximum: UInt256
    /// Liquidated within the last window.
    public var used: UInt256
    public var skew: Int256
    public var skewScale: UInt256
    /// `maxLiquidationPd`; none is never.
    public var premiumMost: UInt256
    /// Of the last liquidation in the market.
    public var last: Moment

    public init(
        maximum: UInt256, used: UInt256, skew: Int256 = .zero, skewScale: UInt256 = .zero, premiumMost: UInt256 = .zero,
        last: Moment = .start
    ) {
        (self.maximum, self.used, self.skew, self.skewScale) = (maximum, used, skew, skewScale)
        (self.premiumMost, self.last) = (premiumMost, last)
    }

    public var capacity: UInt256 { maximum.subtracting(used) ?? .zero }

    /// Of a position of that size, now.
    public func liquidatable(_ size: UInt256, at moment: Moment) -> UInt256 {
        if maximum.isZero { return size }
        if !capacity.isZero { return min(size, capacity) }
        return isCalm(at: moment) ? min(size, maximum) : .zero
    }

    private func isCalm(at moment: Moment) -> Bool {
        guard !premiumMost.isZero, !skewScale.isZero,
            last.nanoseconds / 1_000_000_000 != moment.nanoseconds / 1_000_000_000,
            let premium = skew.magnitude.multiplied(by: .decimal)?.dividedRoundingDown(by: skewScale)
        else { return false }
        return premium < premiumMost
    }
}

/// An account that can be liquidated offers the keeper's reward for flagging it and closing a first part. The reward is in the
/// cash asset; no capital is needed.
extension SynthetixRules: OfferingRules {
    public func offers<V: OfferVisitor>(
        factors: Span<FactorIndex>, amounts: Span<TokenAmount>, traits: AccountTraits, at moment: Moment,
        in reserves: borrowing ReserveTable, to visitor: inout V
    ) {
        guard let account = SynthetixAccount(factors, amounts, reserves), account.positions > 0,
            account.excess?.isNegative == true, let reward = account.keeper?.flagReward(account)?.asUInt128,
            let cash = reserves.row(factors[0].reserve).flatMap({ reserves.conditions(of: $0.market)?.cash })
        else { return }
        for leg in factors.indices {
            guard case .position(let position)? = PerpetualHolding(at: leg, factors, amounts, in: reserves)
            else { continue }
            return visitor.visit(
                KeeperWork(
                    pays: cash, receives: position.instrument, rewards: Rewards(Reward(cash, reward)), at: moment))
        }
    }
}

extension KeeperTerms {
    /// What the first call pays: for flagging, and for the first window.
    func flagReward(_ account: SynthetixAccount) -> UInt256? {
        guard let byCollateral = account.collateral.timesDecimal(collateralShare),
            let cost = flagCost.adding(liquidateCost)
        else { return nil }
        return reward(max(account.flagRewards, byCollateral), cost: cost, margin: account.collateral)
    }
}
