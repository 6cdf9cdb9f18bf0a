import Domain
import Margin
import Mechanisms
import Opportunities
import Strategy
import Units

/// What an account that can be taken seems worth before we know what we would do with it.
extension Engine {
    /// Before the bot is armed nothing can be done about it, and a falling market may cross many: that must stay cheap. And what
    /// somebody has just taken is not there any more, though the feed has not told it yet.
    func knowsWorth(of account: AccountIndex) -> Bool {
        isArmed && !accounts.flags[account.position].contains(.awaitingFeed)
    }

    /// The seizure at the oracle's prices less the repayment, for the best pair: no costs, no depth. Zero where nobody knows.
    func worth(of account: AccountIndex, _ health: AccountHealth?) -> Cash {
        guard let state = market(accounts.markets[account.position]), let mechanism = state.mechanism, let health
        else { return .zero }
        let (legs, traits) = (watch.holdings.legs(of: account), watch.holdings.traits(of: account))
        return watch.holdings.factors.withSpan(legs) { factors in
            watch.holdings.amounts.withSpan(legs) { amounts in
                var best = Cash.zero
                for debt in factors.indices where factors[debt].side == .debt && amounts[debt] > 0 {
                    for collateral in factors.indices where factors[collateral].side == .collateral {
                        let subject = LiquidationSubject.of(
                            collateral, debt, factors, amounts, health, closeFactor: state.definition.closeFactor,
                            traits)
                        best = max(best, worth(of: subject, mechanism, in: state.definition.cash))
                    }
                }
                return best
            }
        }
    }

    private func worth(
        of subject: LiquidationSubject, _ mechanism: any FixedPenaltyRules, in cash: ReserveIndex
    ) -> Cash {
        guard let largest = mechanism.largestLiquidation(of: subject, in: watch.reserves),
            let seized = value(of: largest.seize, subject.pair.collateral, in: cash),
            let repaid = value(of: largest.repay, subject.pair.debt, in: cash)
        else { return .zero }
        return .proceeds(seized) + .cost(repaid)
    }

    /// An amount of one asset in the cash asset at the oracle's prices, rounded down; `nil` past 128 bits or without a price.
    private func value(of amount: TokenAmount, _ reserve: ReserveIndex, in cash: ReserveIndex) -> TokenAmount? {
        guard let price = reserves.price(of: reserve), let unit = reserves.unit(of: reserve),
            let cashPrice = reserves.price(of: cash), let cashUnit = reserves.unit(of: cash),
            let base = UInt256(amount).multiplied(by: UInt256(price.baseUnits)),
            let divisor = UInt256(unit).multiplied(by: UInt256(cashPrice.baseUnits)), !divisor.isZero,
            let value = base.multiplied(by: UInt256(cashUnit), dividedRoundingDownBy: divisor)?.asUInt128,
            value <= UInt128(Int128.max)
        else { return nil }
        return value
    }

    /// What the legs that have just arrived change of those that are held.
    func change(of account: AccountIndex) -> AccountChange {
        var change = AccountChange(collateralFell: false, debtFell: false)
        for position in watch.holdings.legs(of: account) {
            let held = watch.holdings.leg(at: position)
            let now = assembly.legs.first { $0.factor.raw == held.factor.raw }?.amount ?? 0
            guard now < held.amount else { continue }
            if held.factor.side == .collateral { change.collateralFell = true }
            if held.factor.side == .debt { change.debtFell = true }
        }
        return change
    }
}
