public import Domain
import Margin
import Mechanisms
import Strategy
public import Units

/// Why an order in a block did nothing.
public enum PaperFailure: String, CaseIterable, Error, Sendable {
    case notLiquidatable = "not_liquidatable"
    case venueReverts = "venue_reverts"
    case poolTooShallow = "pool_too_shallow"
    case marginBelowMinimum = "margin_below_minimum"
}

/// A liquidation that can be done.
struct PaperExecution {
    var amounts: LiquidationAmounts
    var swaps: SwapLegs
}

/// One liquidation by the venue's integers, and its two swaps by the pools'.
extension PaperWorld {
    func outcome(of order: PaperOrder, _ market: PaperMarket) throws(PaperFailure) -> PaperExecution {
        guard let mechanism = market.mechanism, let subject = subject(of: order, market.definition) else {
            throw .venueReverts
        }
        guard subject.health.isLiquidatable else { throw .notLiquidatable }
        guard
            case .success(let amounts) = mechanism.liquidation(repaying: order.repay, of: subject, in: watch.reserves),
            amounts.repay > 0
        else { throw .venueReverts }
        let swaps = SwapLegs(
            seize: amounts.seize, repay: amounts.repay, order.pair, funding: order.funding, market.definition,
            in: watch.reserves)
        guard let swaps, fits(swaps, amounts, order.pair, market.definition) else { throw .poolTooShallow }
        // Who was recorded did it, whatever it brought.
        guard order.party == .recorded || swaps.margin >= order.minimumMargin else { throw .marginBelowMinimum }
        return PaperExecution(amounts: amounts, swaps: swaps)
    }

    private func subject(of order: PaperOrder, _ definition: MarketDefinition) -> LiquidationSubject? {
        guard let health = watch.health(of: order.account) else { return nil }
        let legs = watch.holdings.legs(of: order.account)
        let traits = watch.holdings.traits(of: order.account)
        return watch.holdings.factors.withSpan(legs) { factors -> LiquidationSubject? in
            watch.holdings.amounts.withSpan(legs) { amounts -> LiquidationSubject? in
                func position(_ factor: FactorIndex) -> Int? { factors.indices.first { factors[$0] == factor } }
                guard let collateral = position(FactorIndex(order.pair.collateral, .collateral)),
                    let debt = position(FactorIndex(order.pair.debt, .debt))
                else { return nil }
                return .of(
                    collateral, debt, factors, amounts, health, closeFactor: definition.closeFactor, traits)
            }
        }
    }

    /// Whether the pools can hold what comes in, as far as the feed can tell it.
    private func fits(
        _ swaps: SwapLegs, _ amounts: LiquidationAmounts, _ pair: LiquidationPair, _ definition: MarketDefinition
    ) -> Bool {
        let most = TokenAmount(Int128.max >> 1)
        if pair.collateral != definition.cash, let pool = watch.reserves.pool(of: pair.collateral) {
            guard pool.cashReserve > swaps.proceeds, pool.assetReserve <= most - min(amounts.seize, most) else {
                return false
            }
        }
        if pair.debt != definition.cash, let pool = watch.reserves.pool(of: pair.debt) {
            guard pool.cashReserve <= most - min(swaps.repayCost, most) else { return false }
        }
        return true
    }

    /// Books everything but the taker's cash and gas, which go with the order's end.
    mutating func settle(_ done: PaperExecution, _ order: PaperOrder, _ market: PaperMarket) {
        trade(done, order.pair, market.definition)
        takeFee(done.amounts.protocolFee, of: order.pair.collateral, market.definition)
        books[order.pair.debt].flashLoanFees &+= done.swaps.flashLoanFee
        let account = order.account
        var legs = held(account)
        if histories[account.raw] == nil { histories[account.raw] = legs }
        legs.set(done.amounts.scaledCollateralAfter, at: FactorIndex(order.pair.collateral, .collateral))
        legs.set(done.amounts.scaledDebtAfter, at: FactorIndex(order.pair.debt, .debt))
        if done.amounts.badDebt > 0 { writeOff(done.amounts.badDebt, of: order.pair.debt, market.definition) }
        accounts[account.position].takes += 1
        accounts[account.position].takenAt = now
        accounts[account.position].takenBy = order.party
        place(
            account, writingOffUnsecured(legs, market.definition), watch.holdings.traits(of: account), isOutside: false)
        tellState(of: account)
        judgeTouched()
    }

    /// Moves the pools as `UniswapV2Pair.swap` does: what was put in stays in, its fee included.
    private mutating func trade(_ done: PaperExecution, _ pair: LiquidationPair, _ definition: MarketDefinition) {
        let owed = done.amounts.repay + done.swaps.flashLoanFee
        let netted = pair.collateral == pair.debt ? min(done.amounts.seize, owed) : 0
        if pair.collateral != definition.cash, done.amounts.seize > netted,
            var pool = watch.reserves.pool(of: pair.collateral)
        {
            pool.assetReserve += done.amounts.seize - netted
            pool.cashReserve -= done.swaps.proceeds
            move(pair.collateral, to: pool, by: done.amounts.seize - netted, isSale: true)
        }
        if pair.debt != definition.cash, owed > netted, var pool = watch.reserves.pool(of: pair.debt) {
            pool.assetReserve -= owed - netted
            pool.cashReserve += done.swaps.repayCost
            move(pair.debt, to: pool, by: owed - netted, isSale: false)
        }
    }

