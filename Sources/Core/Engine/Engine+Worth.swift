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
        settings.weighsOpportunities && isArmed && !accounts.flags[account.position].contains(.awaitingFeed)
    }

    /// The seizure at the oracle's prices less the repayment, for the best pair: no costs, no depth. Zero where nobody knows.
    ///
    /// The pair that promises most is worked out first, and others only where they promise more than it brought.
    func worth(of account: AccountIndex, _ health: AccountHealth?) -> Cash {
        guard let state = market(accounts.markets[account.position]), let mechanism = state.mechanism, let health
        else { return .zero }
        let definition = state.definition
        var (most, mostPromising) = (0.0, LiquidationSubject?.none)
        forEachPair(of: account, health, definition) { subject in
            let promise = promise(of: subject, mechanism, in: definition.cash)
            if promise > most { (most, mostPromising) = (promise, subject) }
        }
        guard let mostPromising else { return .zero }
        var best = max(.zero, worth(of: mostPromising, mechanism, in: definition.cash))
        forEachPair(of: account, health, definition) { subject in
            guard subject.pair != mostPromising.pair,
                promise(of: subject, mechanism, in: definition.cash) > best.units.magnitude.approximate
            else { return }
            best = max(best, worth(of: subject, mechanism, in: definition.cash))
        }
        return best
    }

    /// Every pair of a collateral and a debt.
    func forEachPair(
        of account: AccountIndex, _ health: AccountHealth, _ market: MarketDefinition,
        _ body: (LiquidationSubject) -> Void
    ) {
        let (legs, traits) = (watch.holdings.legs(of: account), watch.holdings.traits(of: account))
        watch.holdings.factors.withSpan(legs) { factors in
            watch.holdings.amounts.withSpan(legs) { amounts in
                for debt in factors.indices where factors[debt].side == .debt && amounts[debt] > 0 {
                    for collateral in factors.indices where factors[collateral].side == .collateral {
                        body(.of(collateral, debt, factors, amounts, health, closeFactor: market.closeFactor, traits))
                    }
                }
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
