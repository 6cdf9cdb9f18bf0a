import Units

/// Token balances from scaled ones, and back (`AToken`, `VariableDebtToken`; `TokenMath` from 3.5).
extension AaveRules {
    /// What the account holds of a collateral.
    func collateralBalance(_ scaled: TokenAmount, _ supplyIndex: Ray) -> UInt256? {
        AaveMath.rayMul(UInt256(scaled), supplyIndex, version >= .v3_5 ? .down : .halfUp)
    }

    /// What the account owes.
    func debtBalance(_ scaled: TokenAmount, _ borrowIndex: Ray) -> UInt256? {
        AaveMath.rayMul(UInt256(scaled), borrowIndex, version >= .v3_5 ? .up : .halfUp)
    }

    /// The scaled amount that leaves the borrower when so much collateral does (`AToken.burn`, `transferOnLiquidation`).
    func scaledCollateral(of amount: UInt256, _ supplyIndex: Ray) -> UInt256? {
        AaveMath.rayDiv(amount, supplyIndex, version >= .v3_5 ? .up : .halfUp)
    }

    /// The scaled debt that is burned when so much is repaid (`VariableDebtToken.burn`).
    func scaledDebt(of amount: UInt256, _ borrowIndex: Ray) -> UInt256? {
        AaveMath.rayDiv(amount, borrowIndex, version >= .v3_5 ? .down : .halfUp)
    }

    /// ⌊balance · price / unit⌋: a collateral's value in base units.
    func collateralValue(_ balance: UInt256, _ price: Price, unit: UInt128) -> UInt256? {
        AaveMath.quotient(balance, UInt256(price.baseUnits), over: UInt256(unit), .down)
    }

    /// A debt's value in base units: rounded down before 3.5, up from then on, so that any debt is worth something.
    func debtValue(_ balance: UInt256, _ price: Price, unit: UInt128) -> UInt256? {
        AaveMath.quotient(
            balance, UInt256(price.baseUnits), over: UInt256(unit), version >= .v3_5 ? .up : .down)
    }
}
