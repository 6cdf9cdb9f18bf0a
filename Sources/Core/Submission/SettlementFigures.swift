package import Units

/// What executing an intent moved, as the venue told it.
package struct SettlementFigures: Equatable, Sendable {
    package var repaid: TokenAmount
    package var seized: TokenAmount
    /// The change of the liquidator's cash balance, with its sign.
    package var cash: Cash
    package var gasPaid: Wei
    package var block: BlockNumber
    /// As the receipt says; `nil` where nobody said.
    package var gasUsed: GasUnits?

    package init(
        repaid: TokenAmount, seized: TokenAmount, cash: Cash, gasPaid: Wei, block: BlockNumber,
        gasUsed: GasUnits? = nil
    ) {
        self.repaid = repaid
        self.seized = seized
        self.cash = cash
        self.gasPaid = gasPaid
        self.block = block
        self.gasUsed = gasUsed
    }

    /// An ending that moved nothing.
    package static let nothing = SettlementFigures(
        repaid: 0, seized: 0, cash: .zero, gasPaid: 0, block: BlockNumber(0))
}
