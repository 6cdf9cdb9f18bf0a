package import Domain
package import Units

/// What an account is worth by the venue's own integers, in base units.
package struct AccountHealth: Equatable, Sendable {
    package var collateral: UInt256
    package var debt: UInt256
    /// With 18 decimals; the largest word when there is no debt.
    package var healthFactor: UInt256
    package var isLiquidatable: Bool

    package init(collateral: UInt256, debt: UInt256, healthFactor: UInt256, isLiquidatable: Bool) {
        self.collateral = collateral
        self.debt = debt
        self.healthFactor = healthFactor
        self.isLiquidatable = isLiquidatable
    }

    /// 1.0 with 18 decimals.
    package static let one = UInt256(1_000_000_000_000_000_000 as UInt128)
}

/// How a venue judges an account: exactly, and as the linear form that the index watches.
///
/// Legs come as two spans of the same length, to read in place.
package protocol MarginRules: Sendable {
    /// Judges an account exactly as the venue does, in the venue's integers and rounding.
    ///
    /// `nil` when it cannot be judged: a price is missing, or the venue's arithmetic would overflow and revert.
    func health(
        factors: Span<FactorIndex>, amounts: Span<TokenAmount>, in reserves: borrowing ReserveTable
    ) -> AccountHealth?

    /// The linear form's weight of each leg, and how far the form may be from the exact judgement.
    func linearForm(
        factors: Span<FactorIndex>, amounts: Span<TokenAmount>, in reserves: borrowing ReserveTable,
        weights: inout ContiguousArray<Double>
    ) -> FormAccuracy

    /// The value of a reserve's factor on a side, in base units for one scaled unit. The filter's view.
    func factorValue(of reserve: Reserve, on side: Side) -> Double
}
