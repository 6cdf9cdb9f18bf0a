package import Domain
package import Units

/// Accounts as linear forms over factors, in columns: excess(a) = constant + Σ weight · factor.
///
/// A weight is the filter's view of a leg (double), an amount is the exact one (integer) that the venue's rules read.
/// An account's legs are neighbours in one arena; a range that an account has outgrown is reused for the next account
/// of that size.
package struct LinearBook: ~Copyable {
    // Legs.
    package private(set) var factors = Column<FactorIndex>()
    package private(set) var amounts = Column<TokenAmount>()
    var weights = Column<Double>()
    /// Where the leg stands in its queue; meaningless while it stands in none.
    var positions = Column<UInt32>()
    private(set) var owners = Column<UInt32>()
    // Accounts.
    private var starts = Column<UInt32>()
    private var counts = Column<UInt16>()
    private var capacities = Column<UInt16>()
    var zones = Column<Zone>()
    /// What the last look could prove.
    var verdicts = Column<Evaluation.Verdict>()
    var slacks = Column<Float>()
    var allowances = Column<Float>()
    var constants = Column<Double>()
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

    mutating func reserve(accounts: Int, legs: Int) {
        factors.reserve(legs)
        amounts.reserve(legs)
        weights.reserve(legs)
        positions.reserve(legs)
        owners.reserve(legs)
        starts.reserve(accounts)
        counts.reserve(accounts)
        capacities.reserve(accounts)
        zones.reserve(accounts)
        verdicts.reserve(accounts)
        slacks.reserve(accounts)
        allowances.reserve(accounts)
        constants.reserve(accounts)
    }

    package var accountCount: Int { starts.count }
    package var legCount: Int { factors.count }

    package func zone(of account: AccountIndex) -> Zone {
        account.position < zones.count ? zones[account.position] : .absent
    }

    @inlinable
    package func legs(of account: AccountIndex) -> Range<Int> { range(account.position) }

    /// Makes room for an account up to this index.
    mutating func include(_ account: AccountIndex) {
        let missing = account.position + 1 - starts.count
        guard missing > 0 else { return }
        starts.append(repeating: 0, count: missing)
        counts.append(repeating: 0, count: missing)
        capacities.append(repeating: 0, count: missing)
        zones.append(repeating: .absent, count: missing)
        verdicts.append(repeating: .safe, count: missing)
        slacks.append(repeating: 0, count: missing)
        allowances.append(repeating: 0, count: missing)
        constants.append(repeating: 0, count: missing)
    }

    /// Replaces an account's legs. The account must stand in no queue.
    mutating func replace(_ account: AccountIndex, with legs: Span<Leg>, weights newWeights: Span<Double>) {
        precondition(legs.count == newWeights.count, "Condition: a weight for every leg")
        precondition(legs.count <= Int(AccountUpdate.legsMax), "Condition: an account has a bounded number of legs")
        precondition(zones[account.position] == .absent, "Invariant: the account stands in no queue")
        makeRoom(account, for: legs.count)
        let start = Int(starts[account.position])
        for i in legs.indices {
            factors[start + i] = legs[i].factor
            amounts[start + i] = legs[i].amount
            weights[start + i] = newWeights[i]
        }
        counts[account.position] = UInt16(legs.count)
    }

    package var residentBytes: Int {
        let perLeg = factors.residentBytes + amounts.residentBytes + weights.residentBytes
        let queueing = positions.residentBytes + owners.residentBytes
        let ranges = starts.residentBytes + counts.residentBytes + capacities.residentBytes
        let quality = slacks.residentBytes + allowances.residentBytes + constants.residentBytes
        return perLeg + queueing + ranges + quality + zones.residentBytes + verdicts.residentBytes
    }

    package func range(_ account: Int) -> Range<Int> {
        let start = Int(starts[account])
        return start..<start + Int(counts[account])
    }

    private mutating func makeRoom(_ account: AccountIndex, for legs: Int) {
        let capacity = Int(capacities[account.position])
        guard legs > capacity else { return }
        while free.count <= Int(AccountUpdate.legsMax) { free.append(Column<UInt32>()) }
        if capacity > 0 { free[capacity].append(starts[account.position]) }
        let start = free[legs].count > 0 ? free[legs].removeLast() : extendArena(by: legs)
        starts[account.position] = start
        capacities[account.position] = UInt16(legs)
        for leg in Int(start)..<Int(start) + legs { owners[leg] = account.raw }
    }

    private mutating func extendArena(by legs: Int) -> UInt32 {
        let start = UInt32(factors.count)
        factors.append(repeating: FactorIndex(raw: 0), count: legs)
        amounts.append(repeating: 0, count: legs)
        weights.append(repeating: 0, count: legs)
        positions.append(repeating: 0, count: legs)
        owners.append(repeating: 0, count: legs)
        return start
    }
}
