public import Domain
import Margin
public import Mechanisms
import Units

/// The most that a call can do, in doubles: which pairs of an account are worth working out to the unit.
extension AaveRules {
    /// `nil` while a price is missing, and for accounts in an efficiency mode, whose terms are not the reserve's.
    public func liquidationBound(
        of subject: LiquidationSubject, in reserves: borrowing ReserveTable
    ) -> LiquidationBound? {
        guard subject.traits.category == 0, subject.health.isLiquidatable,
            reserves.knows(subject.pair.collateral), reserves.knows(subject.pair.debt)
        else { return nil }
        let (collateral, debt) = (reserves.rough(subject.pair.collateral), reserves.rough(subject.pair.debt))
        guard collateral.price > 0, debt.price > 0 else { return nil }
        // Both legs are rounded: a repayment may bring some units of either more or fewer than it is worth.
        let held = subject.scaledCollateral.approximate * collateral.supplyIndex * Self.above + Self.units
        let owed = subject.scaledDebt.approximate * debt.borrowIndex * Self.above + Self.units
        let gross = debt.price / collateral.price * collateral.liquidationBonus * Self.above
        // The protocol takes its share of the bonus alone.
        let kept = version > .v2 ? 1 - collateral.protocolFee * (1 - 1 / collateral.liquidationBonus) : 1
        let most = min(
            mostRepaid(subject, held * collateral.price, owed, debt.price), held / gross * Self.above + Self.units)
        return LiquidationBound(
            repay: most, seizedPerUnit: gross * kept * Self.above + Self.units * (1 + gross) / most)
    }

    /// By the close factor (`maximumRepay`); where a threshold is near, the larger.
    private func mostRepaid(
        _ subject: LiquidationSubject, _ collateralValue: Double, _ owed: Double, _ price: Double
    ) -> Double {
        let closeFactor = Double(subject.closeFactor.count) / 10_000 * Self.above
        let isHopeless = subject.health.healthFactor <= Self.wholeDebtThreshold
        switch version {
        case .v2: return owed * closeFactor
        case .v3_0: return isHopeless ? owed : owed * closeFactor
        case .v3_3, .v3_5, .v3_6, .v3_7:
            let small = Self.wholeLegThreshold.approximate * Self.above
            guard !isHopeless, collateralValue > small, owed * price > small else { return owed }
            return min(owed, subject.health.debt.approximate * closeFactor / price + Self.units)
        }
    }

    /// Doubles are off by parts in 2^50, and the venue's own roundings are some units.
    private static let above = 1 + 1e-9
    private static let units = 3.0
}
