public import Domain
public import Margin
public import Units

/// Maker vaults (`Dog.bark`): unsafe when `ink · spot < art · rate`, both products whole.
///
/// | what | where it stands |
/// |---|---|
/// | `ink`, `art` | the ilk's legs on the collateral side and on the debt side, 18 decimals |
/// | `spot` | the ilk's price, 27 decimals: the liquidation ratio is in it already |
/// | `rate` | the ilk's borrow index, 27 decimals |
///
/// An ilk whose `spot` is zero cannot be barked at: it has no price here, and is not judged.
public struct MakerRules: MarginRules {
    public static let name = "maker"

    public init() {}

    public func health(
        factors: Span<FactorIndex>, amounts: Span<TokenAmount>, traits: AccountTraits,
        in reserves: borrowing ReserveTable
    ) -> AccountHealth? {
        var collateral = UInt256.zero
        var debt = UInt256.zero
        for leg in factors.indices {
            guard let ilk = reserves.row(factors[leg].reserve), let spot = ilk.price else { return nil }
            let amount = UInt256(amounts[leg])
            switch factors[leg].side {
            case .collateral:
                guard let value = amount.multiplied(by: UInt256(spot.baseUnits)) else { return nil }
                collateral = value
            case .debt:
                guard let value = amount.multiplied(by: UInt256(ilk.borrowIndex.value)) else { return nil }
                debt = value
            case .accrual, .entry: continue
            }
        }
        return AccountHealth(collateral: collateral, debt: debt, isLiquidatable: collateral < debt)
    }
}
