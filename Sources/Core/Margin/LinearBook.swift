package import Domain
package import Units

/// Accounts as linear forms over factors, in columns of plain rows: excess(a) = constant + Σ weight · factor.
///
/// A weight is the filter's view of a leg (double), an amount is the exact one (integer) that the venue's rules read.
/// An account's legs are neighbours in one arena; a range that an account has outgrown is reused for the next account
/// of that size.
package struct LinearBook: ~Copyable {
    /// What the venue's rules read of a leg.
    package private(set) var factors = Column<FactorIndex>()
    package private(set) var amounts = Column<TokenAmount>()
    /// What the filter reads of a leg, and of an account: what is read together lies together, a cache line each.
    var legs = Column<LegRow>()
    var accounts = Column<AccountRow>()
    /// Freed ranges by capacity.
    private var free = Row<Column<UInt32>>()

    /// How an account is being watched.
    package enum Zone: UInt8, BitwiseCopyable, Sendable {
        /// Not at all: no debt, no legs, or not valid.
        case absent
        /// Planted: cannot become liquidatable, nor hot, before one of its triggers fires.
        case cold
        /// In the risk heap: looked at on every tick of its factors.
        case hot
        /// Planted below the edge: cannot recover before one of its triggers fires.
        case sunk
    }

    package init() {}

    mutating func reserve(accounts wanted: Int, legs wantedLegs: Int) {
        factors.reserve(wantedLegs)
        amounts.reserve(wantedLegs)
        legs.reserve(wantedLegs)
        accounts.reserve(wanted)
    }

    package var accountCount: Int { accounts.count }
    package var legCount: Int { factors.count }

    package func zone(of account: AccountIndex) -> Zone {
        account.position < accounts.count ? accounts[account.position].zone : .absent
    }

    @inlinable
    package func legs(of account: AccountIndex) -> Range<Int> { range(account.position) }

    /// Makes room for an account up to this index.
    mutating func include(_ account: AccountIndex) {
        let missing = account.position + 1 - accounts.count
        if missing > 0 { accounts.append(repeating: AccountRow(), count: missing) }
    }

    /// Replaces an account's legs. The account must stand in no queue.
    mutating func replace(_ account: AccountIndex, with newLegs: Span<Leg>, weights: Span<Double>) {
        precondition(newLegs.count == weights.count, "Condition: a weight for every leg")
        precondition(newLegs.count <= Int(AccountUpdate.legsMax), "Condition: an account has a bounded number of legs")
        precondition(accounts[account.position].zone == .absent, "Invariant: the account stands in no queue")
        makeRoom(account, for: newLegs.count)
        let start = Int(accounts[account.position].start)
        for i in newLegs.indices {
            factors[start + i] = newLegs[i].factor
            amounts[start + i] = newLegs[i].amount
            legs[start + i].weight = weights[i]
        }
        accounts[account.position].count = UInt16(newLegs.count)
    }

    package var residentBytes: Int {
        factors.residentBytes + amounts.residentBytes + legs.residentBytes + accounts.residentBytes
    }

    package func range(_ account: Int) -> Range<Int> {
        let row = accounts[account]
        return Int(row.start)..<Int(row.start) + Int(row.count)
    }

    private mutating func makeRoom(_ account: AccountIndex, for wanted: Int) {
        let capacity = Int(accounts[account.position].capacity)
        guard wanted > capacity else { return }
        while free.count <= Int(AccountUpdate.legsMax) { free.append(Column<UInt32>()) }
        if capacity > 0 { free[capacity].append(accounts[account.position].start) }
        let start = free[wanted].count > 0 ? free[wanted].removeLast() : extendArena(by: wanted)
        accounts[account.position].start = start
        accounts[account.position].capacity = UInt16(wanted)
        for leg in Int(start)..<Int(start) + wanted { legs[leg].owner = account.raw }
    }

    private mutating func extendArena(by wanted: Int) -> UInt32 {
        let start = UInt32(factors.count)
        factors.append(repeating: FactorIndex(raw: 0), count: wanted)
        amounts.append(repeating: 0, count: wanted)
        legs.append(repeating: LegRow(), count: wanted)
        return start
    }
}

/// The filter's view of a leg.
struct LegRow: BitwiseCopyable {
    var weight = 0.0
    /// Where the leg stands in its queue; meaningless while it stands in none.
    var position: UInt32 = 0
    var owner: UInt32 = 0
}

/// The filter's view of an account.
struct AccountRow: BitwiseCopyable {
    var constant = 0.0
    var slack: Float = 0
    var allowance: Float = 0
    var start: UInt32 = 0
    var count: UInt16 = 0
    var capacity: UInt16 = 0
    var zone = LinearBook.Zone.absent
    /// What the last look could prove.
    var verdict = Evaluation.Verdict.safe
}
