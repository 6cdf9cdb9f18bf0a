public import Domain
public import Margin
public import Units

/// Compound v3 (`Comet.isLiquidatable`): one base asset that is borrowed, collaterals that do not earn, stored indices.
///
/// | what | where it stands |
/// |---|---|
/// | the base asset | the market's cash asset |
/// | principal below zero, above zero | the base's leg on the debt side, on the collateral side |
/// | collateral balances | legs on the collateral side; instruments in the order of the venue's asset list |
/// | `baseBorrowIndex` | the base's borrow index, 15 decimals |
/// | `liquidateCollateralFactor` | the instrument's lending terms |
///
/// An account that supplies the base is never liquidatable. Prices are read one by one and only while the account is not
/// yet found solvent: a missing price behind that point does no harm.
public struct CompoundV3Rules: MarginRules {
    public static let name = "compound-3"
    /// `FACTOR_SCALE`.
    static let factorScale = UInt256(1_000_000_000_000_000_000 as UInt128)
    /// `BASE_INDEX_SCALE`.
    static let indexScale = UInt256(1_000_000_000_000_000 as UInt128)

    public init() {}

    public func health(
        factors: Span<FactorIndex>, amounts: Span<TokenAmount>, traits: AccountTraits,
        in reserves: borrowing ReserveTable
    ) -> AccountHealth? {
        guard !factors.isEmpty else { return .debtless(collateral: .zero) }
        guard let base = Self.base(of: factors[0].reserve, reserves) else { return nil }
        guard let principal = Self.borrowed(base, factors, amounts) else { return .debtless(collateral: .zero) }
        guard let debt = debtValue(of: principal, base, reserves) else { return nil }
        var collateral = UInt256.zero
        var last: ReserveIndex?
        while let leg = Self.nextCollateral(after: last, but: base, factors) {
            last = factors[leg].reserve
            let isSolvent = collateral >= debt
            let value = collateralValue(of: amounts[leg], factors[leg].reserve, reserves)
            // The contract has stopped reading by now: what cannot be read counts for nothing.
            if value == nil, isSolvent { continue }
            guard let value, let sum = collateral.adding(value) else { return nil }
            collateral = sum
        }
        return AccountHealth(collateral: collateral, debt: debt, isLiquidatable: collateral < debt)
    }

    /// `presentValue` and `signedMulPrice` of a principal below zero: both truncate toward zero.
    private func debtValue(
        of principal: TokenAmount, _ base: ReserveIndex, _ reserves: borrowing ReserveTable
    ) -> UInt256? {
        guard let row = reserves.row(base), let price = row.price else { return nil }
        return UInt256(principal).multiplied(by: UInt256(row.borrowIndex.value))?
            .dividedRoundingDown(by: Self.indexScale)
            .multiplied(by: UInt256(price.baseUnits))?
            .dividedRoundingDown(by: UInt256(row.unit))
    }

    /// `mulFactor(mulPrice(balance, price, scale), liquidateCollateralFactor)`.
    private func collateralValue(
        of balance: TokenAmount, _ asset: ReserveIndex, _ reserves: borrowing ReserveTable
    ) -> UInt256? {
        guard let row = reserves.row(asset), let price = row.price,
            case .lending(let terms) = reserves.terms(of: asset)
        else { return nil }
        return UInt256(balance).multiplied(by: UInt256(price.baseUnits))?
            .dividedRoundingDown(by: UInt256(row.unit))
            .multiplied(by: UInt256(terms.collateralFactor.value))?
            .dividedRoundingDown(by: Self.factorScale)
    }
}

extension CompoundV3Rules {
    static func base(of reserve: ReserveIndex, _ reserves: borrowing ReserveTable) -> ReserveIndex? {
        reserves.row(reserve).flatMap { reserves.conditions(of: $0.market)?.cash }
    }

    /// The size of a principal below zero; `nil` when the account owes nothing.
    static func borrowed(
        _ base: ReserveIndex, _ factors: Span<FactorIndex>, _ amounts: Span<TokenAmount>
    ) -> TokenAmount? {
        let slot = FactorIndex(base, .debt)
        for leg in factors.indices where factors[leg] == slot && amounts[leg] > 0 { return amounts[leg] }
        return nil
    }

    /// The collateral leg that comes next in the venue's list. An account has at most 24 of them.
    static func nextCollateral(
        after last: ReserveIndex?, but base: ReserveIndex, _ factors: Span<FactorIndex>
    ) -> Int? {
        var found: Int?
        for leg in factors.indices where factors[leg].side == .collateral && factors[leg].reserve != base {
            if let last, factors[leg].reserve <= last { continue }
            if let known = found, factors[known].reserve <= factors[leg].reserve { continue }
            found = leg
        }
        return found
    }
}
