import Domain
import Margin
import Mechanisms
import Units

/// What the engine knows of one market.
struct MarketState: Sendable {
    var definition: MarketDefinition
    var rules: any MarginRules
    /// How a liquidation goes, where we know it; without it the market is watched and not acted on.
    var mechanism: (any FixedPenaltyRules)?
    var gas: GasUpdate?
    var block: BlockNumber?
    /// The streams that have said something about this market, a bit each.
    var streams: UInt64 = 0
}
