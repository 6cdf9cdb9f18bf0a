public import Domain
import Margin
public import Mechanisms
public import Units

/// One `liquidationCall`: its checks in the contract's order, then its amounts to the unit.
extension AaveRules {
    public func liquidation(
        repaying repay: TokenAmount, of subject: LiquidationSubject, in reserves: borrowing ReserveTable
    ) -> Result<LiquidationAmounts, LiquidationRevert> {
        guard subject.health.isLiquidatable else { return .failure(.healthFactorNotBelowThreshold) }
        guard reserves.price(of: subject.pair.collateral) != nil, reserves.price(of: subject.pair.debt) != nil else {
            return .failure(.priceMissing)
        }
        let threshold = reserves.liquidationThreshold(of: subject.pair.collateral)
        guard subject.scaledCollateral > 0, version >= .v3_6 || threshold != .zero else {
            return .failure(.collateralCannotBeLiquidated)
        }
        guard subject.scaledDebt > 0 else { return .failure(.specifiedCurrencyNotBorrowedByUser) }
        guard repay > 0 else { return .failure(.amountIsZero) }
        guard let legs = PairLegs(subject, self, reserves), let most = maximumRepay(subject, legs),
            let seizure = seizure(repaying: min(UInt256(repay), most), legs)
        else { return .failure(.arithmeticOverflow) }
        guard !leavesDust(seizure, legs) else { return .failure(.mustNotLeaveDust) }
        guard !seizure.repay.isZero else { return .failure(.amountIsZero) }
        return amounts(seizure, subject, legs)
    }

    /// What the borrower's scaled balances become. Closing a leg entirely burns all of it, whatever the rounding says.
    private func amounts(
        _ seizure: Seizure, _ subject: LiquidationSubject, _ legs: PairLegs
    ) -> Result<LiquidationAmounts, LiquidationRevert> {
        guard let burnedDebt = scaledDebt(of: seizure.repay, legs.borrowIndex),
            let burnedSeize = scaledCollateral(of: seizure.seize, legs.supplyIndex),
            let burnedFee = scaledCollateral(of: seizure.fee, legs.supplyIndex),
            let repay = seizure.repay.asUInt128, let seize = seizure.seize.asUInt128, let fee = seizure.fee.asUInt128
        else { return .failure(.arithmeticOverflow) }
        let debtLeft = UInt256(subject.scaledDebt).subtracting(burnedDebt) ?? .zero
        let collateralLeft = UInt256(subject.scaledCollateral).subtracting(burnedSeize + burnedFee) ?? .zero
        let closesDebt = seizure.repay == legs.debt
        let closesCollateral = seizure.gross == legs.collateral
        return .success(
            LiquidationAmounts(
                repay: repay, seize: seize, protocolFee: fee, scaledDebtAfter: closesDebt ? 0 : debtLeft.low,
                scaledCollateralAfter: closesCollateral ? 0 : collateralLeft.low))
    }
}
