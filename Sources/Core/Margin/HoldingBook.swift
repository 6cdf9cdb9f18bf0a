public import Domain
public import Units

/// What every account holds, exact, in columns: the numbers that the venue's rules read. The index does not.
public struct HoldingBook: ~Copyable {
    public private(set) var factors = Column<FactorIndex>()
    public private(set) var amounts = Column<TokenAmount>()
    private var rows = Column<HoldingRow>()
    private var arena = RangeArena()

    public init() {}

    public mutating func reserve(accounts: Int, legs: Int) {
        factors.reserve(legs)
        amounts.reserve(legs)
        rows.reserve(accounts)
    }

    public var accountCount: Int { rows.count }

    /// Where the account's legs stand in the columns.
    public func legs(of account: AccountIndex) -> Range<Int> {
        guard account.position < rows.count else { return 0..<0 }
        let row = rows[account.position]
        return Int(row.start)..<Int(row.start) + Int(row.count)
    }

    public func leg(at position: Int) -> Leg { Leg(factors[position], amounts[position]) }

    public func traits(of account: AccountIndex) -> AccountTraits {
        account.position < rows.count ? rows[account.position].traits : .none
    }

    public func market(of account: AccountIndex) -> MarketIndex? {
        guard account.position < rows.count, rows[account.position].market.raw != .max else { return nil }
        return rows[account.position].market
    }

    public mutating func replace(
        _ account: AccountIndex, in market: MarketIndex, with legs: Span<Leg>, _ traits: AccountTraits
    ) {
        precondition(legs.count <= Int(AccountUpdate.legsMax), "Condition: an account has a bounded number of legs")
        let missing = account.position + 1 - rows.count
        if missing > 0 { rows.append(repeating: HoldingRow(), count: missing) }
        var row = rows[account.position]
        if legs.count > Int(row.capacity) {
            arena.giveBack(row.start, capacity: Int(row.capacity))
            row.start = arena.take(legs.count)
            row.capacity = UInt16(legs.count)
            let missing = arena.end - factors.count
            factors.append(repeating: FactorIndex(raw: 0), count: missing)
            amounts.append(repeating: 0, count: missing)
        }
        for i in legs.indices {
            factors[Int(row.start) + i] = legs[i].factor
            amounts[Int(row.start) + i] = legs[i].amount
        }
        row.count = UInt16(legs.count)
        row.traits = traits
        row.market = market
        rows[account.position] = row
    }

    public var residentBytes: Int { factors.residentBytes + amounts.residentBytes + rows.residentBytes }
}

struct HoldingRow: BitwiseCopyable {
    var start: UInt32 = 0
    var count: UInt16 = 0
    var capacity: UInt16 = 0
    var market = MarketIndex(UInt16.max)
    var traits = AccountTraits.none
}

extension HoldingBook {
    /// An account's legs, to read in place, for a body that reads something which closures cannot hold, or would copy.
    @inlinable
    public func withLegs<Context: ~Copyable, Result>(
        of account: AccountIndex, with context: borrowing Context,
        _ body: (Span<FactorIndex>, Span<TokenAmount>, borrowing Context) -> Result
    ) -> Result {
        let legs = legs(of: account)
        return factors.withSpan(legs, with: context) { factors, context in
            amounts.withSpan(legs, with: context) { amounts, context in body(factors, amounts, context) }
        }
    }
}
