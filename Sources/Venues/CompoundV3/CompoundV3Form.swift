public import Domain
public import Margin
public import Units

/// The linear form of a Compound v3 account. Excess is in the venue's price units (8 decimals).
extension CompoundV3Rules {
    public func reading(of factor: FactorIndex, in reserves: borrowing ReserveTable) -> FactorReading? {
        guard let row = reserves.row(factor.reserve), let price = row.price else { return nil }
        var perPrice = 1 / row.unit.approximate
        switch factor.side {
        case .collateral: break
        case .debt: perPrice *= row.borrowIndex.value.approximate / 1e15
        case .accrual, .entry: return nil
        }
        let share = Double(row.scalePartsPerMillion) / 1e6
        return FactorReading(perPrice: perPrice, scale: price.baseUnits.approximate * perPrice * share)
    }

    /// An account that needs a price which has not come yet is not watched: the exact rules find it solvent without that
    /// price, or cannot judge it.
    public func form(
        factors: Span<FactorIndex>, amounts: Span<TokenAmount>, traits: AccountTraits,
        in reserves: borrowing ReserveTable, into form: inout AccountForm
    ) -> Bool {
        guard !factors.isEmpty, let base = Self.base(of: factors[0].reserve, reserves),
            let principal = Self.borrowed(base, factors, amounts), let row = reserves.row(base), let price = row.price
        else { return false }
        form.add(FactorIndex(base, .debt), weight: -principal.approximate)
        // The present value loses less than a token unit, its value less than a price unit.
        form.allowance = 1 + Self.priceRange * price.baseUnits.approximate / row.unit.approximate
        for leg in factors.indices where factors[leg].side == .collateral && factors[leg].reserve != base {
            guard reserves.price(of: factors[leg].reserve) != nil,
                case .lending(let terms) = reserves.terms(of: factors[leg].reserve)
            else { return false }
            let share = terms.collateralFactor.value.approximate / 1e18
            form.add(factors[leg], weight: amounts[leg].approximate * share)
            form.allowance += 2
        }
        return true
    }

    /// How far above its present value a price may go before the account is weighed anew: the watch anchors its scales
    /// within a factor of four of the price, either way.
    private static let priceRange = 16.0
}
