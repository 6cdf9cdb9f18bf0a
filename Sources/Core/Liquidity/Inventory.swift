public import Units

/// Keeping the asset instead of selling it, or paying from what is kept: at the oracle's price, with a haircut either way.
///
/// Example: WETH at 2 000 USDC with 100 basis points counts for 1 980 when it is kept and for 2 020 when it is given away.
/// Room and stock bound how much is taken and given.
public struct Inventory: Equatable, Sendable {
    public var assetPrice: Price
    public var assetUnit: UInt128
    public var cashPrice: Price
    public var cashUnit: UInt128
    public var haircut: BasisPoints
    /// How much more of the asset we are willing to hold.
    public var room: TokenAmount
    /// How much of it we hold and may give.
    public var stock: TokenAmount

    public init(
        assetPrice: Price, assetUnit: UInt128, cashPrice: Price, cashUnit: UInt128, haircut: BasisPoints,
        room: TokenAmount, stock: TokenAmount
    ) {
        precondition(haircut < .whole, "Condition: a haircut is below the whole")
        precondition(assetUnit > 0 && cashUnit > 0 && cashPrice.baseUnits > 0, "Condition: units and cash have a worth")
        self.assetPrice = assetPrice
        self.assetUnit = assetUnit
        self.cashPrice = cashPrice
        self.cashUnit = cashUnit
        self.haircut = haircut
        self.room = room
        self.stock = stock
    }

    /// ⌊amount · price · (1 − haircut)⌋ in cash.
    public func proceeds(ofSelling amount: TokenAmount) -> TokenAmount? {
        guard amount <= room, let (cash, asset) = rate(share: 10_000 - haircut.count) else { return nil }
        return UInt256(amount).multiplied(by: cash, dividedRoundingDownBy: asset)?.asUInt128
    }

    /// ⌈amount · price · (1 + haircut)⌉ in cash.
    public func cost(ofBuying amount: TokenAmount) -> TokenAmount? {
        guard amount <= stock, let (cash, asset) = rate(share: 10_000 + haircut.count) else { return nil }
        return UInt256(amount).multiplied(by: cash, dividedRoundingUpBy: asset)?.asUInt128
    }

    /// Cash units for an asset unit, for the filter.
    func approximateRate(_ side: TradeSide) -> Double? {
        rate(share: side == .sale ? 10_000 - haircut.count : 10_000 + haircut.count).map {
            $0.cash.approximate / $0.asset.approximate
        }
    }

    /// Cash units for asset units, as a fraction of two words.
    private func rate(share: UInt32) -> (cash: UInt256, asset: UInt256)? {
        guard
            let cash = (UInt256(assetPrice.baseUnits) * UInt256(cashUnit)).multiplied(by: UInt256(UInt64(share))),
            let asset = (UInt256(cashPrice.baseUnits) * UInt256(assetUnit)).multiplied(by: 10_000)
        else { return nil }
        return (cash, asset)
    }
}
