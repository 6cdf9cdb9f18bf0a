public import Units

extension AccountHealth {
    /// For venues that compare two values and have no health factor of their own: collateral over debt, rounded down.
    public init(collateral: UInt256, debt: UInt256, isLiquidatable: Bool) {
        let factor =
            debt.isZero ? .max : collateral.multiplied(by: Self.one, dividedRoundingDownBy: debt) ?? UInt256.max
        self.init(collateral: collateral, debt: debt, healthFactor: factor, isLiquidatable: isLiquidatable)
    }

    /// An account that owes nothing.
    public static func debtless(collateral: UInt256) -> AccountHealth {
        AccountHealth(collateral: collateral, debt: .zero, healthFactor: .max, isLiquidatable: false)
    }
}
