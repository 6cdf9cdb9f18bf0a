import Domain
import Limits
import Liquidity
import Margin
import Mechanisms
import Opportunities
import Strategy
import Units

/// A bid that is worth making, before it is weighed against the others of the same moment.
struct Proposal {
    var account: AccountIndex
    var market: MarketIndex
    var block: BlockNumber
    var bid: Bid
    /// What the transaction may use, and what its bytes cost beside it.
    var gasLimit: GasUnits
    var dataFee: Wei
    /// Whether a model has had its say, or has none to say.
    var isAdvised = false

    /// What it would hold of our gas money.
    var gasMoney: Wei { bid.fees.feeCap * gasLimit + dataFee }
    /// What it would hold of our own cash.
    var capital: TokenAmount { bid.funding == .capital ? bid.swaps.repayCost : 0 }
}

/// Several accounts crossing at once share capital and block gas: what is done of the proposals of a step.
extension Engine {
    mutating func choose(_ outputs: inout ContiguousArray<Output>) {
        for proposal in proposals { accounts.flags[proposal.account.position].remove(.proposed) }
        var taken: ContiguousArray<Proposal> = []
        swap(&taken, &proposals)
        var first = 0
        while first < taken.count {
            let last = min(first + BidPlan.candidatesMax, taken.count)
            choose(taken[first..<last], &outputs)
            first = last
        }
        taken.removeAll(keepingCapacity: true)
        swap(&taken, &proposals)
    }

    /// The most valuable set first; then whoever is left is looked at again with what money is left.
    private mutating func choose(
        _ group: ArraySlice<Proposal>, _ outputs: inout ContiguousArray<Output>
    ) {
        let chosen = group.count == 1 ? 1 : plan(group)
        for (position, proposal) in group.enumerated() where chosen & 1 << UInt32(position) != 0 {
            act(proposal, &outputs)
        }
        for (position, proposal) in group.enumerated() where chosen & 1 << UInt32(position) == 0 {
            reconsider(proposal, &outputs)
        }
    }

    private func plan(_ group: ArraySlice<Proposal>) -> UInt32 {
        var candidates = InlineArray<32, BidPlan.Candidate>(
            repeating: BidPlan.Candidate(expectedValue: .zero, capital: 0, gas: GasUnits(0)))
        for (position, proposal) in group.enumerated() {
            candidates[position] = BidPlan.Candidate(
                expectedValue: proposal.bid.expectedValue, capital: proposal.capital, gas: proposal.gasLimit)
        }
        let cash = max(capital.purse.cash, .zero)
        return BidPlan(
            candidates.span.extracting(first: group.count), capital: TokenAmount(cash.units), gas: gasLeft
        ).chosen
    }

    /// What the next block may still take of ours.
    private var gasLeft: GasUnits {
        guard let limit = settings.limits.blockGasMax else { return GasUnits(.max) }
        return GasUnits(limit.count - min(limit.count, gasSinceBlock.count))
    }

    /// Money or gas did not suffice for all: perhaps there is another way to fund it.
    private mutating func reconsider(_ proposal: Proposal, _ outputs: inout ContiguousArray<Output>) {
        guard gasLeft >= proposal.gasLimit else {
            return refuse(proposal.account, .notInPlan, &outputs)
        }
        guard var look = marketLook(in: proposal.market) else { return }
        prepare(&look)
        switch bid(on: proposal.account, look) {
        case .failure(let refusal): refuse(proposal.account, refusal, &outputs)
        case .success(var other):
            other.isAdvised = proposal.isAdvised
            act(other, &outputs)
        }
    }

    /// Does it, unless a limit that other bids use up too stands against it.
    private mutating func act(_ proposal: Proposal, _ outputs: inout ContiguousArray<Output>) {
        if let refusal = sharedRefusal(proposal) { return refuse(proposal.account, refusal, &outputs) }
        if settings.model != nil && !proposal.isAdvised { return ask(proposal, &outputs) }
        submit(proposal, &outputs)
    }

    /// Limits that other bids use up too.
    func sharedRefusal(_ proposal: Proposal) -> Refusal? {
        let (bid, purse) = (proposal.bid, capital.purse)
        if let refusal = trading.exposure.refusal(
            adding: proposal.capital, asset: bid.pair.collateral, market: proposal.market, settings.limits)
        {
            return refusal
        }
        if depths.isKept(bid.pair.collateral), bid.pair.collateral != market(proposal.market)?.definition.cash,
            depths.room(of: bid.pair.collateral) < bid.amounts.seize
        {
            return .assetExposure
        }
        if open.count + asked.count >= Int(settings.parameters.openIntentsMax) { return .tooManyOpen }
        if Cash.proceeds(proposal.capital) > purse.cash && proposal.capital > 0 { return .capitalExhausted }
        return proposal.gasMoney > purse.gasMoney ? .gasMoneyExhausted : nil
    }

    private mutating func submit(_ proposal: Proposal, _ outputs: inout ContiguousArray<Output>) {
        let (parameters, bid, account) = (settings.parameters, proposal.bid, proposal.account)
        let ordinal = nextOrdinal
        nextOrdinal += 1
        capital.reserve(ordinal, cash: proposal.capital, gasMoney: proposal.gasMoney)
        trading.exposure.hold(
            proposal.capital, for: ordinal, asset: bid.pair.collateral, market: proposal.market)
        gasSinceBlock = GasUnits(gasSinceBlock.count + proposal.gasLimit.count)
        accounts.flags[account.position].insert(.inFlight)
        accounts.refusals[account.position] = .max
        open.append(
            OpenIntent(
                ordinal: ordinal, account: account, version: accounts.versions[account.position], decidedAt: now,
                market: proposal.market, seize: bid.amounts.seize, collateral: bid.pair.collateral,
                tipShare: bid.fees.tipShare))
        let isKept = depths.table.isKept(bid.pair.collateral)
        if isKept { depths.hold(bid.amounts.seize, of: bid.pair.collateral) }
        counters.intents += 1
        opportunities.bid(account, expecting: bid.netProfit)
        // What is kept is worth something, but leaves no cash.
        let floor = floor(of: bid.swaps.margin)
        var intent = Intent(
            ordinal: ordinal, market: proposal.market, account: account,
            accountVersion: accounts.versions[account.position], collateral: bid.pair.collateral,
            debt: bid.pair.debt, funding: bid.funding, figures: bid.figures,
            gasLimit: proposal.gasLimit, feeCap: bid.fees.feeCap, priorityFee: bid.fees.priorityFee,
            deadline: proposal.block + parameters.deadlineBlocks,
            minimumMargin: isKept ? floor + .cost(bid.swaps.proceeds) : floor, triggeredAt: now)
        intent.isKept = isKept
        outputs.append(.submit(intent))
    }

    /// What must be left when the bid is executed. A bid at a loss may get worse by as much as it is bad.
    func floor(of margin: Cash) -> Cash {
        guard margin > .zero else { return margin + margin }
        return .proceeds(settings.parameters.marginFloor.share(of: TokenAmount(margin.units)))
    }
}
