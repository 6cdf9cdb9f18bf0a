import Domain
import Margin
import Mechanisms
import Strategy
import Units

/// From a liquidatable account to an intent, or to a refusal with its reason.
extension Engine {
    /// Looks again at candidates after a block: gas, prices, depth and capital may have changed. Bounded; the rest follow
    /// after the next block.
    mutating func reconsider(_ outputs: inout ContiguousArray<Output>) {
        var budget = min(EngineSettings.candidatesPerBlock, candidates.count)
        while budget > 0, candidates.count > 0 {
            budget -= 1
            if nextCandidate >= candidates.count { nextCandidate = 0 }
            let account = candidates[nextCandidate]
            guard isLiquidatable(account) else {
                dropCandidate()
                continue
            }
            nextCandidate += 1
            decide(account, &outputs)
        }
    }

    /// Takes the current candidate out; the last one takes its place.
    private mutating func dropCandidate() {
        accounts.flags[candidates[nextCandidate].position].remove(.listed)
        let last = candidates.removeLast()
        if nextCandidate < candidates.count { candidates[nextCandidate] = last }
    }

    mutating func decide(_ account: AccountIndex, _ outputs: inout ContiguousArray<Output>) {
        let flags = accounts.flags[account.position]
        guard let state = market(accounts.markets[account.position]) else { return }
        if let refusal = standingRefusal(flags, state) { return refuse(account, refusal, &outputs) }
        guard let mechanism = state.mechanism else { return refuse(account, .noMechanism, &outputs) }
        guard let gas = state.gas, let block = state.block, let health = health(of: account) else {
            return refuse(account, .inputMissing, &outputs)
        }
        let simulation = BidSimulation(
            rules: mechanism, market: state.definition, reserves: reserves, gas: gas, parameters: settings.parameters)
        switch bestBid(account, health, simulation) {
        case .failure(let refusal): refuse(account, refusal, &outputs)
        case .success(let bid): submit(bid, account, state.definition.market, after: block, &outputs)
        }
    }

    /// Reasons that need no simulation.
    private func standingRefusal(_ flags: AccountFlags, _ state: MarketState) -> Refusal? {
        let isExcluded = flags.contains(.excluded) || !settings.excluded.isDisjoint(with: state.definition.segments)
        if isExcluded { return .excludedSegment }
        if !isArmed { return .notArmed }
        if state.streams & ~wholeStreams != 0 { return .streamBroken }
        if flags.contains(.quarantined) { return .accountQuarantined }
        if flags.contains(.inFlight) { return .inFlight }
        if flags.contains(.awaitingFeed) { return .awaitingFeed }
        if open.count >= Int(settings.parameters.openIntentsMax) { return .tooManyOpen }
        return nil
    }

    /// The most valuable of all pairs of a collateral and a debt.
    private func bestBid(
        _ account: AccountIndex, _ health: AccountHealth, _ simulation: BidSimulation
    ) -> Result<Bid, Refusal> {
        let legs = watch.holdings.legs(of: account)
        let traits = watch.holdings.traits(of: account)
        let purse = capital.purse
        return watch.holdings.factors.withSpan(legs) { factors in
            watch.holdings.amounts.withSpan(legs) { amounts in
                simulation.best(factors: factors, amounts: amounts, health: health, traits: traits, purse)
            }
        }
    }

    private mutating func submit(
        _ bid: Bid, _ account: AccountIndex, _ market: MarketIndex, after block: BlockNumber,
        _ outputs: inout ContiguousArray<Output>
    ) {
        let parameters = settings.parameters
        let ordinal = nextOrdinal
        nextOrdinal += 1
        capital.reserve(
            ordinal, cash: bid.funding == .capital ? bid.swaps.repayCost : 0,
            gasMoney: bid.fees.feeCap * parameters.gasPerLiquidation)
        accounts.flags[account.position].insert(.inFlight)
        accounts.refusals[account.position] = .max
        open.append(
            OpenIntent(ordinal: ordinal, account: account, version: accounts.versions[account.position]))
        counters.intents += 1
        outputs.append(
            .submit(
                Intent(
                    ordinal: ordinal, market: market, account: account,
                    accountVersion: accounts.versions[account.position], collateral: bid.pair.collateral,
                    debt: bid.pair.debt, funding: bid.funding, figures: bid.figures,
                    gasLimit: parameters.gasPerLiquidation, feeCap: bid.fees.feeCap, priorityFee: bid.fees.priorityFee,
                    deadline: block + parameters.deadlineBlocks, minimumMargin: floor(of: bid.swaps.margin),
                    triggeredAt: now)))
    }

    /// What must be left when the bid is executed. A bid at a loss may get worse by as much as it is bad.
    private func floor(of margin: Cash) -> Cash {
        guard margin > .zero else { return margin + margin }
        return .proceeds(settings.parameters.marginFloor.share(of: TokenAmount(margin.units)))
    }

    /// Counts a refusal, and tells it when it is not the account's last one again.
    mutating func refuse(_ account: AccountIndex, _ refusal: Refusal, _ outputs: inout ContiguousArray<Output>) {
        counters.refusals[Int(refusal.rawValue)] += 1
        guard accounts.refusals[account.position] != refusal.rawValue else { return }
        accounts.refusals[account.position] = refusal.rawValue
        outputs.append(.refused(account, refusal))
    }
}
