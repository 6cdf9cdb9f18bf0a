public import Domain
public import Margin
public import Units

/// Euler v2 vaults (`LiquidityUtils.checkNoViolation` with liquidation LTVs and mid prices).
///
/// | what | where it stands |
/// |---|---|
/// | collateral shares | a leg on the collateral side; its instrument's price is the router's quote of one whole share in the unit of account |
/// | the account's `Owed` | a leg on the debt side, with its 31 bits of fraction |
/// | the interest accumulator it was last settled at | the same instrument's leg on the accrual side |
/// | the vault's interest accumulator | the debt instrument's borrow index |
/// | `liquidationLTV` | the collateral's liquidation threshold, with the ramp that its lending terms may have |
/// | the time of the last block | the market's clock |
///
/// A debt in the unit of account itself has a price of 10^decimals. An account is healthy when its weighted collateral
/// is worth strictly more than the debt, or the debt is worth nothing: equality can be liquidated.
public struct EulerRules: MarginRules {
    public static let name = "euler-2"
    /// `CONFIG_SCALE`.
    static let configScale = UInt256(10_000)
    /// `INTERNAL_DEBT_PRECISION_SHIFT`: what a whole token unit is in `Owed`.
    static let owedUnit = UInt256(1 << 31)

    public init() {}

    public func health(
        factors: Span<FactorIndex>, amounts: Span<TokenAmount>, traits: AccountTraits,
        in reserves: borrowing ReserveTable
    ) -> AccountHealth? {
        var collateral = UInt256.zero
        var liability = UInt256.zero
        for leg in factors.indices where amounts[leg] > 0 {
            let reserve = factors[leg].reserve
            switch factors[leg].side {
            case .collateral:
                guard let value = collateralValue(of: amounts[leg], reserve, reserves),
                    let sum = collateral.adding(value)
                else { return nil }
                collateral = sum
            case .debt:
                let settled = Self.accumulator(of: reserve, factors, amounts)
                guard let value = liabilityValue(of: amounts[leg], since: settled, reserve, reserves)
                else { return nil }
                liability = value
            case .accrual, .entry: continue
            }
        }
        return AccountHealth(
            collateral: collateral, debt: liability, isLiquidatable: !liability.isZero && collateral <= liability)
    }

    /// `getQuote(balance) · LTV / 10^4`; an LTV of zero asks no oracle.
    private func collateralValue(
        of balance: TokenAmount, _ vault: ReserveIndex, _ reserves: borrowing ReserveTable
    ) -> UInt256? {
        guard let row = reserves.row(vault), let threshold = EulerThreshold(vault, reserves) else { return nil }
        let points = threshold.points(at: Self.clock(of: row.market, reserves))
        guard points > 0 else { return .zero }
        return Self.quote(UInt256(balance), row)?.multiplied(by: UInt256(points))?
            .dividedRoundingDown(by: Self.configScale)
    }

    /// The debt, rounded up to whole token units, in the unit of account.
    private func liabilityValue(
        of owed: TokenAmount, since accumulator: TokenAmount?, _ vault: ReserveIndex, _ reserves: borrowing ReserveTable
    ) -> UInt256? {
        guard let row = reserves.row(vault), let debt = Self.debt(owed, since: accumulator, row) else { return nil }
        return Self.quote(debt, row)
    }

    /// The debt now, rounded up to whole token units.
    private static func debt(_ owed: TokenAmount, since accumulator: TokenAmount?, _ row: Reserve) -> UInt256? {
        guard let accumulator, accumulator > 0 else { return nil }
        return UInt256(owed).multiplied(
            by: UInt256(row.borrowIndex.value), dividedRoundingDownBy: UInt256(accumulator))?
            .dividedRoundingUp(by: owedUnit)
    }

    /// The debt of an account, rounded up to whole token units.
    static func owed(
        _ owed: TokenAmount, _ vault: ReserveIndex, _ factors: Span<FactorIndex>, _ amounts: Span<TokenAmount>,
        _ reserves: borrowing ReserveTable
    ) -> UInt256? {
        reserves.row(vault).flatMap { debt(owed, since: accumulator(of: vault, factors, amounts), $0) }
    }

    /// The mid price's quote, rounded down; the product at full width (`ScaleUtils.calcOutAmount`).
    static func quote(_ amount: UInt256, _ row: Reserve) -> UInt256? {
        row.price.flatMap {
            amount.multiplied(by: UInt256($0.baseUnits), dividedRoundingDownBy: UInt256(row.unit))
        }
    }

    /// The accumulator at which the debt was last settled; `nil` when it was not told.
    static func accumulator(
        of vault: ReserveIndex, _ factors: Span<FactorIndex>, _ amounts: Span<TokenAmount>
    ) -> TokenAmount? {
        let slot = FactorIndex(vault, .accrual)
        for leg in factors.indices where factors[leg] == slot { return amounts[leg] }
        return nil
    }

    /// Seconds since 1970, as blocks count.
    static func clock(of market: MarketIndex, _ reserves: borrowing ReserveTable) -> Int64 {
        (reserves.conditions(of: market)?.clock ?? .start).seconds
    }
}

extension Moment {
    /// Whole seconds since 1970, as the EVM counts.
    var seconds: Int64 { nanoseconds / 1_000_000_000 }
}
