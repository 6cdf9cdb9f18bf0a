import Domain
import Margin
import Mechanisms
import Strategy
import Submission
import Units

/// Why an included order did nothing but burn gas.
enum OrderFailure: Error, Equatable {
    case venueReverts(LiquidationRevert)
    case poolTooShallow, cashMissing, marginBelowMinimum
}

extension World {
    /// One order in its turn. It pays for gas whatever comes of it; when it fails because somebody else took from the
    /// account since it arrived, it was outbid.
    mutating func execute(_ entry: OrderBook.Entry) {
        let order = entry.order
        guard let tip = order.tip(over: gas.baseFee) else { return }
        let price = gas.baseFee + tip
        // A block's producer leaves out what may not be able to pay; it waits.
        guard ledger[order.liquidator].gasMoney >= price * order.gasLimit else { return }
        do throws(OrderFailure) {
            let done = try simulate(order, entry.account)
            settle(done, order, entry.account)
            let figures = SettlementFigures(
                repaid: done.amounts.repay, seized: done.amounts.seize, cash: done.swaps.margin,
                gasPaid: gasPaid(order, WorldSettings.gasUsedBySuccess, at: price), block: block.number,
                gasUsed: gasUsed(order, WorldSettings.gasUsedBySuccess))
            end(entry, .settled, figures)
        } catch {
            var figures = SettlementFigures.nothing(in: block.number)
            figures.gasPaid = gasPaid(order, WorldSettings.gasUsedByFailure, at: price)
            figures.gasUsed = gasUsed(order, WorldSettings.gasUsedByFailure)
            end(entry, wasForestalled(entry) ? .outbid : .reverted, figures)
        }
    }

    mutating func end(_ entry: OrderBook.Entry, _ ending: IntentOutcome.Ending, _ figures: SettlementFigures) {
        orders.end(entry.order.id, ending, figures)
        ledger.book(
            SettledOrder(
                id: entry.order.id, liquidator: entry.order.liquidator, account: entry.order.account,
                pair: entry.order.pair, ending: ending, figures: figures))
    }

    private func gasPaid(_ order: Order, _ needed: GasUnits, at price: GasPrice) -> Wei {
        price * gasUsed(order, needed)
    }

    private func gasUsed(_ order: Order, _ needed: GasUnits) -> GasUnits { min(needed, order.gasLimit) }

    /// Whether another liquidator took from the account since the order came.
    private func wasForestalled(_ entry: OrderBook.Entry) -> Bool {
        seizures[entry.account]?.contains { $0.key != entry.order.liquidator && $0.value > entry.arrival } ?? false
    }

    /// What the order would do now, by the exact rules and the pools as they stand. Changes nothing.
    private func simulate(_ order: Order, _ account: AccountIndex) throws(OrderFailure) -> Execution {
        guard let health = watch.health(of: account) else { throw .venueReverts(.priceMissing) }
        let legs = watch.legs(of: account)
        let subject = LiquidationSubject(
            pair: order.pair, scaledCollateral: legs.amount(of: order.pair.collateral, .collateral),
            scaledDebt: legs.amount(of: order.pair.debt, .debt), health: health, closeFactor: market.closeFactor)
        let amounts: LiquidationAmounts
        switch watch.rules.liquidation(repaying: order.repay, of: subject, in: watch.reserves) {
        case .failure(let revert): throw .venueReverts(revert)
        case .success(let possible): amounts = possible
        }
        let swaps = SwapLegs(
            seize: amounts.seize, repay: amounts.repay, order.pair, funding: order.funding, market, in: watch.reserves)
        guard let swaps, swaps.fits(in: watch.reserves, seize: amounts.seize, order.pair, market) else {
            throw .poolTooShallow
        }
        guard swaps.margin >= order.minimumMargin else { throw .marginBelowMinimum }
        // Own capital pays before it gets the proceeds; a flash loan is paid back from them.
        let cash = ledger[order.liquidator].cash
        let needed = order.funding == .capital ? Cash.proceeds(swaps.repayCost) : -swaps.margin
        guard cash >= needed else { throw .cashMissing }
        return Execution(amounts: amounts, swaps: swaps)
    }

    /// Books everything but the liquidator's cash and gas, which go with the order's end.
    private mutating func settle(_ done: Execution, _ order: Order, _ account: AccountIndex) {
        trade(done, order.pair)
        ledger.protocolFees[order.pair.collateral.position] += done.amounts.protocolFee
        ledger.flashLoanFees[order.pair.debt.position] += done.swaps.flashLoanFee
        var legs = watch.legs(of: account)
        legs.set(done.amounts.scaledCollateralAfter, of: order.pair.collateral, .collateral)
        legs.set(done.amounts.scaledDebtAfter, of: order.pair.debt, .debt)
        place(account, writingOffUnsecured(legs))
        happenings += 1
        seizures[account, default: [:]][order.liquidator] = happenings
    }

    /// Moves the pools as `UniswapV2Pair.swap` does: what was put in stays in, its fee included.
    private mutating func trade(_ done: Execution, _ pair: LiquidationPair) {
        let owed = done.amounts.repay + done.swaps.flashLoanFee
        let netted = pair.collateral == pair.debt ? min(done.amounts.seize, owed) : 0
        if pair.collateral != market.cash, done.amounts.seize > netted,
            var pool = watch.reserves.pool(of: pair.collateral)
        {
            pool.assetReserve += done.amounts.seize - netted
            pool.cashReserve -= done.swaps.proceeds
            set(pool, of: pair.collateral)
        }
        if pair.debt != market.cash, owed > netted, var pool = watch.reserves.pool(of: pair.debt) {
            pool.assetReserve -= owed - netted
            pool.cashReserve += done.swaps.repayCost
            set(pool, of: pair.debt)
        }
    }
}

/// A liquidation that can be done.
private struct Execution {
    var amounts: LiquidationAmounts
    var swaps: SwapLegs
}

extension SwapLegs {
    /// Whether the pools can hold what comes in, as far as the feed can tell it.
    fileprivate func fits(
        in reserves: borrowing ReserveTable, seize: TokenAmount, _ pair: LiquidationPair, _ market: MarketDefinition
    ) -> Bool {
        let most = TokenAmount(Int128.max)
        if pair.collateral != market.cash, let pool = reserves.pool(of: pair.collateral) {
            guard pool.cashReserve > proceeds, pool.assetReserve <= most - min(seize, most) else { return false }
        }
        if pair.debt != market.cash, let pool = reserves.pool(of: pair.debt) {
            guard pool.cashReserve <= most - min(repayCost, most) else { return false }
        }
        return true
    }
}

extension [Leg] {
    func amount(of reserve: ReserveIndex, _ side: Side) -> TokenAmount {
        first { $0.factor == FactorIndex(reserve, side) }?.amount ?? 0
    }

    /// Sets a leg's amount; a leg of nothing is no leg.
    mutating func set(_ amount: TokenAmount, of reserve: ReserveIndex, _ side: Side) {
        let factor = FactorIndex(reserve, side)
        guard let position = firstIndex(where: { $0.factor == factor }) else { return }
        if amount == 0 { remove(at: position) } else { self[position].amount = amount }
    }
}

extension SettlementFigures {
    /// An ending in a block that moved nothing.
    static func nothing(in block: BlockNumber) -> SettlementFigures {
        SettlementFigures(repaid: 0, seized: 0, cash: .zero, gasPaid: 0, block: block)
    }
}
