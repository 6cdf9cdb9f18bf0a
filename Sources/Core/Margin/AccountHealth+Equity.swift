public import Units

extension AccountHealth {
    /// A margin account: what it is worth against what it must keep. An equity below zero shows as nothing.
    public init(equity: Int256, requirement: UInt256, isLiquidatable: Bool) {
        self.init(
            collateral: equity.asUInt256 ?? .zero, debt: requirement, isLiquidatable: isLiquidatable)
    }
}

extension Int256 {
    /// The nearest double but for roundings, for the filter only: never for an amount.
    public var approximate: Double { isNegative ? -magnitude.approximate : magnitude.approximate }
}

extension Int128 {
    /// The nearest double but for roundings, for the filter only: never for an amount.
    public var approximate: Double { self < 0 ? -magnitude.approximate : magnitude.approximate }
}
