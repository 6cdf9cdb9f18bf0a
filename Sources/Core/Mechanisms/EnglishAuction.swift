public import Units

/// An auction by rising bids, then by falling lots (`Flipper`): first who pays most for the whole lot, up to the tab; then who
/// takes least of it for the tab.
///
/// Example: with a step of 5 % a bid of 100 is outdone by 105; once the tab of 1 000 is bid for a lot of 10, by taking at most
/// 9.523809523809523809 for it. A bid stands for `ttl`, the whole for `tau`.
public struct EnglishAuction: Equatable, Sendable {
    /// 18 decimals.
    public var lot: UInt256
    /// 45 decimals, as is `tab`.
    public var bid: UInt256
    public var tab: UInt256
    /// The least step between bids, 18 decimals: 1.05.
    public var step: UInt256
    /// How long a bid stands without being outdone, and a whole auction.
    public var bidTime: Interval
    public var wholeTime: Interval
    /// When the standing bid wins (`tic`); `nil` before the first.
    public var bidEnds: Moment?
    public var ends: Moment

    /// `kick`.
    public init(
        lot: UInt256, tab: UInt256, step: UInt256 = 1_050_000_000_000_000_000, bidTime: Interval = .seconds(10_800),
        wholeTime: Interval = .seconds(172_800), at moment: Moment
    ) {
        self.lot = lot
        self.tab = tab
        self.step = step
        self.bidTime = bidTime
        self.wholeTime = wholeTime
        bid = .zero
        bidEnds = nil
        ends = moment + wholeTime
    }

    /// Whether bids are still below the tab.
    public var isRising: Bool { bid < tab }

    /// Whether a bid can be made: both times strictly ahead.
    public func isOpen(at moment: Moment) -> Bool { moment < ends && bidEnds.map { moment < $0 } ?? true }

    /// `tend`: more for the same lot. The tab itself may be bid whatever the step.
    public func tend(bid next: UInt256, at moment: Moment) -> Result<EnglishAuction, LiquidationRevert> {
        guard isOpen(at: moment) else { return .failure(.notOpen) }
        guard next <= tab else { return .failure(.tooMuchRepay) }
        guard next > bid else { return .failure(.bidTooLow) }
        guard let reached = next.multiplied(by: Self.wad), let needed = step.multiplied(by: bid)
        else { return .failure(.arithmeticOverflow) }
        guard reached >= needed || next == tab else { return .failure(.bidTooLow) }
        var after = self
        (after.bid, after.bidEnds) = (next, moment + bidTime)
        return .success(after)
    }

    /// `dent`: less of the lot for the tab; what is not taken goes back to the owner.
    public func dent(lot next: UInt256, at moment: Moment) -> Result<EnglishAuction, LiquidationRevert> {
        guard isOpen(at: moment) else { return .failure(.notOpen) }
        guard !isRising, next < lot else { return .failure(.bidTooLow) }
        guard let reached = step.multiplied(by: next), let needed = lot.multiplied(by: Self.wad)
        else { return .failure(.arithmeticOverflow) }
        guard reached <= needed else { return .failure(.bidTooLow) }
        var after = self
        (after.lot, after.bidEnds) = (next, moment + bidTime)
        return .success(after)
    }

    /// The least bid that outdoes the standing one; `nil` when bids no longer rise.
    public var nextBid: UInt256? {
        guard isRising else { return nil }
        guard let needed = step.multiplied(by: bid)?.dividedRoundingUp(by: Self.wad) else { return tab }
        return min(tab, max(needed, bid + 1))
    }

    /// The largest lot that outdoes the standing one; `nil` while bids still rise, or nothing is left to give up.
    public var nextLot: UInt256? {
        guard !isRising, lot > 0, let most = lot.multiplied(by: Self.wad)?.dividedRoundingDown(by: step)
        else { return nil }
        return min(most, lot - 1)
    }

    /// `deal`: the standing bid has won when either time is strictly past.
    public func canBeDealt(at moment: Moment) -> Bool {
        guard let bidEnds else { return false }
        return bidEnds < moment || ends < moment
    }

    /// `tick`: an auction without a bid begins again when its time is strictly past.
    public func restarted(at moment: Moment) -> EnglishAuction? {
        guard bidEnds == nil, ends < moment else { return nil }
        var after = self
        after.ends = moment + wholeTime
        return after
    }

    private static let wad = UInt256(Wad.one.value)
}
