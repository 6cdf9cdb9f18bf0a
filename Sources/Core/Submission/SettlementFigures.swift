package import Units

/// What executing an intent moved, as the venue told it.
package struct SettlementFigures: Equatable, Sendable {
    package var repaid: TokenAmount
    package var seized: TokenAmount
    /// The change of the liquidator's cash balance, with its sign.
    package var cash: Cash
    package var gasPaid: Wei
    package var block: BlockNumber

    package init(repaid: TokenAmount, seized: TokenAmount, cash: Cash, gasPaid: Wei, block: BlockNumber) {
        self.repaid = repaid
        self.seized = seized
        self.cash = cash
        self.gasPaid = gasPaid
        self.block = block
    }

    /// An ending that moved nothing.
    package static let nothing = SettlementFigures(
        repaid: 0, seized: 0, cash: .zero, gasPaid: 0, block: BlockNumber(0))
}
