public import Domain
public import Margin
public import Units

/// The linear form of an Aave account. Excess is in base units times 10 000: Σ collateral value · threshold − 10 000 · debt value.
extension AaveRules {
    public func reading(of factor: FactorIndex, in reserves: borrowing ReserveTable) -> FactorReading? {
        guard let price = reserves.price(of: factor.reserve), let unit = reserves.unit(of: factor.reserve),
            let scale = reserves.scale(of: factor.reserve)
        else { return nil }
        let index: Ray
        switch factor.side {
        case .collateral: index = reserves.supplyIndex(of: factor.reserve)
        case .debt: index = reserves.borrowIndex(of: factor.reserve)
        case .accrual, .entry: return nil
        }
        let perPrice = index.value.approximate / 1e27 / unit.approximate
        let share = Double(scale) / 1e6
        return FactorReading(perPrice: perPrice, scale: price.baseUnits.approximate * perPrice * share)
    }

    public func form(
        factors: Span<FactorIndex>, amounts: Span<TokenAmount>, traits: AccountTraits,
        in reserves: borrowing ReserveTable, into form: inout AccountForm
    ) -> Bool {
        var mode: EfficiencyMode?
        if traits.category != 0, !factors.isEmpty, let first = reserves.row(factors[0].reserve) {
            mode = self.mode(traits, of: first.market, reserves)
        }
        var owes = false
        var collaterals = 0
        var leastThreshold = Double.infinity
        form.allowance = 2 * Self.valueRounding
        for leg in factors.indices {
            let reserve = factors[leg].reserve
            guard let unit = reserves.unit(of: reserve) else { return false }
            let terms = terms(of: reserve, mode, reserves)
            guard let price = terms.price else { return false }
            let amount = amounts[leg].approximate
            switch factors[leg].side {
            case .debt:
                form.add(factors[leg], weight: -10_000 * amount)
                owes = owes || amounts[leg] > 0
            case .collateral:
                let threshold = terms.isCounted ? Double(terms.threshold.count) : 0
                form.add(factors[leg], weight: threshold * amount)
                // From 3.6 a threshold of zero counts, with nothing: that costs no more than a rounding.
                guard threshold > 0, amount > 0 else { continue }
                collaterals += 1
                leastThreshold = min(leastThreshold, threshold)
            case .accrual, .entry: continue
            }
            let isCollateral = factors[leg].side == .collateral
            let index = isCollateral ? reserves.supplyIndex(of: reserve) : reserves.borrowIndex(of: reserve)
            let unitValue = price.baseUnits.approximate * (index.value.approximate / 1e27) / unit.approximate
            form.allowance += Self.valueRounding + Self.balanceRounding * unitValue
        }
        if version < .v3_5, collaterals > 1 { truncate(&form, factors, amounts, leastThreshold) }
        if let source = priceSource(of: mode) { followSource(source, &form, reserves) }
        return owes
    }

    /// A category with a price of its own: what its members are worth moves with the source's price and with their own
    /// indices, which is no sum of factors. Nothing is proved of such an account by its form: the exact rules are asked
    /// whenever the source or one of its own reserves moves.
    private func followSource(
        _ source: ReserveIndex, _ form: inout AccountForm, _ reserves: borrowing ReserveTable
    ) {
        let slot = FactorIndex(source, .collateral)
        guard let reading = reading(of: slot, in: reserves), let price = reserves.price(of: source) else { return }
        form.allowance = Self.askAlways
        form.add(slot, weight: 1 / (reading.perPrice * price.baseUnits.approximate))
    }

    /// The average threshold loses up to one basis point of the collateral: the form takes that point off, and the slack
    /// bounds what the venue may leave on.
    private func truncate(
        _ form: inout AccountForm, _ factors: Span<FactorIndex>, _ amounts: Span<TokenAmount>, _ leastThreshold: Double
    ) {
        var position = 0
        for leg in factors.indices where position < form.factors.count && form.factors[position] == factors[leg] {
            if form.slopes[position] > 0 { form.addToWeight(at: position, -amounts[leg].approximate) }
            position += 1
        }
        form.slack = 1.01 / max(leastThreshold - 1, 1)
    }

    /// One base unit, in excess units: what flooring one value may take.
    private static let valueRounding = 10_000.0
    /// One token unit, in excess units per unit of factor, sixteen times over: the allowance is computed once, and the watch
    /// lets a price go to four times where it was anchored, from a fourth of it.
    private static let balanceRounding = 160_000.0
    /// More than any account is worth, so that nothing is proved without the exact rules.
    private static let askAlways = 1e36
}
