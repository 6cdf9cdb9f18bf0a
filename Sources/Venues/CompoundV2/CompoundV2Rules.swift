public import Domain
public import Margin
public import Units

/// Compound v2 and its forks (`Comptroller.getAccountLiquidity`): collateral values weighted by collateral factors against
/// debts, with the stored exchange rates and indices, every step truncated.
///
/// | what | where it stands |
/// |---|---|
/// | cToken balance | a leg's amount, on the collateral side |
/// | borrow principal | a leg's amount, on the debt side |
/// | `interestIndex` of that principal | the same instrument's leg on the accrual side |
/// | stored exchange rate, stored `borrowIndex` | the instrument's indices, in the venue's own scale of 18 decimals |
/// | `getUnderlyingPrice` | the instrument's price, scaled by 10^(36 − decimals) as the venue has it |
/// | `collateralFactorMantissa` | the instrument's lending terms |
///
/// An account can be liquidated when its shortfall is above zero: at equality it cannot.
public struct CompoundV2Rules: MarginRules {
    public static let name = "compound-2"

    public init() {}

    public func health(
        factors: Span<FactorIndex>, amounts: Span<TokenAmount>, traits: AccountTraits,
        in reserves: borrowing ReserveTable
    ) -> AccountHealth? {
        var collateral = UInt256.zero
        var debt = UInt256.zero
        for leg in factors.indices {
            let side = factors[leg].side
            guard side == .collateral || side == .debt else { continue }
            guard let market = CompoundV2Market(factors[leg].reserve, reserves) else { return nil }
            if side == .collateral {
                guard let value = market.collateralValue(of: amounts[leg]), let sum = collateral.adding(value)
                else { return nil }
                collateral = sum
            } else {
                let interestIndex = Self.interestIndex(of: factors[leg].reserve, factors, amounts)
                guard let value = market.debtValue(of: amounts[leg], since: interestIndex), let sum = debt.adding(value)
                else { return nil }
                debt = sum
            }
        }
        return AccountHealth(collateral: collateral, debt: debt, isLiquidatable: debt > collateral)
    }

    /// The borrow index at which the account's principal was last settled; `nil` when it was not told.
    static func interestIndex(
        of reserve: ReserveIndex, _ factors: Span<FactorIndex>, _ amounts: Span<TokenAmount>
    ) -> TokenAmount? {
        let slot = FactorIndex(reserve, .accrual)
        for leg in factors.indices where factors[leg] == slot { return amounts[leg] }
        return nil
    }
}
