import Domain
import Strategy
import Units

/// What looks at accounts below the edge of one market have in common.
struct MarketLook: ~Copyable {
    var market: MarketIndex
    var cash: ReserveIndex
    /// By the market's segments.
    var isExcluded: Bool
    /// Whether all streams that feed it are.
    var isWhole: Bool
    /// What bids are worked out with; `nil` until somebody needs it, and where there is an obstacle to any.
    var terms: BidTerms?
    var obstacle: Refusal?
    /// `Engine.worthlessMargin`.
    var worthless: Double?
}

/// What all bids on accounts of a market have in common at one moment.
struct BidTerms: ~Copyable {
    var simulation: BidSimulation
    var block: BlockNumber
    /// No bid offers to pay less than this, tip or none: without as much, none needs to be simulated.
    var leastGasMoney: Wei
}

extension Engine {
    /// `nil` for a market that is not known. Terms are worked out when the first account needs them: `prepare`.
    func marketLook(in index: MarketIndex) -> MarketLook? {
        guard index.position < markets.count, let cash = markets[index.position]?.definition.cash,
            let segments = markets[index.position]?.definition.segments,
            let streams = markets[index.position]?.streams
        else { return nil }
        return MarketLook(
            market: index, cash: cash, isExcluded: settings.excluded.rawValue & segments.rawValue != 0,
            isWhole: streams & ~wholeStreams == 0)
    }

    mutating func prepare(_ look: inout MarketLook) {
        guard look.terms == nil, look.obstacle == nil else { return }
        guard let state = market(look.market), let mechanism = state.mechanism else {
            look.obstacle = .noMechanism
            return
        }
        guard let gas = state.gas, let block = state.block else {
            look.obstacle = .inputMissing
            return
        }
        let simulation = simulation(mechanism, state.definition, gas)
        let cap = settings.parameters.baseFeeHeadroom.share(of: Wei(gas.baseFee.weiPerGas))
        let least =
            GasPrice(weiPerGas: UInt64(clamping: cap)) * simulation.parameters.gasPerLiquidation
            + simulation.costs.dataFee
        look.worthless = worthlessMargin(look, simulation, leastGasMoney: least)
        look.terms = BidTerms(simulation: simulation, block: block, leastGasMoney: least)
    }
}
