public import Domain
public import Margin
public import Units

/// On which side an Aave account stands, by prices: the linear form gives a basis point away where the average threshold is cut
/// (`currentLiquidationThreshold`, before 3.5).
extension AaveRules {
    public func sideForm(
        factors: Span<FactorIndex>, amounts: Span<TokenAmount>, traits: AccountTraits,
        in reserves: borrowing ReserveTable, into form: inout SideForm
    ) -> Bool {
        guard traits.category == 0 else { return false }
        form.cutsAverage = version < .v3_5
        for leg in factors.indices {
            let index = factors[leg].reserve
            guard reserves.knows(index) else { return false }
            let reserve = reserves.rough(index)
            guard reserve.price > 0 else { return false }
            switch factors[leg].side {
            case .debt: form.owe(amounts[leg].approximate * reserve.borrowIndex, of: index, reserve)
            case .collateral:
                guard reserve.liquidationThreshold != 0 || version >= .v3_6 else { continue }
                form.hold(amounts[leg].approximate * reserve.supplyIndex, of: index, reserve)
            case .accrual, .entry: continue
            }
        }
        return true
    }
}
