public import Domain
public import Margin
public import Units

/// The linear form of a position: what is left less what must be left, in dollars of 30 decimals. All three conditions
/// compare with numbers that do not move, so together they are the largest of them.
extension GMXRules {
    /// Beside what all perpetuals have: the debt side is the most that a unit is worth.
    public func reading(of factor: FactorIndex, in reserves: borrowing ReserveTable) -> FactorReading? {
        guard let row = reserves.row(factor.reserve), let price = row.price,
            let state = reserves.state(of: factor.reserve)
        else { return nil }
        let share = Double(row.scalePartsPerMillion) / 1e6
        switch factor.side {
        case .collateral: return FactorReading(perPrice: 1, scale: price.baseUnits.approximate * share)
        case .debt:
            guard let most = state.quotes.oracle?.baseUnits.approximate, most > 0 else { return nil }
            return FactorReading(fixed: most, scale: most * share)
        case .accrual:
            let funding = state.cumulativeFunding.approximate
            return FactorReading(fixed: funding, scale: max(Self.decimal * share * Self.feeShare, abs(funding) * 1e-6))
        case .entry: return nil
        }
    }

    public func form(
        factors: Span<FactorIndex>, amounts: Span<TokenAmount>, traits: AccountTraits,
        in reserves: borrowing ReserveTable, into form: inout AccountForm
    ) -> Bool {
        guard let account = GMXAccount(factors, amounts, reserves), let held = account.position else { return false }
        let (position, size) = (held.position, held.position.entry.approximate)
        form.add(position.mark, weight: position.size.approximate)
        form.addFunding(position.funding, weight: -size / Self.decimal, since: position.settledFunding.approximate)
        form.constant -= (position.isLong ? size : -size) + held.required.approximate
        form.constant -= size * held.terms.closingFee.approximate / Self.decimal
        for leg in factors.indices {
            guard case .collateral = PerpetualHolding(at: leg, factors, amounts, in: reserves) else { continue }
            form.add(factors[leg], weight: amounts[leg].approximate)
        }
        // Two fees are cut to whole tokens, at the highest price until the account is weighed anew.
        form.allowance = 4 + 2 * (account.collateralPrice?.approximate ?? 0) * PerpetualReading.priceRange
        return true
    }

    private static let decimal = 1e30
    /// A typical move of the cost of a size, as a share of the price's.
    private static let feeShare = 0.01
}
