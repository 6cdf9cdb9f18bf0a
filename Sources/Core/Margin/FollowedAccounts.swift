import Domain
import Units

/// Accounts at the edge that are followed from price to price, each with its form and the side that it was last seen on.
struct FollowedAccounts {
    private struct Row {
        var account: AccountIndex
        /// Of its legs.
        var first: Int
        var last: Int
        var cutsAverage: Bool
        /// A bit for each reserve that it has a leg on; all bits for one that has none.
        var reserves: UInt64
        /// Whether it can be liquidated; `nil` while only the exact rules know.
        var side: Bool?
    }

    private var rows: ContiguousArray<Row> = []
    private var legs: ContiguousArray<SideForm.Leg> = []
    /// By reserve, in the oracle's units.
    private var prices: ContiguousArray<Double> = []
    /// Who may have changed sides with the last price.
    private(set) var moved: ContiguousArray<AccountIndex> = []

    mutating func removeAll() {
        rows.removeAll(keepingCapacity: true)
        legs.removeAll(keepingCapacity: true)
        moved.removeAll(keepingCapacity: true)
    }

    /// Takes an account up where it stands.
    mutating func add(_ account: AccountIndex, _ form: SideForm, in reserves: borrowing ReserveTable) {
        let missing = reserves.count - prices.count
        if missing > 0 { prices.append(contentsOf: repeatElement(0, count: missing)) }
        var row = Row(
            account: account, first: legs.count, last: legs.count + form.legs.count, cutsAverage: form.cutsAverage,
            reserves: 0)
        for i in form.legs.indices {
            let leg = form.legs[i]
            legs.append(leg)
            prices[leg.reserve.position] = reserves.price(of: leg.reserve)?.baseUnits.approximate ?? 0
            row.reserves |= Self.bit(leg.reserve)
        }
        row.side = side(of: row)
        rows.append(row)
    }

    private static func bit(_ reserve: ReserveIndex) -> UInt64 {
        reserve.position < UInt64.bitWidth ? 1 << UInt64(reserve.position) : .max
    }

    private func side(of row: Row) -> Bool? {
        var sums = SideSums()
        for i in row.first..<row.last { sums.add(legs[i], PriceReach(only: prices[legs[i].reserve.position])) }
        return row.cutsAverage ? sums.sideByAverage : sums.side
    }

    /// Moves a price, and notes in `moved` whoever may change sides with it.
    mutating func move(_ reserve: ReserveIndex, to price: Double) {
        moved.removeAll(keepingCapacity: true)
        guard reserve.position < prices.count else { return }
        prices[reserve.position] = price
        let bit = Self.bit(reserve)
        for i in rows.indices where rows[i].reserves & bit != 0 {
            let now = side(of: rows[i])
            if now == nil || now != rows[i].side { moved.append(rows[i].account) }
            rows[i].side = now
        }
    }

    mutating func recall(_ accounts: ArraySlice<AccountIndex>) {
        moved.removeAll(keepingCapacity: true)
        moved.append(contentsOf: accounts)
    }

    mutating func noteMoved(_ account: AccountIndex) { moved.append(account) }
}
