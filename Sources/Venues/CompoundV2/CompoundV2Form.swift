public import Domain
public import Margin
public import Units

/// The linear form of a Compound v2 account. Excess is in the venue's values of 18 decimals.
extension CompoundV2Rules {
    public func reading(of factor: FactorIndex, in reserves: borrowing ReserveTable) -> FactorReading? {
        guard let row = reserves.row(factor.reserve), let price = row.price else { return nil }
        let perPrice: Double
        switch factor.side {
        case .collateral: perPrice = row.supplyIndex.value.approximate / 1e36
        case .debt: perPrice = row.borrowIndex.value.approximate / 1e18
        case .accrual, .entry: return nil
        }
        let share = Double(row.scalePartsPerMillion) / 1e6
        return FactorReading(perPrice: perPrice, scale: price.baseUnits.approximate * perPrice * share)
    }

    public func form(
        factors: Span<FactorIndex>, amounts: Span<TokenAmount>, traits: AccountTraits,
        in reserves: borrowing ReserveTable, into form: inout AccountForm
    ) -> Bool {
        var owes = false
        for leg in factors.indices {
            let side = factors[leg].side
            guard side == .collateral || side == .debt else { continue }
            guard let market = CompoundV2Market(factors[leg].reserve, reserves) else { return false }
            let highest = Self.priceRange * market.price.approximate / 1e18
            let amount = amounts[leg].approximate
            if side == .collateral {
                guard let factor = market.collateralFactor else { return false }
                form.add(factors[leg], weight: amount * factor.value.approximate / 1e18)
                // The factor of one cToken loses less than a price and a unit, the product less than a unit more.
                form.allowance += (highest + 1) * amount / 1e18 + 1
            } else if amounts[leg] > 0 {
                guard let index = Self.interestIndex(of: factors[leg].reserve, factors, amounts), index > 0
                else { return false }
                form.add(factors[leg], weight: -amount / index.approximate)
                // The balance loses less than a token unit, its value less than a unit more.
                form.allowance += highest + 1
                owes = true
            }
        }
        return owes
    }

    /// How far above its present value a price may go before the account is weighed anew: the watch anchors its scales
    /// within a factor of four of the price, either way.
    private static let priceRange = 16.0
}
