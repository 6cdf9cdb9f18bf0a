public import Domain
public import Margin
public import Units

/// The linear form of a vault: exact but for the doubles. Excess is in 18 decimals of the stable coin.
extension MakerRules {
    /// Both in 27 decimals; no price moves the debt.
    public func reading(of factor: FactorIndex, in reserves: borrowing ReserveTable) -> FactorReading? {
        guard let ilk = reserves.row(factor.reserve), let spot = ilk.price else { return nil }
        switch factor.side {
        case .collateral:
            let share = Double(ilk.scalePartsPerMillion) / 1e6
            return FactorReading(perPrice: 1e-27, scale: spot.baseUnits.approximate * 1e-27 * share)
        case .debt:
            let rate = ilk.borrowIndex.value.approximate / 1e27
            return FactorReading(fixed: rate, scale: max(rate, 1) * Self.rateMove)
        case .accrual, .entry: return nil
        }
    }

    public func form(
        factors: Span<FactorIndex>, amounts: Span<TokenAmount>, traits: AccountTraits,
        in reserves: borrowing ReserveTable, into form: inout AccountForm
    ) -> Bool {
        var owes = false
        for leg in factors.indices where amounts[leg] > 0 {
            guard reserves.price(of: factors[leg].reserve) != nil else { return false }
            switch factors[leg].side {
            case .collateral: form.add(factors[leg], weight: amounts[leg].approximate)
            case .debt:
                form.add(factors[leg], weight: -amounts[leg].approximate)
                owes = true
            case .accrual, .entry: continue
            }
        }
        return owes
    }

    /// About what a stability fee of a few per cent a year adds to `rate` in a day: finer, and every drip would have all
    /// vaults looked at.
    private static let rateMove = 1e-4
}
