import Domain
import Liquidity
import Margin
import Strategy
import Units

/// What looks at accounts below the edge of one market have in common.
struct MarketLook {
    var market: MarketIndex
    var cash: ReserveIndex
    /// By the market's segments.
    var isExcluded: Bool
    /// Whether all streams that feed it are.
    var isWhole: Bool
    /// `BidSimulation.worthlessMargin`; `nil` where something stands against every bid, or where more decides than what drifts: depth
    /// from the feed.
    var worthless: Double?
}

extension Engine {
    /// `nil` for a market that is not known.
    mutating func marketLook(in index: MarketIndex) -> MarketLook? {
        guard index.position < markets.count, let cash = markets[index.position]?.definition.cash,
            let segments = markets[index.position]?.definition.segments,
            let streams = markets[index.position]?.streams
        else { return nil }
        var look = MarketLook(
            market: index, cash: cash, isExcluded: settings.excluded.rawValue & segments.rawValue != 0,
            isWhole: streams & ~wholeStreams == 0)
        if standingRefusal([], look) == nil { look.worthless = worthlessMargin(look) }
        return look
    }

    /// Anchors the market's assets where they have drifted.
    private mutating func worthlessMargin(_ look: MarketLook) -> Double? {
        guard depths.table.isEmpty, let state = market(look.market), let mechanism = state.mechanism,
            let gas = state.gas, state.block != nil, capital.purse.gasMoney >= leastGasMoney(at: gas, in: look.market)
        else { return nil }
        let cash = reserves.price(of: look.cash)
        for position in 0..<reserves.count {
            let reserve = ReserveIndex(position)
            guard reserves.market(of: reserve)?.raw == look.market.raw else { continue }
            ceilings.follow(reserve, MarginPlace(of: reserve, cash: cash, in: watch.reserves))
        }
        return simulation(mechanism, state.definition, gas).worthlessMargin
    }

    /// Whether no bid on the account pays for its gas, by what was noted of it. It is then refused for that, as it would be by
    /// working it out.
    func isWorthless(_ account: AccountIndex, _ look: MarketLook) -> Bool {
        guard let worthless = look.worthless,
            accounts.flags[account.position].rawValue & Self.standing.rawValue == 0,
            let noted = ceilings.noted(account), noted.margin < worthless
        else { return false }
        return noted.stamp == stamp(of: account, tier: noted.tier, look.cash)
    }

    /// Notes what an account can bring at most around the state of now, in the widest drift in which that does not pay for its gas.
    mutating func noteCeiling(
        of account: AccountIndex, _ look: MarketLook, _ health: AccountHealth, _ simulation: BidSimulation
    ) {
        guard let worthless = look.worthless else { return }
        let last = MarginDrift.tierCount - 1
        let narrowest = stamp(of: account, tier: last, look.cash)
        // It was tried here already, and even the narrowest drift was too wide.
        if let noted = ceilings.noted(account), noted.margin == .infinity, noted.stamp == narrowest { return }
        guard let margins = margins(of: account, health, simulation) else { return ceilings.forget(account) }
        for tier in 0...last where margins[tier] < worthless {
            let stamp = stamp(of: account, tier: tier, look.cash)
            return ceilings.note(account, margins[tier], tier: tier, stamp: stamp)
        }
        ceilings.note(account, .infinity, tier: last, stamp: narrowest)
    }

    /// By tier of drift, what no bid on the account exceeds.
    private func margins(
        of account: AccountIndex, _ health: AccountHealth, _ simulation: BidSimulation
    ) -> TierMargins? {
        let (legs, traits) = (watch.holdings.legs(of: account), watch.holdings.traits(of: account))
        var highest = TierMargins()
        let isBounded = watch.holdings.factors.withSpan(legs) { factors in
            watch.holdings.amounts.withSpan(legs) { amounts in
                simulation.forEachCeiling(factors: factors, amounts: amounts, health: health, traits: traits) { pair in
                    highest.include(pair)
                }
            }
        }
        return isBounded ? highest : nil
    }

    private func stamp(of account: AccountIndex, tier: Int, _ cash: ReserveIndex) -> UInt32 {
        var sum: UInt32 = 0
        for leg in watch.holdings.legs(of: account) {
            sum &+= ceilings.number(of: watch.holdings.factors[leg].reserve, tier: tier)
        }
        return sum &+ ceilings.number(of: cash, tier: tier) &+ ceilings.era
    }

    /// What an account is refused for before anything is worked out.
    private static let standing: AccountFlags = [
        .excluded, .quarantined, .inFlight, .asked, .awaitingFeed, .proposed,
    ]
}
