import Domain
import Units

extension World {
    /// Takes what happens in the episode into the world.
    public mutating func apply(_ event: EpisodeEvent) {
        switch event {
        case .price(let reserve, let price):
            watch.set(reserve, price: price)
            changes.prices.insert(reserve)
            noteFallen()
        case .pool(let reserve, let pool):
            set(pool, of: reserve)
        case .gas(let baseFee, let median, let high):
            gas = GasUpdate(
                market: market.market, baseFee: baseFee, priorityFeeMedian: median, priorityFeeHigh: high)
            changes.hasGas = true
        case .account(let account):
            place(roster.include(account.name), Self.merged(account.legs))
        }
    }

    mutating func set(_ pool: Pool, of reserve: ReserveIndex) {
        precondition(pool.assetReserve > 0 && pool.cashReserve > 0, "Condition: a pool has reserves")
        watch.set(reserve, pool: pool)
        changes.pools.insert(reserve)
    }

    /// An account's new state, its next version.
    mutating func place(_ account: AccountIndex, _ legs: [Leg]) {
        precondition(legs.count <= Int(AccountUpdate.legsMax), "Condition: an account has a bounded number of legs")
        for leg in legs {
            precondition(leg.factor.reserve.position < reserveCount, "Condition: legs are of the market's reserves")
        }
        roster.countChange(of: account)
        changes.accounts.insert(account)
        watch.place(account, legs)
        noteFallen()
    }

    private mutating func noteFallen() {
        for account in watch.takeFallen() { falls[account] = block.number }
    }

    /// One leg for each factor, and none that is nothing.
    private static func merged(_ legs: [Leg]) -> [Leg] {
        var merged: [Leg] = []
        for leg in legs where leg.amount > 0 {
            if let known = merged.firstIndex(where: { $0.factor == leg.factor }) {
                merged[known].amount += leg.amount
            } else {
                merged.append(leg)
            }
        }
        return merged
    }
}
