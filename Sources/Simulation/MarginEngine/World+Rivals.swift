import Domain
import Mechanisms
import Strategy
import Submission
import Units

extension World {
    /// Every rival looks at the accounts that it has had time to notice, and bids where it pays.
    mutating func letRivalsAct() {
        guard !rivals.isEmpty, !watch.liquidatable.isEmpty else { return }
        let candidates = liquidatable
        for position in rivals.indices {
            let noticed = candidates.filter { isDue($0, for: rivals[position]) }.prefix(RivalProfile.looksPerBlock)
            for account in noticed { act(position, on: account) }
        }
    }

    private func isDue(_ account: AccountIndex, for rival: Rival) -> Bool {
        guard let fall = falls[account], let reaction = rival.reaction(to: account, falling: fall) else { return false }
        if let next = rival.nextLooks[account], block.number < next { return false }
        return block.number >= reaction
    }

    private mutating func act(_ position: Int, on account: AccountIndex) {
        let rival = rivals[position]
        rivals[position].nextLooks[account] = block.number + RivalProfile.patienceBlocks
        guard case .success(let bid) = bestBid(of: rival, on: account) else { return }
        rivals[position].sent += 1
        let parameters = rival.profile.parameters
        let floor = parameters.marginFloor.share(of: TokenAmount(clamping: bid.swaps.margin.units))
        let order = Order(
            id: IntentID(bits: UInt128(rival.seed) << 64 | UInt128(rivals[position].sent)),
            liquidator: rival.liquidator, account: roster.names[account.position], pair: bid.pair,
            repay: bid.amounts.repay, minimumMargin: .proceeds(floor), funding: bid.funding,
            gasLimit: parameters.gasPerLiquidation, feeCap: bid.fees.feeCap, priorityFee: bid.fees.priorityFee,
            deadline: block.number + RivalProfile.patienceBlocks)
        // A refusal changes nothing, and it will look again.
        _ = submit(order, digest: [])
    }

    /// As the engine does: the most valuable of all pairs of a collateral and a debt.
    private func bestBid(of rival: Rival, on account: AccountIndex) -> Result<Bid, Refusal> {
        guard let health = watch.health(of: account) else { return .failure(.inputMissing) }
        let simulation = BidSimulation(
            rules: watch.rules, market: market, reserves: watch.reserves, gas: gas,
            parameters: rival.profile.parameters)
        let legs = watch.legs(of: account)
        let (factors, amounts) = (legs.map(\.factor), legs.map(\.amount))
        return simulation.best(
            factors: factors.span, amounts: amounts.span, health: health, traits: .none,
            freePurse(of: rival.liquidator))
    }

    /// Cash, and gas money less what its waiting orders may burn.
    private func freePurse(of liquidator: LiquidatorIndex) -> Purse {
        let account = ledger[liquidator]
        var gasMoney = account.gasMoney
        for entry in orders.waiting where entry.order.liquidator == liquidator {
            gasMoney -= min(gasMoney, entry.order.feeCap * entry.order.gasLimit)
        }
        return Purse(cash: account.cash, gasMoney: gasMoney)
    }
}
