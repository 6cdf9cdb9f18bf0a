import Domain
import Mechanisms
import Units

/// What the engine knows of one market.
struct MarketState: Sendable {
    var definition: MarketDefinition
    var rules: any FixedPenaltyRules
    var gas: GasUpdate?
    var block: BlockNumber?
    /// The streams that have said something about this market, a bit each.
    var streams: UInt64 = 0
}
