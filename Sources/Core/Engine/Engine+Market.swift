import Domain
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
        var state = MarketState(definition: definition, rules: settings.rules[definition.rules.position])
        if let known = markets[definition.market.position] {
            state.gas = known.gas
            state.block = known.block
            state.streams = known.streams
        }
        markets[definition.market.position] = state
        note(stream, feeds: definition.market)
    }

    /// A new definition re-weights exactly the accounts that have a leg in the reserve.
    mutating func define(
        _ definition: ReserveDefinition, from stream: StreamIndex, _ outputs: inout ContiguousArray<Output>
    ) {
        guard market(definition.market) != nil else { return ignore(.unknownMarket, &outputs) }
        note(stream, feeds: definition.market)
        let before = reserves.row(definition.reserve)
        reserves.define(definition)
        let after = reserves.row(definition.reserve)
        guard before != after else { return }
        index.include(FactorIndex(definition.reserve, .debt))
        while tickers.count <= definition.reserve.position { tickers.append(Ticker()) }
        // New decimals make the old price meaningless: the reserve waits for its first price again.
        if after?.price == nil { tickers[definition.reserve.position] = Ticker() }
        tickers[definition.reserve.position].isDefined = true
        refreshFactors(of: definition.reserve, everybody: true, &outputs)
    }

    /// The hot path: two factors move, and only whoever they reach is looked at.
    mutating func apply(
        _ price: Price, of reserve: ReserveIndex, from stream: StreamIndex, _ outputs: inout ContiguousArray<Output>
    ) {
        guard reserve.position < tickers.count, tickers[reserve.position].isDefined else {
            return ignore(.unknownReserve, &outputs)
        }
        guard price.baseUnits > 0 else { return ignore(.zeroPrice, &outputs) }
        counters.ticks += 1
        let ticker = tickers[reserve.position]
        let isFirst = ticker.highest == 0
        reserves.set(reserve, price: price)
        if ticker.streams & 1 << UInt64(stream.raw & 63) == 0 { note(stream, prices: reserve) }
        let value = price.baseUnits.approximate * ticker.supplyPerPrice
        guard value > ticker.lowest, value < ticker.highest else {
            return refreshFactors(of: reserve, everybody: isFirst, &outputs)
        }
        let supply = FactorIndex(reserve, .collateral)
        let borrow = FactorIndex(reserve, .debt)
        index.set(supply, to: value)
        index.set(borrow, to: price.baseUnits.approximate * ticker.borrowPerPrice)
        index.process(supply)
        index.process(borrow)
        judgeTouched(&outputs)
    }

    private mutating func note(_ stream: StreamIndex, prices reserve: ReserveIndex) {
        tickers[reserve.position].streams |= 1 << UInt64(stream.raw & 63)
        if let market = reserves.row(reserve)?.market { note(stream, feeds: market) }
    }

    mutating func apply(
        _ supply: Ray, _ borrow: Ray, of reserve: ReserveIndex, from stream: StreamIndex,
        _ outputs: inout ContiguousArray<Output>
    ) {
        guard let known = reserves.row(reserve) else { return ignore(.unknownReserve, &outputs) }
        note(stream, feeds: known.market)
        reserves.set(reserve, supply: supply, borrow: borrow)
        setPerPrice(reserve)
        guard let price = known.price else { return }
        let ticker = tickers[reserve.position]
        index.set(FactorIndex(reserve, .collateral), to: price.baseUnits.approximate * ticker.supplyPerPrice)
        index.set(FactorIndex(reserve, .debt), to: price.baseUnits.approximate * ticker.borrowPerPrice)
        index.process(FactorIndex(reserve, .collateral))
        index.process(FactorIndex(reserve, .debt))
        judgeTouched(&outputs)
    }

    mutating func apply(
        _ pool: Pool, of reserve: ReserveIndex, from stream: StreamIndex, _ outputs: inout ContiguousArray<Output>
    ) {
        guard let known = reserves.row(reserve) else { return ignore(.unknownReserve, &outputs) }
        note(stream, feeds: known.market)
        reserves.set(reserve, pool: pool)
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
        reconsider(&outputs)
        _ = index.rebalance(budget: EngineSettings.rebalancePerBlock)
    }

    mutating func apply(_ condition: StreamCondition, of stream: StreamIndex) {
        let bit: UInt64 = 1 << UInt64(stream.raw & 63)
        if condition == .whole { wholeStreams |= bit } else { wholeStreams &= ~bit }
    }

    /// Anchors a reserve's scales at its present value and weighs everybody on it anew. O(accounts on the reserve); for
    /// definitions, first prices and prices that have gone far.
    private mutating func refreshFactors(
        of reserve: ReserveIndex, everybody: Bool, _ outputs: inout ContiguousArray<Output>
    ) {
        guard let row = reserves.row(reserve) else { return }
        setPerPrice(reserve)
        var concerned: [AccountIndex] = everybody ? accounts(in: reserve) : []
        for side in [Side.collateral, .debt] {
            let factor = FactorIndex(reserve, side)
            if !everybody { concerned += index.accounts(on: factor) }
            guard let price = row.price else { continue }
            let ticker = tickers[reserve.position]
            let perPrice = side == .collateral ? ticker.supplyPerPrice : ticker.borrowPerPrice
            let value = price.baseUnits.approximate * perPrice
            index.set(factor, to: value)
            index.setScale(factor, to: value * Double(row.scalePartsPerMillion) / 1e6)
            tickers[reserve.position].lowest = value / EngineSettings.scaleDrift
            tickers[reserve.position].highest = value * EngineSettings.scaleDrift
        }
        // Setting a value without processing leaves triggers behind it; weighing everybody anew plants them all again.
        for account in concerned { reweigh(account) }
        judgeTouched(&outputs)
    }

    private mutating func setPerPrice(_ reserve: ReserveIndex) {
        guard var row = reserves.row(reserve), let state = market(row.market) else { return }
        row.price = Price(baseUnits: 1)
        tickers[reserve.position].supplyPerPrice = state.rules.factorValue(of: row, on: .collateral)
        tickers[reserve.position].borrowPerPrice = state.rules.factorValue(of: row, on: .debt)
    }
}
