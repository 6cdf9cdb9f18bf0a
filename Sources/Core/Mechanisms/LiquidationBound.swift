/// At most so much debt is repaid, and at most so much collateral seized for a unit of it.
package struct LiquidationBound: Equatable, Sendable {
    package var repay: Double
    package var seizedPerUnit: Double

    package init(repay: Double, seizedPerUnit: Double) {
        self.repay = repay
        self.seizedPerUnit = seizedPerUnit
    }
}