    private mutating func move(_ reserve: ReserveIndex, to pool: Pool, by amount: TokenAmount, isSale: Bool) {
        _ = impact(of: reserve)
        impacts[reserve.position].trade(amount, isSale: isSale)
        set(pool, of: reserve)
    }

    /// After a block: arbitrage, and the oracle where it follows the pools.
    mutating func settlePools(of block: BlockUpdate) {
        for position in impacts.indices where impacts[position].isMoved {
            let reserve = ReserveIndex(position)
            guard watch.reserves.market(of: reserve) == block.market else { continue }
            let wasFresh = impacts[position].fresh != 0
            impacts[position].age(keeping: preset.impactKept)
            if let tape = impacts[position].tapePool, !wasFresh {
                restate(impacts[position].displaced(tape), of: reserve)
            }
            guard let cascade = preset.cascade, impacts[position].follow(cascade, after: block.number),
                let price = impacts[position].tapePrice
            else { continue }
            counters.oracleSteps += 1
            publish(impacts[position].published(price), of: reserve)
        }
    }

    /// An account that has debt and nothing left to seize owes what nobody will pay: its debt is taken off it, as Aave does since
    /// 3.3 in the same call (`_burnBadDebt`).
    private mutating func writingOffUnsecured(
        _ legs: ContiguousArray<Leg>, _ definition: MarketDefinition
    ) -> ContiguousArray<Leg> {
        guard legs.contains(where: { $0.factor.side == .debt }),
            !legs.contains(where: { $0.factor.side == .collateral })
        else { return legs }
        counters.accountsWrittenOff += 1
        for leg in legs where leg.factor.side == .debt {
            writeOff(balance(leg), of: leg.factor.reserve, definition)
        }
        return legs.filter { $0.factor.side != .debt }
    }

    /// A scaled leg in tokens at its index, rounded up.
    func balance(_ leg: Leg) -> TokenAmount {
        guard let row = watch.reserves.row(leg.factor.reserve) else { return leg.amount }
        let index = leg.factor.side == .debt ? row.borrowIndex : row.supplyIndex
        guard index != .one else { return leg.amount }
        return UInt256(leg.amount).multiplied(
            by: UInt256(index.value), dividedRoundingUpBy: UInt256(Ray.one.value))?.asUInt128 ?? .max
    }

    /// Tokens in cash at the oracle's prices, rounded up.
    func cash(worth amount: TokenAmount, of reserve: ReserveIndex, _ definition: MarketDefinition) -> TokenAmount {
        guard let row = watch.reserves.row(reserve), let price = row.price,
            let cash = watch.reserves.row(definition.cash), let cashPrice = cash.price,
            let value = UInt256(amount).multiplied(by: UInt256(price.baseUnits)),
            let divisor = UInt256(row.unit).multiplied(by: UInt256(cashPrice.baseUnits)), !divisor.isZero
        else { return 0 }
        return value.multiplied(by: UInt256(cash.unit), dividedRoundingUpBy: divisor)?.asUInt128 ?? 0
    }

    /// What accounts owe beyond all that they hold, at the oracle's prices of now: bad debt that nobody has booked yet.
    public func shortfall() -> Cash {
        var sum = Cash.zero
        for position in accounts.indices {
            let account = AccountIndex(position)
            guard let market = market(accounts[position].market), market.mechanism != nil else { continue }
            var (held, owed) = (TokenAmount(0), TokenAmount(0))
            for leg in self.held(account) {
                let value = cash(worth: balance(leg), of: leg.factor.reserve, market.definition)
                if leg.factor.side == .collateral { held += value } else if leg.factor.side == .debt { owed += value }
            }
            if owed > held { sum += .proceeds(owed - held) }
        }
        return sum
    }

    /// Of an asset all that anybody holds less what accounts owe and suppliers lost, less what came from outside: never changes while interest
    /// indices stand still. Modulo 2^128.
    public func total(of reserve: ReserveIndex) -> UInt128 {
        let fund = books.insurance[reserve]
        var total = books[reserve].total &+ fund.balance &- fund.socialised
        for position in accounts.indices {
            for leg in held(AccountIndex(position)) where leg.factor.reserve == reserve {
                if leg.factor.side == .collateral { total &+= leg.amount }
                if leg.factor.side == .debt { total &-= leg.amount }
            }
        }
        for other in impacts.indices.map({ ReserveIndex($0) }) {
            guard let row = watch.reserves.row(other), let pool = row.pool else { continue }
            if other == reserve { total &+= pool.assetReserve }
            if market(row.market)?.definition.cash == reserve { total &+= pool.cashReserve }
        }
        return total
    }
}
