import Domain
import Limits
import Liquidity
import Margin
import Mechanisms
import Opportunities
import Strategy
import Units

/// From a liquidatable account to an intent, or to a refusal with its reason.
extension Engine {
    /// Looks again at candidates after a block: gas, prices, depth and capital may have changed. Bounded; the rest follow
    /// after the next block.
    mutating func reconsider(_ outputs: inout ContiguousArray<Output>) {
        var budget = min(EngineSettings.candidatesPerBlock, candidates.count)
        var look: MarketLook?
        while budget > 0, candidates.count > 0 {
            budget -= 1
            if nextCandidate >= candidates.count { nextCandidate = 0 }
            let account = candidates[nextCandidate]
            guard isLiquidatable(account) else {
                dropCandidate()
                continue
            }
            nextCandidate += 1
            let market = accounts.markets[account.position]
            if look?.market.raw != market.raw { look = marketLook(in: market) }
            if let look { decide(account, look, &outputs) }
        }
    }

    /// Takes the current candidate out; the last one takes its place.
    private mutating func dropCandidate() {
        accounts.flags[candidates[nextCandidate].position].remove(.listed)
        let last = candidates.removeLast()
        if nextCandidate < candidates.count { candidates[nextCandidate] = last }
    }

    mutating func decide(
        _ account: AccountIndex, _ look: borrowing MarketLook, _ outputs: inout ContiguousArray<Output>
    ) {
        if isWorthless(account, look) { return refuse(account, .belowMinimumProfit, &outputs) }
        let flags = accounts.flags[account.position]
        // Both the crossing and the block may lead here within one step.
        guard !flags.contains(.proposed) else { return }
        if let refusal = standingRefusal(flags, look) { return refuse(account, refusal, &outputs) }
        guard let state = market(look.market) else { return }
        switch bid(on: account, state, look: copy look) {
        case .failure(let refusal): refuse(account, refusal, &outputs)
        case .success(let proposal):
            accounts.flags[account.position].insert(.proposed)
            proposals.append(proposal)
        }
    }

    /// The best bid on an account with what is free now, or why there is none.
    mutating func bid(
        on account: AccountIndex, _ state: MarketState, _ advised: AdvisedTerms? = nil, look: MarketLook? = nil
    ) -> Result<Proposal, Refusal> {
        guard let mechanism = state.mechanism else { return .failure(.noMechanism) }
        guard let gas = state.gas, let block = state.block else { return .failure(.inputMissing) }
        let dataFee = settings.transaction.dataFee(at: gas.rollup)
        guard capital.purse.gasMoney >= leastGasMoney(at: gas, in: state.definition.market) else {
            return .failure(.gasMoneyExhausted)
        }
        guard let health = watch.health(of: account) else { return .failure(.inputMissing) }
        refreshKept(of: account, state.definition)
        var simulation = simulation(mechanism, state.definition, gas)
        simulation.advised = advised
        if let look, advised == nil, ceilings.isKnown(account) {
            noteCeiling(of: account, look, health, simulation)
            if isWorthless(account, look) { return .failure(.belowMinimumProfit) }
        }
        let best =
            if let pair = advised?.pair {
                subjects(of: account, health, state.definition).first { $0.pair == pair }
                    .map { simulation.bid(on: $0, capital.purse) } ?? .failure(.venueWouldRevert)
            } else {
                bestBid(account, health, simulation)
            }
        if let look, advised == nil, case .failure(.belowMinimumProfit) = best {
            noteCeiling(of: account, look, health, simulation)
        }
        return best.flatMap { bid in
            if bid.pair.collateral != state.definition.cash, depths.room(of: bid.pair.collateral) < bid.amounts.seize,
                depths.isKept(bid.pair.collateral)
            {
                return .failure(.assetExposure)
            }
            if let refusal = priceRefusal(bid.pair, state.definition) { return .failure(refusal) }
            return .success(
                Proposal(
                    account: account, market: state.definition.market, block: block, bid: bid,
                    gasLimit: gasLimit(in: state.definition.market), dataFee: dataFee))
        }
    }

    /// No bid offers to pay less than this, tip or none: without as much, none needs to be simulated.
    func leastGasMoney(at gas: GasUpdate, in market: MarketIndex) -> Wei {
        let cap = settings.parameters.baseFeeHeadroom.share(of: Wei(gas.baseFee.weiPerGas))
        return GasPrice(weiPerGas: UInt64(clamping: cap)) * gasPerLiquidation(in: market)
            + settings.transaction.dataFee(at: gas.rollup)
    }

    func simulation(_ mechanism: any FixedPenaltyRules, _ market: MarketDefinition, _ gas: GasUpdate) -> BidSimulation {
        BidSimulation(
            rules: mechanism, market: market, reserves: reserves, gas: gas, parameters: parameters(in: market.market),
            depth: depths.table, costs: BidCosts(dataFee: settings.transaction.dataFee(at: gas.rollup)),
            winModel: winModel)
    }

    /// Reasons that need no simulation.
    func standingRefusal(_ flags: AccountFlags, _ look: MarketLook) -> Refusal? {
        if look.isExcluded || flags.contains(.excluded) { return .excludedSegment }
        if !isArmed { return .notArmed }
        if !look.isWhole { return .streamBroken }
        if flags.contains(.quarantined) { return .accountQuarantined }
        if let refusal = trading.state.refusal { return refusal }
        if flags.contains(.inFlight) || flags.contains(.asked) { return .inFlight }
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

    /// Every pair of a collateral and a debt.
    func subjects(
        of account: AccountIndex, _ health: AccountHealth, _ market: MarketDefinition
    ) -> ContiguousArray<LiquidationSubject> {
        let (legs, traits) = (watch.holdings.legs(of: account), watch.holdings.traits(of: account))
        return watch.holdings.factors.withSpan(legs) { factors in
            watch.holdings.amounts.withSpan(legs) { amounts in
                var subjects: ContiguousArray<LiquidationSubject> = []
                for debt in factors.indices where factors[debt].side == .debt && amounts[debt] > 0 {
                    for collateral in factors.indices where factors[collateral].side == .collateral {
                        subjects.append(
                            .of(
                                collateral, debt, factors, amounts, health, closeFactor: market.closeFactor, traits))
                    }
                }
                return subjects
            }
        }
    }

    /// Counts a refusal, and tells it when it is not the account's last one again.
    mutating func refuse(_ account: AccountIndex, _ refusal: Refusal, _ outputs: inout ContiguousArray<Output>) {
        counters.refusals[Int(refusal.rawValue)] += 1
        // The ledger has heard it too, since each forgets it with the other: when the account recovers, and with a bid.
        guard accounts.refusals[account.position] != refusal.rawValue else { return }
        opportunities.refuse(account, refusal)
        accounts.refusals[account.position] = refusal.rawValue
        outputs.append(.refused(account, refusal))
    }
}
