public import Domain
public import Units

/// A position, or a part of one, to be taken from its owner at a price below (for a long) or above (for a short) the oracle's.
///
/// | position | we pay | we receive |
/// |---|---|---|
/// | long | cash | size: we hold the long then |
/// | short | size: we hold the short then | cash |
///
/// Example: a long of 2 worth 2 000 that may be had for 1 980 accepts 1...1 980 and gives size in proportion, rounded down. For
/// a short the cash in proportion is rounded down: both against the taker.
public struct PositionOffer: Offer {
    public let mechanism: Mechanism
    public let audience: Audience
    public let pays: ReserveIndex
    public let receives: ReserveIndex
    public let window: OfferWindow
    /// Of all that is offered: size, and cash for it, in smallest units.
    public let size: TokenAmount
    public let cash: TokenAmount
    public let isLong: Bool

    /// `nil` when there is nothing to take, or it would cost nothing.
    public init?(
        _ mechanism: Mechanism, audience: Audience = .everyone, instrument: ReserveIndex, cashAsset: ReserveIndex,
        size: TokenAmount, for cash: TokenAmount, isLong: Bool, window: OfferWindow
    ) {
        guard size > 0, cash > 0 else { return nil }
        self.mechanism = mechanism
        self.audience = audience
        (self.size, self.cash, self.isLong, self.window) = (size, cash, isLong, window)
        (pays, receives) = isLong ? (cashAsset, instrument) : (instrument, cashAsset)
    }

    public var payable: ClosedRange<TokenAmount> { 1...(isLong ? cash : size) }

    public func exchange(paying amount: TokenAmount) -> Result<Exchange, LiquidationRevert> {
        guard amount > 0 else { return .failure(.amountIsZero) }
        guard amount <= payable.upperBound else { return .failure(.tooMuchRepay) }
        let (whole, other) = isLong ? (cash, size) : (size, cash)
        guard
            let received = UInt256(amount).multiplied(
                by: UInt256(other), dividedRoundingDownBy: UInt256(whole))?.asUInt128
        else { return .failure(.arithmeticOverflow) }
        return .success(Exchange(paid: amount, received: received))
    }
}
