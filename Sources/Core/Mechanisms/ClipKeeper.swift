public import Units

/// What starting and restarting a clip auction pays: `tip + wmul(tab, chip)`, 45 decimals, and the price it starts from.
///
/// Example: a tip of 300 and a chip of 0.001 pay 301 for a tab of 1 000.
public struct ClipKeeper: Equatable, Sendable {
    /// 45 decimals.
    public var tip: UInt256
    /// 18 decimals.
    public var chip: UInt256
    /// How far above the feed's price an auction starts, 27 decimals.
    public var buf: UInt256

    public init(tip: UInt256, chip: UInt256, buf: UInt256) {
        self.tip = tip
        self.chip = chip
        self.buf = buf
    }

    /// `kick`'s `coin`; `nil` past 256 bits.
    public func reward(forTab tab: UInt256) -> UInt256? {
        tab.multiplied(by: chip)?.dividedRoundingDown(by: Self.wad).adding(tip)
    }

    /// `rmul(feedPrice, buf)`.
    public func top(feedPrice: UInt256) -> UInt256? {
        feedPrice.multiplied(by: buf)?.dividedRoundingDown(by: AuctionCurve.ray)
    }

    /// `redo`: the auction anew from the feed's price, and what it pays: nothing unless both what is to be raised and what
    /// the lot is worth reach the floor. Refused while the auction still runs.
    public func restart(
        _ auction: ClipAuction, feedPrice: UInt256, at moment: Moment
    ) -> Result<(auction: ClipAuction, reward: UInt256), LiquidationRevert> {
        guard let status = auction.status(at: moment) else { return .failure(.arithmeticOverflow) }
        guard status.needsReset else { return .failure(.notOpen) }
        guard let top = top(feedPrice: feedPrice), let worth = auction.lot.multiplied(by: feedPrice),
            let coin = reward(forTab: auction.tab)
        else { return .failure(.arithmeticOverflow) }
        guard !top.isZero else { return .failure(.priceMissing) }
        var anew = auction
        (anew.top, anew.started) = (top, moment)
        let isPaid = auction.tab >= auction.chost && worth >= auction.chost
        return .success((anew, isPaid ? coin : .zero))
    }

    private static let wad = UInt256(Wad.one.value)
}
