public import Units

/// A running auction of collateral at a price that falls until somebody takes (`Clipper`), as an offer.
///
/// Example: a lot of 10 at 150 with a tab of 1 000: all of the tab buys 6.66… of the lot, and the rest goes back to the
/// owner. We pay in whole units of the stable coin of 18 decimals, rounded up: the `rad` below them is lost to us.
///
/// | field | unit | what |
/// |---|---|---|
/// | `lot` | 18 decimals | collateral left |
/// | `tab` | 45 decimals | what is still to be raised |
/// | `top`, `cusp` | 27 decimals | the price at the start; the share of it at which the auction must be restarted |
/// | `tail` | seconds | after more than that it must be restarted |
/// | `chost` | 45 decimals | a smaller tab may not be left; cached by the contract, may be stale |
public struct ClipAuction: Equatable, Sendable {
    public var lot: UInt256
    public var tab: UInt256
    public var top: UInt256
    public var started: Moment
    public var curve: AuctionCurve
    public var tail: UInt64
    public var cusp: UInt256
    public var chost: UInt256

    public init(
        lot: TokenAmount, tab: UInt256, top: UInt256, started: Moment, curve: AuctionCurve, tail: UInt64,
        cusp: UInt256, chost: UInt256
    ) {
        self.lot = UInt256(lot)
        self.tab = tab
        self.top = top
        self.started = started
        self.curve = curve
        self.tail = tail
        self.cusp = cusp
        self.chost = chost
    }

    /// Whole seconds since the start, as blocks count; `nil` before it.
    public func age(at moment: Moment) -> UInt64? {
        UInt64(exactly: moment.nanoseconds / Self.second - started.nanoseconds / Self.second)
    }

    /// `status`: the price, and whether the auction must be restarted. At exactly `tail` or `cusp` it need not.
    public func status(at moment: Moment) -> ClipStatus? {
        guard let age = age(at: moment), let price = curve.price(from: top, after: age) else { return nil }
        if age > tail { return ClipStatus(price: price, needsReset: true) }
        guard !top.isZero, let share = price.multiplied(by: AuctionCurve.ray)?.dividedRoundingDown(by: top)
        else { return nil }
        return ClipStatus(price: price, needsReset: share < cusp)
    }

    /// `take` of at most `amount` of the collateral. What it leaves stays in the auction.
    public func taking(_ amount: UInt256, at moment: Moment) -> Result<ClipTaking, LiquidationRevert> {
        guard let status = status(at: moment) else { return .failure(.arithmeticOverflow) }
        guard !status.needsReset else { return .failure(.needsReset) }
        let price = status.price
        var slice = min(lot, amount)
        guard var owe = slice.multiplied(by: price) else { return .failure(.arithmeticOverflow) }
        if owe > tab {
            owe = tab
            slice = owe.dividedRoundingDown(by: price)
        } else if owe < tab, slice < lot, tab - owe < chost {
            guard tab > chost else { return .failure(.noPartialPurchase) }
            owe = tab - chost
            guard !price.isZero else { return .failure(.arithmeticOverflow) }
            slice = owe.dividedRoundingDown(by: price)
        }
        return .success(ClipTaking(slice: slice, owe: owe, tabLeft: tab - owe, lotLeft: lot - slice))
    }

    /// The first second at which taking a slice costs less than it is worth: price · slice + cost < value, all with 45
    /// decimals. Competition drives a take to the first block from there. `nil` when it never does before a restart.
    public func firstWorthwhile(slice: UInt256, worth: UInt256, cost: UInt256, from moment: Moment) -> Moment? {
        let seconds = curve.firstSecond(from: age(at: moment) ?? 0, to: tail, top: top) { price in
            guard let owe = price.multiplied(by: slice)?.adding(cost) else { return false }
            return owe < worth
        }
        guard let seconds, let whole = Int64(exactly: seconds) else { return nil }
        let take = Moment(nanoseconds: (started.nanoseconds / Self.second + whole) * Self.second)
        return status(at: take)?.needsReset == false ? take : nil
    }

    private static let second: Int64 = 1_000_000_000
}

public struct ClipStatus: Equatable, Sendable {
    /// 27 decimals.
    public var price: UInt256
    public var needsReset: Bool
}

/// One purchase: collateral got, 45 decimals of the stable coin owed, and what is left.
public struct ClipTaking: Equatable, Sendable {
    public var slice: UInt256
    public var owe: UInt256
    public var tabLeft: UInt256
    public var lotLeft: UInt256

    /// An auction without a lot or without a tab is over.
    public var isLast: Bool { tabLeft.isZero || lotLeft.isZero }
}
