public import Domain
public import Margin
public import Units

/// GMX v2 positions (`PositionUtils.isPositionLiquidatable`). Margin is isolated: an account is one position and its
/// collateral; one with more cannot be judged.
///
/// | what | where it stands |
/// |---|---|
/// | collateral, in its token's smallest units | a leg on the collateral side of an instrument with a collateral weight, which must be one |
/// | `sizeInTokens` | a leg on the market's side collateral (long) or debt (short) |
/// | `sizeInUsd`, 30 decimals | its leg on the entry side |
/// | what one dollar of size has cost so far in borrowing and funding, 30 decimals | its leg on the accrual side; the instrument's cumulative funding |
/// | the least and the most that a smallest unit is worth, 30 decimals | the instrument's price; its quotes' oracle |
/// | position fee; `minCollateralFactorForLiquidation` | `closingFee`; `maintenanceMargin`, 18 decimals |
/// | `MIN_COLLATERAL_USD`, 30 decimals | `minimumCollateral` of the cash asset |
///
/// Longs and collateral count at the least price, shorts at the most. The impact of closing counts as nothing, as it does
/// with the contract's default bound of zero; the pool's bound on profits is not known here.
public struct GMXRules: MarginRules {
    public static let name = "gmx-2"

    public init() {}

    public func health(
        factors: Span<FactorIndex>, amounts: Span<TokenAmount>, traits: AccountTraits,
        in reserves: borrowing ReserveTable
    ) -> AccountHealth? {
        guard let account = GMXAccount(factors, amounts, reserves) else { return nil }
        guard let position = account.position else { return .debtless(collateral: account.collateralValue) }
        return AccountHealth(
            equity: position.remaining, requirement: position.required,
            isLiquidatable: position.reason != nil)
    }
}

/// Why a position can be liquidated, in the order in which the contract asks.
public enum GMXReason: Sendable {
    case belowMinimum, nothingLeft, belowLeverage
}
