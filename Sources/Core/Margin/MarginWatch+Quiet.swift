public import Domain
public import Units

/// What a look at a stretch of prices has found.
public enum StretchLook: Sendable {
    /// Nobody changes sides, and no scale: it is enough to set each instrument's last price.
    case quiet
    /// All but the suspects stay where they are, at any prices of the ranges in any order: only they need to be asked of parts of the
    /// stretch, whatever comes to pass in parts before.
    case suspects
    /// Nothing can be said: look at shorter stretches, or set prices one by one.
    case unknown
}

/// Stretches of prices taken as one.
extension MarginWatch {
    /// Who may change sides, or scale, while prices take any values of the ranges in any order.
    public mutating func look(_ ranges: Span<PriceRange>) -> StretchLook {
        for i in ranges.indices {
            guard isDefined(ranges[i].reserve) else { return .unknown }
            let ticker = tickers[ranges[i].reserve.position]
            guard ranges[i].lowest > ticker.lowest, ranges[i].highest < ticker.highest else { return .unknown }
        }
        beginBox(ranges)
        guard index.findHotSuspects() else { return .unknown }
        for i in ranges.indices {
            guard index.findSuspects(on: FactorIndex(ranges[i].reserve, .collateral)),
                index.findSuspects(on: FactorIndex(ranges[i].reserve, .debt))
            else { return .unknown }
        }
        var kept = 0
        for i in 0..<index.suspects.count where !staysPut(AccountIndex(index.suspects[i]), ranges) {
            index.suspects[kept] = index.suspects[i]
            kept += 1
        }
        index.suspects.removeLast(index.suspects.count - kept)
        return kept == 0 ? .quiet : .suspects
    }

    /// Who the last `look` could not clear.
    public var suspects: [AccountIndex] { (0..<index.suspects.count).map { AccountIndex(index.suspects[$0]) } }

    /// Whether the suspects of the last `look` stay too within ranges that lie in its. Those that may not are remembered.
    public mutating func narrow(_ ranges: Span<PriceRange>) -> Bool {
        beginBox(ranges)
        index.closeSuspects.removeAll()
        index.closeReserves = 0
        for i in 0..<index.suspects.count {
            let account = index.suspects[i]
            if !stays(account, ranges) { index.suspectClosely(account) }
        }
        return index.closeSuspects.count == 0
    }

    /// Whether the price of an instrument can move one of those that the last `narrow` remembered.
    public func concerns(_ reserve: ReserveIndex) -> Bool {
        reserve.position >= UInt64.bitWidth || index.closeReserves & 1 << UInt64(reserve.position) != 0
    }

    private mutating func stays(_ account: UInt32, _ ranges: Span<PriceRange>) -> Bool {
        index.keepsSide(account) || staysPut(AccountIndex(account), ranges)
    }

    private mutating func beginBox(_ ranges: Span<PriceRange>) {
        index.beginBox()
        for i in ranges.indices { widen(ranges[i].reserve, ranges[i].lowest, ranges[i].highest) }
    }

    mutating func widen(_ reserve: ReserveIndex, _ lowest: Double, _ highest: Double) {
        let (supply, borrow) = (tickers[reserve.position].supply, tickers[reserve.position].borrow)
        index.widen(FactorIndex(reserve, .collateral), supply.value(at: lowest), supply.value(at: highest))
        index.widen(FactorIndex(reserve, .debt), borrow.value(at: lowest), borrow.value(at: highest))
    }

    /// Sets the last price of an instrument of a quiet stretch, and looks at nobody yet: `settle` does, for all of them.
    public mutating func put(_ reserve: ReserveIndex, price: Price) {
        precondition(price.baseUnits > 0, "Condition: a price is not zero")
        reserves.set(reserve, price: price)
        move(reserve, to: price.baseUnits.approximate)
        index.leaveUnsettled(FactorIndex(reserve, .collateral))
        index.leaveUnsettled(FactorIndex(reserve, .debt))
    }

    mutating func move(_ reserve: ReserveIndex, to price: Double) {
        index.set(FactorIndex(reserve, .collateral), to: tickers[reserve.position].supply.value(at: price))
        index.set(FactorIndex(reserve, .debt), to: tickers[reserve.position].borrow.value(at: price))
    }

    /// A quiet stretch is over: whoever its prices reach is planted anew.
    public mutating func settle() {
        index.settle()
        renewStale()
    }

    /// By the venue's own filter. The prices of now are within the ranges, so that it is the present side.
    private mutating func staysPut(_ account: AccountIndex, _ ranges: Span<PriceRange>) -> Bool {
        fillSideForm(of: account)
            && sideForm.isLiquidatable { reserve in
                var reach = PriceReach(only: reserves.price(of: reserve)?.baseUnits.approximate ?? 0)
                for i in ranges.indices where ranges[i].reserve.raw == reserve.raw { reach.include(ranges[i]) }
                return reach
            } != nil
    }

    /// Makes `sideForm` an account's. `false` where it has none.
    mutating func fillSideForm(of account: AccountIndex) -> Bool {
        guard let market = holdings.market(of: account), market.position < rules.count,
            let rules = rules[market.position]
        else { return false }
        let legs = holdings.legs(of: account)
        sideForm.removeAll()
        return holdings.factors.withSpan(legs) { factors in
            holdings.amounts.withSpan(legs) { amounts in
                rules.sideForm(
                    factors: factors, amounts: amounts, traits: holdings.traits(of: account), in: reserves,
                    into: &sideForm)
            }
        }
    }
}
