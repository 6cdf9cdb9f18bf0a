public import Domain
import Limits
public import Margin
import Mechanisms
import Strategy
public import Units

/// What the engine would do about an account now, and from what: `Engine.explain`.
public struct Explanation: Equatable, Sendable {
    public var market: MarketIndex
    public var version: UInt64
    public var legs: [Leg] = []
    /// By the venue's own rules; `nil` when a price is missing.
    public var health: AccountHealth?
    /// What every pair of a collateral and a debt would come to by itself, limits that other bids use up left aside.
    public var pairs: [Pair] = []
    public var purse: Purse
    public var openIntents: Int
    public var trading: TradingState
    public var gas: GasUpdate?
    public var block: BlockNumber?
    /// The bid that the engine would make, or the rule that stands against it; `nil`: the account cannot be taken.
    public var verdict: Verdict?

    public struct Purse: Equatable, Sendable {
        public var cash: Cash
        public var gasMoney: Wei
    }

    public struct Pair: Equatable, Sendable {
        public var collateral: ReserveIndex
        public var debt: ReserveIndex
        public var verdict: Verdict
    }

    public enum Verdict: Equatable, Sendable {
        case bid(collateral: ReserveIndex, debt: ReserveIndex, Funding, BidFigures)
        case refused(Refusal)
    }
}

extension Engine {
    /// Decides once more, without acting, by the functions that decide. `nil`: the account was never seen.
    ///
    /// It counts as a look at the account: for engines that are thrown away afterwards.
    public mutating func explain(_ account: AccountIndex) -> Explanation? {
        guard accounts.isKnown(account), let state = market(accounts.markets[account.position]) else { return nil }
        let purse = Explanation.Purse(cash: capital.purse.cash, gasMoney: capital.purse.gasMoney)
        var found = Explanation(
            market: state.definition.market, version: accounts.versions[account.position], purse: purse,
            openIntents: open.count, trading: trading.state, gas: state.gas, block: state.block)
        found.legs = watch.holdings.legs(of: account).map { watch.holdings.leg(at: $0) }
        found.health = watch.health(of: account)
        guard isLiquidatable(account) else { return found }
        found.verdict = verdict(on: account, in: state.definition.market)
        if let mechanism = state.mechanism, let gas = state.gas, let health = found.health {
            let simulation = simulation(mechanism, state.definition, gas)
            found.pairs = subjects(of: account, health, state.definition).map { subject in
                let verdict: Explanation.Verdict =
                    switch simulation.bid(on: subject, capital.purse) {
                    case .success(let bid): Self.verdict(bid)
                    case .failure(let refusal): .refused(refusal)
                    }
                return Explanation.Pair(
                    collateral: subject.pair.collateral, debt: subject.pair.debt, verdict: verdict)
            }
        }
        return found
    }

    private mutating func verdict(on account: AccountIndex, in market: MarketIndex) -> Explanation.Verdict? {
        guard var look = marketLook(in: market) else { return nil }
        if let refusal = standingRefusal(accounts.flags[account.position], look) { return .refused(refusal) }
        prepare(&look)
        return switch bid(on: account, look) {
        case .failure(let refusal): .refused(refusal)
        case .success(let proposal): sharedRefusal(proposal).map { .refused($0) } ?? Self.verdict(proposal.bid)
        }
    }

    private static func verdict(_ bid: Bid) -> Explanation.Verdict {
        .bid(collateral: bid.pair.collateral, debt: bid.pair.debt, bid.funding, bid.figures)
    }

    /// When an asset was last priced.
    public func pricedAt(_ reserve: ReserveIndex) -> Moment? { priceAge.told(reserve) }

    /// The streams that have priced it.
    public func streams(pricing reserve: ReserveIndex) -> [StreamIndex] {
        guard reserve.position < pricingStreams.count else { return [] }
        return (0..<64).filter { pricingStreams[reserve.position] & 1 << UInt64($0) != 0 }.map { StreamIndex($0) }
    }
}
