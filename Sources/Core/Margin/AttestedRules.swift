public import Domain
public import Units

/// Accounts that hide their positions and show, under a signature, where they can be liquidated. The border verified the
/// signature before the level came here.
///
/// One leg: on the side collateral the level at or below which the account falls, on the side debt the level at or above
/// which it does, on the side entry anything but zero for "now". Levels are prices, compared exactly.
public struct AttestedRules: MarginRules {
    public init() {}

    public func health(
        factors: Span<FactorIndex>, amounts: Span<TokenAmount>, traits: AccountTraits,
        in reserves: borrowing ReserveTable
    ) -> AccountHealth? {
        guard factors.count == 1 else { return nil }
        if factors[0].side == .entry { return judged(price: 0, level: 0, amounts[0] != 0) }
        guard let price = reserves.price(of: factors[0].reserve)?.baseUnits else { return nil }
        switch factors[0].side {
        case .collateral: return judged(price: price, level: amounts[0], price <= amounts[0])
        case .debt: return judged(price: amounts[0], level: price, price >= amounts[0])
        case .accrual, .entry: return nil
        }
    }

    private func judged(price: UInt128, level: UInt128, _ isLiquidatable: Bool) -> AccountHealth {
        let factor = UInt256(price).multiplied(by: AccountHealth.one, dividedRoundingDownBy: UInt256(max(level, 1)))
        return AccountHealth(
            collateral: UInt256(price), debt: UInt256(level), healthFactor: factor ?? .max,
            isLiquidatable: isLiquidatable)
    }

    public func form(
        factors: Span<FactorIndex>, amounts: Span<TokenAmount>, traits: AccountTraits,
        in reserves: borrowing ReserveTable, into form: inout AccountForm
    ) -> Bool {
        guard factors.count == 1 else { return false }
        if factors[0].side == .entry { return amounts[0] != 0 }
        guard reserves.price(of: factors[0].reserve) != nil else { return false }
        let level = amounts[0].approximate
        let sign = factors[0].side == .collateral ? 1.0 : -1.0
        form.constant = -sign * level
        form.add(factors[0], weight: sign)
        // A conversion rounds in the 53rd bit; at the level itself only the integers know.
        form.allowance = level * 0x1p-50
        return true
    }

    public func reading(of factor: FactorIndex, in reserves: borrowing ReserveTable) -> FactorReading? {
        guard factor.side == .collateral || factor.side == .debt, let reserve = reserves.row(factor.reserve),
            let price = reserve.price
        else { return nil }
        let share = Double(reserve.scalePartsPerMillion) / 1e6
        return FactorReading(perPrice: 1, scale: price.baseUnits.approximate * share)
    }
}
