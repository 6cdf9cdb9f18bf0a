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
    mutating func isWorthless(_ account: AccountIndex, _ look: borrowing MarketLook) -> Bool {
        guard let worthless = look.worthless, let noted = ceilings.noted(account), noted.margin < worthless
        else { return false }
        return isNotedHere(account, noted.stamp, tier: noted.tier, look.cash)
    }

    /// Whether what was noted of an account was noted in the surroundings of now.
    private mutating func isNotedHere(
        _ account: AccountIndex, _ stamp: UInt32, tier: Int, _ cash: ReserveIndex
    ) -> Bool {
        if ceilings.stillHolds(account) { return true }
        guard stamp == self.stamp(of: account, tier: tier, cash) else { return false }
        ceilings.noteHolds(account)
        return true
    }

    /// Notes what an account can bring at most around the state of now, in the widest drift in which that does not pay for its gas.
    mutating func noteCeiling(
        of account: AccountIndex, _ look: borrowing MarketLook, _ terms: borrowing BidTerms
    ) {
        guard let worthless = look.worthless else { return }
        let last = MarginDrift.tierCount - 1
        // It was tried here already, and even the narrowest drift was too wide.
        if let noted = ceilings.noted(account), noted.margin == .infinity, noted.stamp != .max,
            isNotedHere(account, noted.stamp, tier: last, look.cash)
        {
            return
        }
        guard let margins = margins(of: account, terms) else { return ceilings.forget(account) }
        for tier in 0...last where margins[tier] < worthless {
            let stamp = stamp(of: account, tier: tier, look.cash)
            return ceilings.note(account, margins[tier], tier: tier, stamp: stamp)
        }
        ceilings.note(account, .infinity, tier: last, stamp: stamp(of: account, tier: last, look.cash))
    }

    /// By tier of drift, what no bid on the account exceeds.
    private func margins(of account: AccountIndex, _ terms: borrowing BidTerms) -> TierMargins? {
        let traits = watch.holdings.traits(of: account)
        return watch.holdings.withLegs(of: account, with: terms) { factors, amounts, terms in
            var highest = TierMargins()
            let isBounded = terms.simulation.forEachCeiling(factors: factors, amounts: amounts, traits: traits) {
                highest.include($0)
            }
            return isBounded ? highest : nil
        }
    }

    private func stamp(of account: AccountIndex, tier: Int, _ cash: ReserveIndex) -> UInt32 {
        var sum: UInt32 = 0
        for leg in watch.holdings.legs(of: account) {
            sum &+= ceilings.number(of: watch.holdings.factors[leg].reserve, tier: tier)
        }
        return sum &+ ceilings.number(of: cash, tier: tier) &+ ceilings.era
    }
}
