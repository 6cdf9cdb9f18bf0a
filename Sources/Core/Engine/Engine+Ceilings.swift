import Domain
import Liquidity
import Margin
import Strategy
import Units

extension Engine {
    /// Anchors the market's assets where they have drifted. What no bid that is worth its gas stays below; `nil` where something stands
    /// against every bid, or where more decides than what drifts: depth from the feed.
    mutating func worthlessMargin(
        _ look: borrowing MarketLook, _ simulation: BidSimulation, leastGasMoney: Wei
    ) -> Double? {
        guard standingRefusal([], look) == nil, depths.table.isEmpty, capital.purse.gasMoney >= leastGasMoney else {
            return nil
        }
        let cash = reserves.price(of: look.cash)
        for position in 0..<reserves.count {
            let reserve = ReserveIndex(position)
            guard reserves.market(of: reserve)?.raw == look.market.raw else { continue }
            ceilings.follow(reserve, MarginPlace(of: reserve, cash: cash, in: watch.reserves))
        }
        return simulation.worthlessMargin
    }

    /// Whether no bid on the account pays for its gas, by what was noted of it. It is then refused for that, as it would be by
    /// working it out.
    func isWorthless(_ account: AccountIndex, _ look: borrowing MarketLook) -> Bool {
        guard let worthless = look.worthless, let noted = ceilings.noted(account), noted.margin < worthless
        else { return false }
        return noted.stamp == stamp(of: account, tier: noted.tier, look.cash)
    }

    /// Notes what an account can bring at most around the state of now, in the widest drift in which that does not pay for its gas.
    mutating func noteCeiling(
        of account: AccountIndex, _ look: borrowing MarketLook, _ simulation: BidSimulation
    ) {
        guard let worthless = look.worthless else { return }
        let last = MarginDrift.tierCount - 1
        let narrowest = stamp(of: account, tier: last, look.cash)
        // It was tried here already, and even the narrowest drift was too wide.
        if let noted = ceilings.noted(account), noted.margin == .infinity, noted.stamp == narrowest { return }
        guard let margins = margins(of: account, simulation) else { return ceilings.forget(account) }
        for tier in 0...last where margins[tier] < worthless {
            let stamp = stamp(of: account, tier: tier, look.cash)
            return ceilings.note(account, margins[tier], tier: tier, stamp: stamp)
        }
        ceilings.note(account, .infinity, tier: last, stamp: narrowest)
    }

    /// By tier of drift, what no bid on the account exceeds.
    private func margins(of account: AccountIndex, _ simulation: BidSimulation) -> TierMargins? {
        let (legs, traits) = (watch.holdings.legs(of: account), watch.holdings.traits(of: account))
        var highest = TierMargins()
        let isBounded = watch.holdings.factors.withSpan(legs) { factors in
            watch.holdings.amounts.withSpan(legs) { amounts in
                simulation.forEachCeiling(factors: factors, amounts: amounts, traits: traits) { highest.include($0) }
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
}
