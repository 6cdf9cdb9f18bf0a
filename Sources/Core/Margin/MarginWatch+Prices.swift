public import Domain
public import Units

/// What a price tick needs of its instrument, and no more: the rest stays out of the hot path.
struct Ticker {
    var supply = FactorReading(scale: 1)
    var borrow = FactorReading(scale: 1)
    /// Between these prices the scales stay what they are; outside, and before the first price, all is anchored anew.
    var lowest = Double.infinity
    var highest = 0.0
    var isDefined = false
}

extension MarginWatch {
    /// A new definition re-weighs exactly the accounts that have to do with the instrument. Returns whether it is new.
    public mutating func define(_ definition: ReserveDefinition) {
        let before = reserves.row(definition.reserve)
        reserves.define(definition)
        let after = reserves.row(definition.reserve)
        guard before != after else { return }
        index.include(FactorIndex(definition.reserve, .entry))
        while tickers.count <= definition.reserve.position { tickers.append(Ticker()) }
        // New decimals make the old price meaningless: the instrument waits for its first price again.
        if after?.price == nil { tickers[definition.reserve.position] = Ticker() }
        tickers[definition.reserve.position].isDefined = true
        anchor(definition.reserve, everybody: true)
    }

    /// The hot path: two factors move, and only whoever they reach is looked at.
    public mutating func set(_ reserve: ReserveIndex, price: Price) {
        precondition(price.baseUnits > 0, "Condition: a price is not zero")
        reserves.set(reserve, price: price)
        let value = price.baseUnits.approximate
        let (lowest, highest) = (tickers[reserve.position].lowest, tickers[reserve.position].highest)
        guard value > lowest, value < highest else { return anchor(reserve, everybody: highest == 0) }
        let supply = FactorIndex(reserve, .collateral)
        let borrow = FactorIndex(reserve, .debt)
        index.set(supply, to: tickers[reserve.position].supply.value(at: value))
        index.set(borrow, to: tickers[reserve.position].borrow.value(at: value))
        index.process(supply)
        index.process(borrow)
        renewStale()
    }

    public mutating func set(_ reserve: ReserveIndex, supply: Ray, borrow: Ray) {
        reserves.set(reserve, supply: supply, borrow: borrow)
        move(reserve)
    }

    /// Sets the depth to sell into; of a perpetual its virtual pool, which may be what its mark is made of.
    public mutating func set(_ reserve: ReserveIndex, pool: Pool) {
        reserves.set(reserve, pool: pool)
        followMark(of: reserve)
    }

    /// Changes what is streamed of an instrument beside its price.
    public mutating func update(_ reserve: ReserveIndex, _ change: (inout InstrumentState) -> Void) {
        let before = knownSides(of: reserve)
        let rate = reserves.state(of: reserve)?.smile?.rate
        reserves.update(reserve, change)
        // A factor that has just become known may let accounts be judged that could not be before; and the rate is no
        // factor: forms count on it, so that another one weighs everybody anew.
        let isSameRate = reserves.state(of: reserve)?.smile?.rate == rate
        if isSameRate, knownSides(of: reserve) == before {
            move(reserve)
        } else {
            anchor(reserve, everybody: true)
        }
        followMark(of: reserve)
    }

    /// A bit for each side that can be read.
    private func knownSides(of reserve: ReserveIndex) -> UInt8 {
        var known: UInt8 = 0
        Side.forEach { side in if reading(side, of: reserve) != nil { known |= 1 << side.rawValue } }
        return known
    }

    /// A block's time. Rules that look at the clock follow it by the accrual factor of the market's cash asset.
    public mutating func setClock(of market: MarketIndex, to moment: Moment) {
        guard let conditions = reserves.conditions(of: market), conditions.clock != moment else { return }
        reserves.update(market) { $0.clock = moment }
        if isDefined(conditions.cash), reading(.accrual, of: conditions.cash) != nil { move(conditions.cash) }
    }

    private func reading(_ side: Side, of reserve: ReserveIndex) -> FactorReading? {
        guard let market = reserves.market(of: reserve), let rules = rules(of: market) else { return nil }
        return rules.reading(of: FactorIndex(reserve, side), in: reserves)
    }

    /// Moves all of an instrument's factors to where they stand now, and looks at whoever they reach.
    private mutating func move(_ reserve: ReserveIndex) {
        let price = reserves.price(of: reserve)?.baseUnits.approximate ?? 0
        Side.forEach { side in
            guard let reading = reading(side, of: reserve) else { return }
            remember(reading, side, of: reserve)
            let factor = FactorIndex(reserve, side)
            index.set(factor, to: reading.value(at: price))
            let ratio = reading.scale / index.scale(of: factor)
            if ratio > Self.scaleDrift || ratio < 1 / Self.scaleDrift { index.setScale(factor, to: reading.scale) }
        }
        Side.forEach { index.process(FactorIndex(reserve, $0)) }
        renewStale()
    }

    private mutating func remember(_ reading: FactorReading, _ side: Side, of reserve: ReserveIndex) {
        if side == .collateral { tickers[reserve.position].supply = reading }
        if side == .debt { tickers[reserve.position].borrow = reading }
    }

    /// Anchors an instrument's scales at its present values and weighs everybody on it anew. O(accounts on it); for
    /// definitions, first prices and prices that have gone far.
    mutating func anchor(_ reserve: ReserveIndex, everybody: Bool) {
        var concerned: [AccountIndex] = everybody ? accounts(concernedBy: reserve) : []
        let price = reserves.price(of: reserve)?.baseUnits.approximate ?? 0
        for side in Side.allCases {
            let factor = FactorIndex(reserve, side)
            if !everybody { concerned += index.accounts(on: factor) }
            guard let reading = reading(side, of: reserve) else { continue }
            remember(reading, side, of: reserve)
            index.set(factor, to: reading.value(at: price))
            index.setScale(factor, to: reading.scale)
        }
        if price > 0 {
            tickers[reserve.position].lowest = price / Self.scaleDrift
            tickers[reserve.position].highest = price * Self.scaleDrift
        }
        // Setting a value without processing leaves triggers behind it; weighing everybody anew plants them all again.
        for account in concerned { reweigh(account) }
        renewStale()
    }
}

extension FactorReading {
    func value(at price: Double) -> Double { fixed + perPrice * price }
}
