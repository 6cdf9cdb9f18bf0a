import Domain
import Liquidity
import Margin
import Strategy
import Units

/// What a look at accounts below the edge has in common: gas, and whether anything but an account itself stands against a bid.
struct CeilingLook {
    var market: MarketIndex
    var cash: ReserveIndex
    /// `BidSimulation.worthlessMargin`.
    var worthless: Double
    var isClear: Bool
}

extension Engine {
    /// Anchors a market's assets where they have drifted. `nil` where more decides than what drifts: depth from the feed.
    mutating func ceilingLook(in index: MarketIndex) -> CeilingLook? {
        guard depths.table.isEmpty, let state = market(index), let mechanism = state.mechanism, let gas = state.gas
        else { return nil }
        let cash = reserves.row(state.definition.cash)
        for position in 0..<reserves.count {
            let reserve = ReserveIndex(position)
            guard reserves.market(of: reserve) == index, let row = reserves.row(reserve) else { continue }
            ceilings.follow(reserve, MarginPlace(row, cash: cash))
        }
        let needed = leastGasMoney(at: gas, in: index)
        return CeilingLook(
            market: index, cash: state.definition.cash,
            worthless: simulation(mechanism, state.definition, gas).worthlessMargin,
            isClear: standingRefusal([], state) == nil && state.block != nil && capital.purse.gasMoney >= needed)
    }

    /// Whether no bid on the account pays for its gas, by what was noted of it. It is then refused for that, as it would be by
    /// working it out.
    func isWorthless(_ account: AccountIndex, _ look: CeilingLook) -> Bool {
        guard look.isClear, accounts.flags[account.position].isDisjoint(with: Self.standing),
            let noted = ceilings.noted(account), noted.margin < look.worthless
        else { return false }
        return noted.stamp == stamp(of: account, tier: noted.tier, look.cash)
    }

    /// Notes what an account can bring at most around the state of now, in the widest drift in which that does not pay for its gas.
    mutating func noteCeiling(
        of account: AccountIndex, _ look: CeilingLook, _ health: AccountHealth, _ simulation: BidSimulation
    ) {
        let last = MarginDrift.tiers.count - 1
        let narrowest = stamp(of: account, tier: last, look.cash)
        // It was tried here already, and even the narrowest drift was too wide.
        if let noted = ceilings.noted(account), noted.margin == .infinity, noted.stamp == narrowest { return }
        let (legs, traits) = (watch.holdings.legs(of: account), watch.holdings.traits(of: account))
        for (tier, drift) in MarginDrift.tiers.enumerated() {
            let ceiling = watch.holdings.factors.withSpan(legs) { factors in
                watch.holdings.amounts.withSpan(legs) { amounts in
                    simulation.marginCeiling(
                        factors: factors, amounts: amounts, health: health, traits: traits, price: drift.price,
                        pool: drift.pool)
                }
            }
            guard let ceiling else { return ceilings.forget(account) }
            guard ceiling < look.worthless else { continue }
            let stamp = stamp(of: account, tier: tier, look.cash)
            return ceilings.note(account, ceiling, tier: tier, stamp: stamp)
        }
        ceilings.note(account, .infinity, tier: last, stamp: narrowest)
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
