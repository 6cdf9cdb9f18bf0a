package import Domain
package import Margin
package import Units

/// The linear form of an Aave account. Excess is in base units times 10 000: Σ collateral value · threshold − 10 000 · debt value.
extension AaveRules {
    package func reading(of factor: FactorIndex, in reserves: borrowing ReserveTable) -> FactorReading? {
        guard let reserve = reserves.row(factor.reserve), let price = reserve.price else { return nil }
        let index: Ray
        switch factor.side {
        case .collateral: index = reserve.supplyIndex
        case .debt: index = reserve.borrowIndex
        case .accrual, .entry: return nil
        }
        let perPrice = index.value.approximate / 1e27 / reserve.unit.approximate
        let share = Double(reserve.scalePartsPerMillion) / 1e6
        return FactorReading(perPrice: perPrice, scale: price.baseUnits.approximate * perPrice * share)
    }

    package func form(
        factors: Span<FactorIndex>, amounts: Span<TokenAmount>, traits: AccountTraits,
        in reserves: borrowing ReserveTable, into form: inout AccountForm
    ) -> Bool {
        var owes = false
        var collaterals = 0
        var leastThreshold = Double.infinity
        form.allowance = 2 * Self.valueRounding
        for leg in factors.indices {
            guard let reserve = reserves.row(factors[leg].reserve), let price = reserve.price else { return false }
            let amount = amounts[leg].approximate
            switch factors[leg].side {
            case .debt:
                form.add(factors[leg], weight: -10_000 * amount)
                owes = owes || amounts[leg] > 0
            case .collateral:
                let threshold = Double(reserve.liquidationThreshold.count)
                form.add(factors[leg], weight: threshold * amount)
                guard threshold > 0, amount > 0 else { continue }
                collaterals += 1
                leastThreshold = min(leastThreshold, threshold)
            case .accrual, .entry: continue
            }
            let index = factors[leg].side == .collateral ? reserve.supplyIndex : reserve.borrowIndex
            let unitValue = price.baseUnits.approximate * (index.value.approximate / 1e27) / reserve.unit.approximate
            form.allowance += Self.valueRounding + Self.balanceRounding * unitValue
        }
        if version < .v3_5, collaterals > 1 { truncate(&form, factors, amounts, leastThreshold) }
        return owes
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
    /// One token unit, in excess units per unit of factor, four times over: the allowance is computed once, and holds while
    /// the factor stays below four times what it was then.
    private static let balanceRounding = 40_000.0
}
