public import Units

/// Which of several bids for the same account is executed. Three different games.
public enum ContestRule: UInt8, CaseIterable, Sendable {
    /// Bundles: the highest tip is included, the others cost nothing. A first-price sealed-bid auction.
    case sealedBid
    /// The public pool: the highest tip is executed first, the others fail and pay gas; who sees a tip may go above it.
    case priorityGas
    /// First come, first served: the tip does not matter.
    case firstCome
}

/// One account being fought for, as the model of winning needs it.
public struct Contest: Equatable, Sendable {
    public var rule: ContestRule
    /// Until the next block is closed to new bids.
    public var timeLeft: Interval

    public init(_ rule: ContestRule, timeLeft: Interval) {
        self.rule = rule
        self.timeLeft = timeLeft
    }
}
