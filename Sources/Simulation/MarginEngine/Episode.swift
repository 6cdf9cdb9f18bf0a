public import Domain
public import Units

/// A stretch of a market to play: who is there, and what happens when. Generated or imported; the world plays both alike.
///
/// Reserves are numbered in order of `reserves`; the market is number 0. Events are in order of time, and of equal times in
/// the order in which they stand.
public struct Episode: Sendable {
    /// One line for screens: what this is and where it comes from. A generated one says that it is synthetic.
    public var title: String
    public var isSynthetic: Bool
    /// What a liquidator calls the market, for example `aave-v2`.
    public var marketName: String
    /// The name of the venue's rules, for example `aave-2`.
    public var rulesName: String
    public var closeFactor: BasisPoints
    public var flashLoanFee: BasisPoints
    public var cash: ReserveIndex
    public var native: ReserveIndex
    public var reserves: [EpisodeReserve]
    public var start: Moment
    public var end: Moment
    public var blockInterval: Interval
    public var firstBlock: BlockNumber
    public var events: [TimedEvent]

    public init(
        title: String, isSynthetic: Bool, marketName: String, rulesName: String, closeFactor: BasisPoints,
        flashLoanFee: BasisPoints, cash: ReserveIndex, native: ReserveIndex, reserves: [EpisodeReserve],
        start: Moment, end: Moment, blockInterval: Interval, firstBlock: BlockNumber, events: [TimedEvent]
    ) {
        self.title = title
        self.isSynthetic = isSynthetic
        self.marketName = marketName
        self.rulesName = rulesName
        self.closeFactor = closeFactor
        self.flashLoanFee = flashLoanFee
        self.cash = cash
        self.native = native
        self.reserves = reserves
        self.start = start
        self.end = end
        self.blockInterval = blockInterval
        self.firstBlock = firstBlock
        self.events = events
    }
}

/// A listed asset of an episode.
public struct EpisodeReserve: Equatable, Sendable {
    public var name: String
    public var definition: ReserveDefinition

    public init(name: String, definition: ReserveDefinition) {
        self.name = name
        self.definition = definition
    }
}

/// Something that happens at a moment.
public struct TimedEvent: Equatable, Sendable {
    public var moment: Moment
    public var event: EpisodeEvent

    public init(_ moment: Moment, _ event: EpisodeEvent) {
        self.moment = moment
        self.event = event
    }
}

public enum EpisodeEvent: Equatable, Sendable {
    case price(ReserveIndex, Price)
    case pool(ReserveIndex, Pool)
    case gas(baseFee: GasPrice, median: GasPrice, high: GasPrice)
    /// An account opens, or takes these legs from now on.
    case account(EpisodeAccount)
}

/// An account of an episode.
public struct EpisodeAccount: Equatable, Sendable {
    /// What is known beforehand about how it ends. The bot never sees this; checks do.
    public enum Fate: String, Sendable {
        /// Stays above the edge through the whole episode.
        case safe
        /// The real market liquidated it; it crosses when the real one did.
        case recorded
        /// Generated; may go either way.
        case open
    }

    public var name: String
    public var fate: Fate
    public var legs: [Leg]

    public init(name: String, fate: Fate, legs: [Leg]) {
        self.name = name
        self.fate = fate
        self.legs = legs
    }
}
