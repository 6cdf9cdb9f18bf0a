package import Domain
package import Units

/// A stretch of a market to play: who is there, and what happens when. Generated or imported; the world plays both alike.
///
/// Reserves are numbered in order of `reserves`; the market is number 0. Events are in order of time, and of equal times in
/// the order in which they stand.
package struct Episode: Sendable {
    /// One line for screens: what this is and where it comes from. A generated one says that it is synthetic.
    package var title: String
    package var isSynthetic: Bool
    /// What a liquidator calls the market, for example `aave-v2`.
    package var marketName: String
    /// The name of the venue's rules, for example `aave-2`.
    package var rulesName: String
    package var closeFactor: BasisPoints
    package var flashLoanFee: BasisPoints
    package var cash: ReserveIndex
    package var native: ReserveIndex
    package var reserves: [EpisodeReserve]
    package var start: Moment
    package var end: Moment
    package var blockInterval: Interval
    package var firstBlock: BlockNumber
    package var events: [TimedEvent]

    package init(
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
package struct EpisodeReserve: Equatable, Sendable {
    package var name: String
    package var definition: ReserveDefinition

    package init(name: String, definition: ReserveDefinition) {
        self.name = name
        self.definition = definition
    }
}

/// Something that happens at a moment.
package struct TimedEvent: Equatable, Sendable {
    package var moment: Moment
    package var event: EpisodeEvent

    package init(_ moment: Moment, _ event: EpisodeEvent) {
        self.moment = moment
        self.event = event
    }
}

package enum EpisodeEvent: Equatable, Sendable {
    case price(ReserveIndex, Price)
    case pool(ReserveIndex, Pool)
    case gas(baseFee: GasPrice, median: GasPrice, high: GasPrice)
    /// An account opens, or takes these legs from now on.
    case account(EpisodeAccount)
}

/// An account of an episode.
package struct EpisodeAccount: Equatable, Sendable {
    /// What is known beforehand about how it ends. The bot never sees this; checks do.
    package enum Fate: String, Sendable {
        /// Stays above the edge through the whole episode.
        case safe
        /// The real market liquidated it; it crosses when the real one did.
        case recorded
        /// Generated; may go either way.
        case open
    }

    package var name: String
    package var fate: Fate
    package var legs: [Leg]

    package init(name: String, fate: Fate, legs: [Leg]) {
        self.name = name
        self.fate = fate
        self.legs = legs
    }
}
