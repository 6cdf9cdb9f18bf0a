public import Domain
import Margin
public import Mechanisms
public import Units

/// From 3.3 on a call may not leave a small debt beside a small collateral (`MustNotLeaveDust`).
extension AaveRules {
    /// `MIN_LEFTOVER_BASE`, in base units of 8 decimals.
    static let leftoverMin = UInt256(1_000_00000000 as UInt128)

    /// Whether both legs survive the call and one of them is left below the minimum.
    func leavesDust(_ seizure: Seizure, _ legs: PairLegs) -> Bool {
        guard version >= .v3_3, seizure.repay < legs.debt, seizure.gross < legs.collateral else { return false }
        let (debtShort, collateralShort) = shortfalls(seizure, legs)
        return !debtShort.isZero || !collateralShort.isZero
    }

    /// By how much, in base units, what would be left of each leg misses the minimum.
    private func shortfalls(_ seizure: Seizure, _ legs: PairLegs) -> (debt: UInt256, collateral: UInt256) {
        let debtLeft = debtValue(legs.debt - seizure.repay, legs.debtPrice, unit: legs.debtUnit) ?? .max
        let collateralLeft =
            collateralValue(legs.collateral - seizure.gross, legs.collateralPrice, unit: legs.collateralUnit) ?? .max
        return (
            Self.leftoverMin.subtracting(debtLeft) ?? .zero, Self.leftoverMin.subtracting(collateralLeft) ?? .zero
        )
    }

    public func repayAvoidingDust(of subject: LiquidationSubject, in reserves: borrowing ReserveTable) -> TokenAmount {
        largest(of: subject, in: reserves)?.limit ?? 0
    }

    public func largestLiquidation(
        of subject: LiquidationSubject, in reserves: borrowing ReserveTable
    ) -> LargestLiquidation? {
        guard subject.scaledCollateral > 0, subject.scaledDebt > 0,
            let (limit, seizure) = largest(of: subject, in: reserves),
            version >= .v3_6 || reserves.liquidationThreshold(of: subject.pair.collateral) != .zero,
            let repay = seizure.repay.asUInt128, let seize = seizure.seize.asUInt128, repay > 0
        else { return nil }
        return LargestLiquidation(limit: limit, repay: repay, seize: seize)
    }

    private func largest(
        of subject: LiquidationSubject, in reserves: borrowing ReserveTable
    ) -> (limit: TokenAmount, seizure: Seizure)? {
        guard subject.health.isLiquidatable, let legs = PairLegs(subject, self, reserves),
            let most = maximumRepay(subject, legs), most.asUInt128.map({ $0 > 0 }) == true,
            let (repay, seizure) = reduced(most, legs), let limit = repay.asUInt128
        else { return nil }
        return (limit, seizure)
    }

    /// Lowers the repayment by the larger shortfall until nothing is left below the minimum. Each round at least takes the
    /// shortfall off; the bonus makes a second and third round necessary when the collateral binds.
    private func reduced(_ most: UInt256, _ legs: PairLegs) -> (repay: UInt256, seizure: Seizure)? {
        var repay = most
        for _ in 0..<Self.dustRoundsMax {
            guard let seizure = seizure(repaying: repay, legs) else { return nil }
            guard leavesDust(seizure, legs) else { return (repay, seizure) }
            let short = shortfalls(seizure, legs)
            let value = max(short.debt, short.collateral)
            guard
                let less = AaveMath.quotient(
                    value, UInt256(legs.debtUnit), over: UInt256(legs.debtPrice.baseUnits), .up),
                let lower = seizure.repay.subtracting(less + 1), !lower.isZero
            else { return nil }
            repay = lower
        }
        return nil
    }

    private static let dustRoundsMax = 8
}
