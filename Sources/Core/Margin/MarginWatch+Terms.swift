public import Domain

/// What instruments and markets are: each change weighs anew whoever it concerns, and nobody when it changes nothing.
extension MarginWatch {
    /// Says what an instrument is. It must be defined.
    public mutating func set(_ reserve: ReserveIndex, terms: Terms) {
        guard reserves.terms(of: reserve) != terms else { return }
        reserves.set(reserve, terms: terms)
        anchor(reserve, everybody: true)
    }

    public mutating func set(_ reserve: ReserveIndex, _ parameter: MarginParameter, to value: Int128) {
        guard reserves.parameter(parameter, of: reserve) != value else { return }
        reserves.set(reserve, parameter, to: value)
        anchor(reserve, everybody: true)
        followMark(of: reserve)
    }

    /// Returns whether the bracket is next in order; otherwise nothing changes.
    public mutating func set(_ reserve: ReserveIndex, tier: MarginTier, at position: Int) -> Bool {
        let before = reserves.tiers(of: reserve)
        if position < before.count, before[position] == tier { return true }
        guard reserves.set(reserve, tier: tier, at: position) else { return false }
        anchor(reserve, everybody: true)
        return true
    }

    /// Defines an efficiency mode, or replaces its terms; its members stay.
    public mutating func set(_ terms: EfficiencyTerms, in market: MarketIndex) {
        let known = reserves.conditions(of: market)?.category(terms.category)
        guard known?.terms != terms else { return }
        replace(EfficiencyMode(terms, members: known?.members ?? []), in: market)
    }

    /// Adds an asset to an efficiency mode or takes it out. Returns whether the mode is known.
    public mutating func set(
        _ reserve: ReserveIndex, isMember: Bool, ofCategory category: UInt8, in market: MarketIndex
    ) -> Bool {
        guard var mode = reserves.conditions(of: market)?.category(category) else { return false }
        guard mode.members.contains(reserve) != isMember else { return true }
        if isMember { mode.members.insert(reserve) } else { mode.members.remove(reserve) }
        replace(mode, in: market)
        return true
    }

    private mutating func replace(_ mode: EfficiencyMode, in market: MarketIndex) {
        reserves.update(market) { conditions in
            conditions.categories.removeAll { $0.terms.category == mode.terms.category }
            conditions.categories.append(mode)
        }
        for a in 0..<holdings.accountCount {
            let account = AccountIndex(a)
            if holdings.market(of: account) == market, holdings.traits(of: account).category == mode.terms.category {
                reweigh(account)
            }
        }
        renewStale()
    }
}
