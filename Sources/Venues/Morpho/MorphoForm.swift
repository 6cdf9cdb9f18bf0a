public import Domain
public import Margin
public import Units

/// The linear form of a Morpho position. Excess is in the loan asset's smallest units.
extension MorphoRules {
    /// The debt's factor is assets for one share: interest moves it, no price does. The sides that nothing stands on have
    /// a reading too, so that the watch knows the instrument to be ready.
    public func reading(of factor: FactorIndex, in reserves: borrowing ReserveTable) -> FactorReading? {
        guard let row = reserves.row(factor.reserve), factor.side == .collateral || factor.side == .debt
        else { return nil }
        let share = Double(row.scalePartsPerMillion) / 1e6
        if let totals = reserves.state(of: factor.reserve)?.totals {
            let value = (totals.assets.approximate + 1) / (totals.shares.approximate + 1e6)
            return FactorReading(fixed: factor.side == .debt ? value : 0, scale: value * share)
        }
        guard let price = row.price else { return nil }
        let perPrice = 1e-36
        return FactorReading(perPrice: perPrice, scale: price.baseUnits.approximate * perPrice * share)
    }

    public func form(
        factors: Span<FactorIndex>, amounts: Span<TokenAmount>, traits: AccountTraits,
        in reserves: borrowing ReserveTable, into form: inout AccountForm
    ) -> Bool {
        var owes = false
        // One unit for the shares rounded up, one for each of the two floors of the collateral's worth.
        form.allowance = 3
        for leg in factors.indices where amounts[leg] > 0 {
            let reserve = factors[leg].reserve
            switch factors[leg].side {
            case .collateral:
                guard reserves.price(of: reserve) != nil, case .lending(let terms) = reserves.terms(of: reserve)
                else { return false }
                let lltv = terms.collateralFactor.value.approximate / 1e18
                form.add(factors[leg], weight: amounts[leg].approximate * lltv)
            case .debt:
                guard reserves.state(of: reserve)?.totals != nil else { return false }
                form.add(factors[leg], weight: -amounts[leg].approximate)
                owes = true
            case .accrual, .entry: continue
            }
        }
        return owes
    }
}
