public import Domain
public import Units

/// A running auction at a moment, to be bought from: the stable coin against the collateral.
///
/// The window ends with `tail`; the price of the exchange is that of the moment the offer was made for.
public struct ClipOffer: Offer {
    public let pays: ReserveIndex
    public let receives: ReserveIndex
    public let payable: ClosedRange<TokenAmount>
    public let window: OfferWindow
    public let auction: ClipAuction
    /// 27 decimals.
    public let price: UInt256
    private let moment: Moment

    public var mechanism: Mechanism { .dutchAuction }

    /// `nil` when the auction is over, must be restarted, or asks more than 128 bits hold.
    public init?(_ auction: ClipAuction, pays: ReserveIndex, receives: ReserveIndex, at moment: Moment) {
        guard let status = auction.status(at: moment), !status.needsReset, !status.price.isZero, !auction.tab.isZero,
            let worth = auction.lot.multiplied(by: status.price), !worth.isZero,
            let most = Self.coins(min(worth, auction.tab))
        else { return nil }
        // With no more than the floor to raise, only all of it (or of the lot) is sold.
        payable = (auction.tab > auction.chost ? 1 : most)...most
        (self.pays, self.receives, self.auction, self.moment) = (pays, receives, auction, moment)
        price = status.price
        let last = auction.started.nanoseconds + Int64(clamping: auction.tail) * 1_000_000_000
        window = OfferWindow(opens: moment, closes: Moment(nanoseconds: max(last, moment.nanoseconds)))
    }

    /// As much of the collateral as so many coins buy: never more is owed than was asked.
    public func exchange(paying amount: TokenAmount) -> Result<Exchange, LiquidationRevert> {
        guard amount > 0 else { return .failure(.amountIsZero) }
        guard let budget = UInt256(amount).multiplied(by: AuctionCurve.ray) else {
            return .failure(.arithmeticOverflow)
        }
        // All of the tab buys a slice that is rounded down only after it was owed: ask for one unit more.
        let slice = budget >= auction.tab ? auction.lot : budget.dividedRoundingDown(by: price)
        return auction.taking(slice, at: moment).flatMap { taking in
            guard let paid = Self.coins(taking.owe), let received = taking.slice.asUInt128
            else { return .failure(.arithmeticOverflow) }
            guard paid <= amount, received > 0 else { return .failure(.noPartialPurchase) }
            return .success(Exchange(paid: paid, received: received))
        }
    }

    /// From 45 to 18 decimals, rounded up: the contract takes from a balance of 45.
    private static func coins(_ rad: UInt256) -> TokenAmount? {
        rad.dividedRoundingUp(by: AuctionCurve.ray).asUInt128
    }
}
