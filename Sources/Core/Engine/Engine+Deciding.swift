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
        while budget > 0, candidates.count > 0 {
            if nextCandidate >= candidates.count { nextCandidate = 0 }
            let market = accounts.markets[candidates[nextCandidate].position]
            guard var look = marketLook(in: market) else {
                preconditionFailure("Invariant: a candidate's market is known")
            }
            reconsider(&look, &budget, &outputs)
        }
    }

    /// The next ones, as long as they are of one market.
    private mutating func reconsider(
        _ look: inout MarketLook, _ budget: inout Int, _ outputs: inout ContiguousArray<Output>
    ) {
        while budget > 0, candidates.count > 0 {
            if nextCandidate >= candidates.count { nextCandidate = 0 }
            let account = candidates[nextCandidate]
            guard accounts.markets[account.position].raw == look.market.raw else { return }
            budget -= 1
            guard isLiquidatable(account) else {
                dropCandidate()
                continue
            }
            nextCandidate += 1
            decide(account, &look, &outputs)
        }
    }

    /// Takes the current candidate out; the last one takes its place.
    private mutating func dropCandidate() {
        accounts.flags[candidates[nextCandidate].position].remove(.listed)
        let last = candidates.removeLast()
        if nextCandidate < candidates.count { candidates[nextCandidate] = last }
    }

    mutating func decide(
        _ account: AccountIndex, _ look: inout MarketLook, _ outputs: inout ContiguousArray<Output>
    ) {
        let flags = accounts.flags[account.position]
        // Both the crossing and the block may lead here within one step.
        guard !flags.contains(.proposed) else { return }
        if let refusal = standingRefusal(flags, look) { return refuse(account, refusal, &outputs) }
        prepare(&look)
        if isWorthless(account, look) { return refuse(account, .belowMinimumProfit, &outputs) }
        switch bid(on: account, look) {
        case .failure(let refusal): refuse(account, refusal, &outputs)
        case .success(let proposal):
            accounts.flags[account.position].insert(.proposed)
            proposals.append(proposal)
        }
    }

    /// The best bid on an account with what is free now, or why there is none.
    mutating func bid(on account: AccountIndex, _ look: borrowing MarketLook) -> Result<Proposal, Refusal> {
        switch look.terms {
        case .none: .failure(look.obstacle ?? .inputMissing)
        case .some(let terms): bid(on: account, look, terms)
        }
    }

    private mutating func bid(
        on account: AccountIndex, _ look: borrowing MarketLook, _ terms: borrowing BidTerms
    ) -> Result<Proposal, Refusal> {
        guard capital.purse.gasMoney >= terms.leastGasMoney else { return .failure(.gasMoneyExhausted) }
        refreshKept(of: account, terms.simulation.market)
        // Depth of kept assets follows their prices and what is held.
        guard depths.table.isEmpty else {
            var simulation = terms.simulation
            simulation.depth = depths.table
            let deep = BidTerms(simulation: simulation, block: terms.block, leastGasMoney: terms.leastGasMoney)
            return bid(on: account, deep).flatMap { proposal($0, on: account, terms) }
        }
        if ceilings.isKnown(account) {
            noteCeiling(of: account, look, terms)
            if isWorthless(account, look) { return .failure(.belowMinimumProfit) }
        }
        switch bid(on: account, terms) {
        case .success(let bid): return proposal(bid, on: account, terms)
        case .failure(let refusal):
            if refusal == .belowMinimumProfit { noteCeiling(of: account, look, terms) }
            return .failure(refusal)
        }
    }

    /// The same on the pair and by the terms that a model asks for.
    mutating func bid(
        on account: AccountIndex, _ advised: AdvisedTerms, _ look: borrowing MarketLook
    ) -> Result<Proposal, Refusal> {
        switch look.terms {
        case .none: return .failure(look.obstacle ?? .inputMissing)
        case .some(let terms):
            guard capital.purse.gasMoney >= terms.leastGasMoney else { return .failure(.gasMoneyExhausted) }
            guard let health = watch.health(of: account) else { return .failure(.inputMissing) }
            refreshKept(of: account, terms.simulation.market)
            var simulation = terms.simulation
            (simulation.depth, simulation.advised) = (depths.table, advised)
            let subject = subjects(of: account, health, simulation.market).first { $0.pair == advised.pair }
            let best = subject.map { simulation.bid(on: $0, capital.purse) } ?? .failure(.venueWouldRevert)
            return best.flatMap { proposal($0, on: account, terms) }
        }
    }

    /// Limits on a single bid, and what it would hold.
    private func proposal(
        _ bid: Bid, on account: AccountIndex, _ terms: borrowing BidTerms
    ) -> Result<Proposal, Refusal> {
        let market = terms.simulation.market
        if bid.pair.collateral != market.cash, depths.room(of: bid.pair.collateral) < bid.amounts.seize,
            depths.isKept(bid.pair.collateral)
        {
            return .failure(.assetExposure)
        }
        if let refusal = priceRefusal(bid.pair, market) { return .failure(refusal) }
        return .success(
            Proposal(
                account: account, market: market.market, block: terms.block, bid: bid,
                gasLimit: gasLimit(in: market.market), dataFee: terms.simulation.costs.dataFee))
    }

    func simulation(_ mechanism: any FixedPenaltyRules, _ market: MarketDefinition, _ gas: GasUpdate) -> BidSimulation {
        BidSimulation(
            rules: mechanism, market: market, reserves: reserves, gas: gas, parameters: parameters(in: market.market),
            depth: depths.table, costs: BidCosts(dataFee: settings.transaction.dataFee(at: gas.rollup)),
            winModel: winModel)
    }

    /// Reasons that need no simulation.
    func standingRefusal(_ flags: AccountFlags, _ look: borrowing MarketLook) -> Refusal? {
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
    private func bid(on account: AccountIndex, _ terms: borrowing BidTerms) -> Result<Bid, Refusal> {
        guard let health = watch.health(of: account) else { return .failure(.inputMissing) }
        let traits = watch.holdings.traits(of: account)
        let purse = capital.purse
        return watch.holdings.withLegs(of: account, with: terms) { factors, amounts, terms in
            terms.simulation.best(factors: factors, amounts: amounts, health: health, traits: traits, purse)
        }
    }

    /// Every pair of a collateral and a debt.
    func subjects(
        of account: AccountIndex, _ health: AccountHealth, _ market: MarketDefinition
    ) -> ContiguousArray<LiquidationSubject> {
        var subjects: ContiguousArray<LiquidationSubject> = []
        forEachPair(of: account, health, market) { subjects.append($0) }
        return subjects
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
