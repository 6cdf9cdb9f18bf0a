public import Domain
public import Units

/// The next bid in an English auction: while bids rise the stable coin for the whole lot, then the whole tab for less of it.
///
/// The exchange happens only if nobody outdoes the bid: `settles` says when. Paying less than the least next bid is refused.
public struct EnglishBid: Offer {
    public let pays: ReserveIndex
    public let receives: ReserveIndex
    public let payable: ClosedRange<TokenAmount>
    public let window: OfferWindow
    public let auction: EnglishAuction
    private let moment: Moment

    public var mechanism: Mechanism { .englishAuction }
    /// When the bid has won unless it was outdone: strictly after.
    public var settles: Moment { min(moment + auction.bidTime, auction.ends) }

    /// `nil` when no bid can be made.
    public init?(_ auction: EnglishAuction, pays: ReserveIndex, receives: ReserveIndex, at moment: Moment) {
        let least = auction.isRising ? auction.nextBid : auction.nextLot.map { _ in auction.tab }
        guard auction.isOpen(at: moment), let least, let first = Self.coins(least), let most = Self.coins(auction.tab)
        else { return nil }
        (self.pays, self.receives, self.auction, self.moment) = (pays, receives, auction, moment)
        payable = first...most
        let last = min(auction.ends, auction.bidEnds ?? auction.ends)
        // Strictly before: the last nanosecond at which it stands.
        window = OfferWindow(opens: moment, closes: Moment(nanoseconds: last.nanoseconds - 1))
    }

    public func exchange(paying amount: TokenAmount) -> Result<Exchange, LiquidationRevert> {
        guard let rad = UInt256(amount).multiplied(by: AuctionCurve.ray) else { return .failure(.arithmeticOverflow) }
        guard amount <= payable.upperBound else { return .failure(.tooMuchRepay) }
        let bid = min(rad, auction.tab)
        let after: Result<EnglishAuction, LiquidationRevert>
        if auction.isRising {
            after = auction.tend(bid: bid, at: moment)
        } else {
            guard bid == auction.tab, let lot = auction.nextLot else { return .failure(.bidTooLow) }
            after = auction.dent(lot: lot, at: moment)
        }
        return after.flatMap {
            guard let lot = $0.lot.asUInt128 else { return .failure(.arithmeticOverflow) }
            return .success(Exchange(paid: amount, received: lot))
        }
    }

    private static func coins(_ rad: UInt256) -> TokenAmount? { rad.dividedRoundingUp(by: AuctionCurve.ray).asUInt128 }
}
