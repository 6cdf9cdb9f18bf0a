public import Units

/// What executing an intent moved, as the venue told it.
public struct SettlementFigures: Equatable, Sendable {
    public var repaid: TokenAmount
    public var seized: TokenAmount
    /// The change of the liquidator's cash balance, with its sign.
    public var cash: Cash
    public var gasPaid: Wei
    public var block: BlockNumber
    /// As the receipt says; `nil` where nobody said.
    public var gasUsed: GasUnits?

    public init(
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
    public static let nothing = SettlementFigures(
        repaid: 0, seized: 0, cash: .zero, gasPaid: 0, block: BlockNumber(0))
}
