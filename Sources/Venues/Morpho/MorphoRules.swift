public import Domain
public import Margin
public import Units

/// Morpho Blue (`Morpho._isHealthy`): one collateral, one loan asset, debt in shares of a pool.
///
/// | what | where it stands |
/// |---|---|
/// | collateral | a leg on the collateral side; its instrument's price is the oracle's `price()`, scaled by 10^36 |
/// | borrow shares | a leg on the debt side of the loan asset |
/// | total borrow assets and shares | the loan asset's totals |
/// | `lltv` | the collateral's lending terms |
///
/// An account can be liquidated when what it may borrow is less than what it has borrowed: at equality it cannot. The pool
/// accrues before it judges, so the totals are to be those after accrual.
public struct MorphoRules: MarginRules {
    public static let name = "morpho-blue"

    public init() {}

    public func health(
        factors: Span<FactorIndex>, amounts: Span<TokenAmount>, traits: AccountTraits,
        in reserves: borrowing ReserveTable
    ) -> AccountHealth? {
        var borrowed = UInt256.zero
        var maximum = UInt256.zero
        var collateralLeg: Int?
        for leg in factors.indices where amounts[leg] > 0 {
            switch factors[leg].side {
            case .collateral: collateralLeg = leg
            case .debt:
                guard let totals = reserves.state(of: factors[leg].reserve)?.totals,
                    let assets = MorphoShares(totals).assetsRoundingUp(UInt256(amounts[leg]))
                else { return nil }
                borrowed = assets
            case .accrual, .entry: continue
            }
        }
        guard !borrowed.isZero else { return .debtless(collateral: .zero) }
        if let leg = collateralLeg {
            guard let value = maximumBorrow(amounts[leg], factors[leg].reserve, reserves) else { return nil }
            maximum = value
        }
        return AccountHealth(collateral: maximum, debt: borrowed, isLiquidatable: maximum < borrowed)
    }

    /// ⌊⌊collateral · price / 10^36⌋ · lltv / 10^18⌋.
    private func maximumBorrow(
        _ collateral: TokenAmount, _ asset: ReserveIndex, _ reserves: borrowing ReserveTable
    ) -> UInt256? {
        guard let price = reserves.price(of: asset), case .lending(let terms) = reserves.terms(of: asset)
        else { return nil }
        return MorphoMath.mulDivDown(UInt256(collateral), UInt256(price.baseUnits), MorphoMath.oraclePriceScale)
            .flatMap { MorphoMath.mulDivDown($0, UInt256(terms.collateralFactor.value), MorphoMath.wad) }
    }
}
