import Margin
import Domain
import Mechanisms
import Strategy
import Units

/// A made-up rival's look at an account that has crossed.
struct RivalVisit {
    var account: AccountIndex
    /// Which of the account's crossings it answers.
    var crossing: UInt64
    var rival: UInt32
    var due: Moment
    var tipShare: BasisPoints
    /// Not before this block; and how long it waits when it is not worth it, twice as long each time.
    var nextLook = BlockNumber(0)
    var patience: UInt64 = 4

    /// Of an account, a rival and a crossing.
    var luck: UInt64 { (UInt64(account.raw) << 8 | UInt64(rival & 0xff)) << 20 | crossing & 0xf_ffff }
}

/// Rivals bid as we do, on what is true at the block, after their own latency and with their own share for the builder.
extension PaperWorld {
    mutating func alertRivals(to account: AccountIndex) {
        let crossing = accounts[account.position].crossings
        for rival in 0..<preset.rivals {
            let who = UInt64(account.raw) << 8 | UInt64(rival)
            guard random.happens(preset.rivalPresence, .presence, who, crossing), visits.count < Self.ordersMax else {
                continue
            }
            let latency = random.draw(preset.rivalLatency, .rivalLatency, who, crossing)
            let share = random.draw(preset.rivalTipShare, .rivalTip, who, crossing)
            visits.append(
                RivalVisit(
                    account: account, crossing: crossing, rival: rival,
                    due: now + Interval(nanoseconds: latency * 1_000), tipShare: BasisPoints(UInt32(share))))
        }
    }

    mutating func letRivalsBid(in market: PaperMarket, _ block: BlockUpdate) {
        guard !visits.isEmpty else { return }
        visits.removeAll { visit in
            let row = accounts[visit.account.position]
            return !row.isLiquidatable || row.crossings != visit.crossing
        }
        for i in visits.indices {
            let visit = visits[i]
            guard accounts[visit.account.position].market == block.market, visit.due <= now,
                visit.nextLook <= block.number
            else { continue }
            visits[i].nextLook = block.number + visit.patience
            visits[i].patience = min(visit.patience * 2, Self.patienceMax)
            guard let order = order(of: visit, market, block) else { continue }
            othersSent += 1
            _ = submit(order)
        }
    }

    private static let patienceMax: UInt64 = 1_024

    private func order(of visit: RivalVisit, _ market: PaperMarket, _ block: BlockUpdate) -> PaperOrder? {
        guard let mechanism = market.mechanism, let gas = trueGas(market), let health = watch.health(of: visit.account)
        else { return nil }
        var parameters = StrategyParameters()
        parameters.minimumProfitMicros = 0
        parameters.minimumReturn = .zero
        parameters.tipShare = visit.tipShare
        let simulation = BidSimulation(
            rules: mechanism, market: market.definition, reserves: watch.reserves, gas: gas, parameters: parameters)
        let legs = watch.holdings.legs(of: visit.account)
        let found = watch.holdings.factors.withSpan(legs) { factors in
            watch.holdings.amounts.withSpan(legs) { amounts in
                simulation.best(
                    factors: factors, amounts: amounts, health: health,
                    traits: watch.holdings.traits(of: visit.account),
                    Self.deepPurse)
            }
        }
        guard case .success(let bid) = found else { return nil }
        return PaperOrder(
            number: othersSent, party: .rival(visit.rival), market: block.market, account: visit.account,
            pair: bid.pair, repay: bid.amounts.repay, minimumMargin: .zero, funding: bid.funding,
            gasLimit: parameters.gasPerLiquidation, feeCap: bid.fees.feeCap, priorityFee: bid.fees.priorityFee,
            deadline: block.number + visit.patience, arrival: visit.due, luck: visit.luck)
    }

    /// Rivals do not run out of money.
    private static var deepPurse: Purse { Purse(cash: Cash(units: Int128.max >> 2), gasMoney: Wei.max >> 8) }

    /// What blocks really cost.
    func trueGas(_ market: PaperMarket) -> GasUpdate? {
        guard var gas = market.gas else { return nil }
        gas.baseFee = GasPrice(
            weiPerGas: UInt64(clamping: preset.baseFeeFactor.share(of: UInt128(gas.baseFee.weiPerGas))))
        return gas
    }
}
