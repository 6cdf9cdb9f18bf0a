public import Domain
public import Units

/// Stretches of prices taken as one.
extension MarginWatch {
    /// Whether nobody changes sides, and no scale, while prices take any values of the ranges in any order. Then it is enough to set
    /// each instrument's last price: whoever is near is the same, and so are all that follow.
    ///
    /// `false` is no statement: then prices must be set one by one, or in shorter stretches.
    public mutating func isQuiet(_ ranges: Span<PriceRange>) -> Bool {
        index.beginBox()
        for i in ranges.indices {
            let range = ranges[i]
            guard isDefined(range.reserve) else { return false }
            let ticker = tickers[range.reserve.position]
            guard range.lowest > ticker.lowest, range.highest < ticker.highest else { return false }
            index.widen(
                FactorIndex(range.reserve, .collateral), ticker.supply.value(at: range.lowest),
                ticker.supply.value(at: range.highest))
            index.widen(
                FactorIndex(range.reserve, .debt), ticker.borrow.value(at: range.lowest),
                ticker.borrow.value(at: range.highest))
        }
        return isNobodyMoved(ranges)
    }

    /// Sets the last price of an instrument of a quiet stretch, and looks at nobody yet: `settle` does, for all of them.
    public mutating func put(_ reserve: ReserveIndex, price: Price) {
        precondition(price.baseUnits > 0, "Condition: a price is not zero")
        reserves.set(reserve, price: price)
        let value = price.baseUnits.approximate
        index.set(FactorIndex(reserve, .collateral), to: tickers[reserve.position].supply.value(at: value))
        index.set(FactorIndex(reserve, .debt), to: tickers[reserve.position].borrow.value(at: value))
        index.unsettled.append(FactorIndex(reserve, .collateral))
        index.unsettled.append(FactorIndex(reserve, .debt))
    }

    /// A quiet stretch is over: whoever its prices reach is planted anew.
    public mutating func settle() {
        index.settle()
        renewStale()
    }

    private func isNobodyMoved(_ ranges: Span<PriceRange>) -> Bool {
        guard index.isHotQuiet(orElse: { staysPut($0, ranges) }) else { return false }
        for i in ranges.indices {
            let (supply, borrow) = (
                FactorIndex(ranges[i].reserve, .collateral), FactorIndex(ranges[i].reserve, .debt)
            )
            guard index.isQuiet(on: supply, orElse: { staysPut($0, ranges) }),
                index.isQuiet(on: borrow, orElse: { staysPut($0, ranges) })
            else { return false }
        }
        return true
    }

    /// By the venue's own filter. The prices of now are within the ranges, so that it is the present side.
    private func staysPut(_ account: AccountIndex, _ ranges: Span<PriceRange>) -> Bool {
        guard let market = holdings.market(of: account), let rules = rules(of: market) else { return false }
        let legs = holdings.legs(of: account)
        let side = holdings.factors.withSpan(legs) { factors in
            holdings.amounts.withSpan(legs) { amounts in
                rules.isLiquidatable(
                    throughout: ranges, factors: factors, amounts: amounts, traits: holdings.traits(of: account),
                    in: reserves)
            }
        }
        return side != nil
    }
}
