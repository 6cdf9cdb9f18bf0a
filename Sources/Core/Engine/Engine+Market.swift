import Domain
import Limits
import Margin
import Mechanisms
import Units

/// Definitions, prices, indices, depth, gas and blocks.
extension Engine {
    mutating func define(
        _ definition: MarketDefinition, from stream: StreamIndex, _ outputs: inout ContiguousArray<Output>
    ) {
        guard definition.rules.position < settings.rules.count else { return ignore(.unknownMarket, &outputs) }
        while markets.count <= definition.market.position { markets.append(nil) }
        let rules = settings.rules[definition.rules.position]
        var state = MarketState(definition: definition, rules: rules, mechanism: rules as? any FixedPenaltyRules)
        let known = markets[definition.market.position]
        if let known {
            state.gas = known.gas
            state.block = known.block
            state.streams = known.streams
        }
        markets[definition.market.position] = state
        note(stream, feeds: definition.market)
        guard known?.definition != definition else { return }
        if let known, known.definition.cash != definition.cash { forgetDepth(of: definition.market) }
        ceilings.forget()
        watch.define(definition.market, cash: definition.cash, rules: state.rules)
        judgeTouched(&outputs)
    }

    /// A new definition re-weights exactly the accounts that have a leg in the reserve.
    mutating func define(
        _ definition: ReserveDefinition, from stream: StreamIndex, _ outputs: inout ContiguousArray<Output>
    ) {
        guard market(definition.market) != nil else { return ignore(.unknownMarket, &outputs) }
        note(stream, feeds: definition.market)
        ceilings.forget()
        watch.define(withOwnThreshold(definition))
        while pricingStreams.count <= definition.reserve.position { pricingStreams.append(0) }
        judgeTouched(&outputs)
    }

    /// The hot path: two factors move, and only whoever they reach is looked at.
    mutating func apply(
        _ price: Price, of reserve: ReserveIndex, from stream: StreamIndex, _ outputs: inout ContiguousArray<Output>
    ) {
        guard watch.isDefined(reserve) else { return ignore(.unknownReserve, &outputs) }
        guard price.baseUnits > 0 else { return ignore(.zeroPrice, &outputs) }
        counters.ticks += 1
        if pricingStreams[reserve.position] & 1 << UInt64(stream.raw & 63) == 0 { note(stream, prices: reserve) }
        watch.set(reserve, price: price)
        priceAge.tell(reserve, at: now)
        followVolatility(of: reserve, price)
        judgeTouched(&outputs)
    }

    private mutating func note(_ stream: StreamIndex, prices reserve: ReserveIndex) {
        pricingStreams[reserve.position] |= 1 << UInt64(stream.raw & 63)
        if let market = reserves.market(of: reserve) { note(stream, feeds: market) }
    }

    mutating func apply(
        _ supply: Ray, _ borrow: Ray, of reserve: ReserveIndex, from stream: StreamIndex,
        _ outputs: inout ContiguousArray<Output>
    ) {
        guard let market = reserves.market(of: reserve) else { return ignore(.unknownReserve, &outputs) }
        note(stream, feeds: market)
        watch.set(reserve, supply: supply, borrow: borrow)
        judgeTouched(&outputs)
    }

    mutating func apply(
        _ pool: Pool, of reserve: ReserveIndex, from stream: StreamIndex, _ outputs: inout ContiguousArray<Output>
    ) {
        guard let market = reserves.market(of: reserve) else { return ignore(.unknownReserve, &outputs) }
        note(stream, feeds: market)
        watch.set(reserve, pool: pool)
        judgeTouched(&outputs)
    }

    mutating func apply(_ gas: GasUpdate, from stream: StreamIndex, _ outputs: inout ContiguousArray<Output>) {
        guard market(gas.market) != nil else { return ignore(.unknownMarket, &outputs) }
        note(stream, feeds: gas.market)
        markets[gas.market.position]?.gas = gas
    }

    mutating func apply(_ block: BlockUpdate, from stream: StreamIndex, _ outputs: inout ContiguousArray<Output>) {
        guard market(block.market) != nil else { return ignore(.unknownMarket, &outputs) }
        note(stream, feeds: block.market)
        markets[block.market.position]?.block = block.number
        gasSinceBlock = GasUnits(0)
        tell(trading.review(at: now), &outputs)
        watch.setClock(of: block.market, to: block.timestamp)
        judgeTouched(&outputs)
        reconsider(&outputs)
        _ = watch.rebalance(budget: EngineSettings.rebalancePerBlock)
    }

    mutating func apply(_ condition: StreamCondition, of stream: StreamIndex) {
        let bit: UInt64 = 1 << UInt64(stream.raw & 63)
        if condition == .whole { wholeStreams |= bit } else { wholeStreams &= ~bit }
    }
}
