/// At most so much debt is repaid, and at most so much collateral seized for a unit of it.
public struct LiquidationBound: Equatable, Sendable {
    public var repay: Double
    public var seizedPerUnit: Double

    public init(repay: Double, seizedPerUnit: Double) {
        self.repay = repay
        self.seizedPerUnit = seizedPerUnit
    }
}
