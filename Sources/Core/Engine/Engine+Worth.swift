import Domain
import Margin
import Mechanisms
import Opportunities
import Strategy
import Units

/// What an account that can be taken seems worth before we know what we would do with it.
extension Engine {
    /// The seizure at the oracle's prices less the repayment, for the best pair: no costs, no depth. Zero where nobody knows.
    func worth(of account: AccountIndex, _ health: AccountHealth?) -> Cash {
        guard let state = market(accounts.markets[account.position]), let mechanism = state.mechanism, let health
        else { return .zero }
        var best = Cash.zero
        for subject in subjects(of: account, health, state.definition) {
            let limit = mechanism.repayAvoidingDust(of: subject, in: reserves)
            guard limit > 0,
                case .success(let amounts) = mechanism.liquidation(repaying: limit, of: subject, in: reserves),
                let seized = value(of: amounts.seize, subject.pair.collateral, in: state.definition.cash),
                let repaid = value(of: amounts.repay, subject.pair.debt, in: state.definition.cash)
            else { continue }
            best = max(best, .proceeds(seized) + .cost(repaid))
        }
        return best
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
