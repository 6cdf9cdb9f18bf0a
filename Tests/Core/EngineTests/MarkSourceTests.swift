import Domain
import Engine
import Margin
import Testing
import Units

/// Marks that are made of a virtual pool or of an order book, through the engine: an attested level crosses when they do.
@Suite struct MarkSourceTests {
    private static let perpetual = ReserveIndex(1)

    /// A market whose one account falls at 1 500 and below; no price record is ever sent for its instrument.
    private func engine(_ source: Int128, _ more: [Input] = []) -> Engine {
        var engine = Engine(EngineSettings(rules: [AttestedRules()]))
        let market = MarketIndex(0)
        var inputs: [Input] = [
            .market(
                MarketDefinition(
                    market: market, rules: RulesIndex(0), closeFactor: .whole, cash: ReserveIndex(0),
                    native: ReserveIndex(0), flashLoanFee: .zero)),
            .reserve(
                ReserveDefinition(
                    reserve: Self.perpetual, market: market, decimals: 9, liquidationThreshold: .zero,
                    liquidationBonus: .zero, protocolFee: .zero, scalePartsPerMillion: 2_500)),
            .parameter(Self.perpetual, .markSource, source),
            .accountBegins(
                AccountUpdate(
                    account: AccountIndex(0), market: market, kind: .state, reserve: Self.perpetual, version: 1,
                    legs: 1)), .accountLeg(Leg(Self.perpetual, .collateral, 1_500)),
        ]
        inputs += more
        engine.tell(inputs)
        return engine
    }

    private func pool(base: UInt128, quote: UInt128) -> Input {
        .pool(Self.perpetual, Pool(assetReserve: base, cashReserve: quote, fee: .zero))
    }

    private func book(bid: UInt128, ask: UInt128, last: UInt128, index: UInt128) -> Input {
        var quotes = PerpetualQuotes()
        quotes.bid = Price(baseUnits: bid)
        quotes.ask = Price(baseUnits: ask)
        quotes.last = Price(baseUnits: last)
        quotes.index = Price(baseUnits: index)
        return .quotes(Self.perpetual, quotes)
    }

    @Test func `a virtual pool's quote over base is the mark`() {
        var engine = engine(1, [pool(base: 10_000_000_000, quote: 16_000)])
        let before = engine.marks(Self.perpetual)
        #expect(before == 1_600)
        engine.tell([pool(base: 10_666_666_667, quote: 15_000)])
        let (mark, crossed) = (engine.marks(Self.perpetual), engine.isLiquidatable(AccountIndex(0)))
        #expect(mark == 1_406)
        #expect(crossed)
    }

    @Test func `an order book's middle is the mark, but never far from the index`() {
        var engine = engine(2, [.parameter(Self.perpetual, .markBand, 100)])
        engine.tell([book(bid: 1_500, ask: 1_504, last: 9, index: 1_510)])
        let within = (engine.marks(Self.perpetual), engine.isLiquidatable(AccountIndex(0)))
        #expect(within == (1_502, false))
        engine.tell([book(bid: 1_000, ask: 1_004, last: 9, index: 1_520)])
        let held = (engine.marks(Self.perpetual), engine.isLiquidatable(AccountIndex(0)))
        #expect(held == (1_505, false))
        engine.tell([book(bid: 1_000, ask: 1_004, last: 9, index: 1_515)])
        let fallen = (engine.marks(Self.perpetual), engine.isLiquidatable(AccountIndex(0)))
        #expect(fallen == (1_500, true))
    }

    @Test func `the median takes the middle one of last trade, bid and ask, and the index is the index`() {
        var median = engine(3)
        median.tell([book(bid: 1_490, ask: 1_510, last: 1_505, index: 1)])
        let middle = median.marks(Self.perpetual)
        #expect(middle == 1_505)
        var index = engine(4)
        index.tell([book(bid: 1, ask: 2, last: 3, index: 1_499)])
        let (mark, crossed) = (index.marks(Self.perpetual), index.isLiquidatable(AccountIndex(0)))
        #expect(mark == 1_499)
        #expect(crossed)
    }

    @Test func `without a source a pool moves no mark`() {
        let engine = engine(0, [pool(base: 10_000_000_000, quote: 16_000)])
        let mark = engine.marks(Self.perpetual)
        #expect(mark == nil)
    }
}

extension Engine {
    fileprivate mutating func tell(_ inputs: [Input]) {
        var outputs: ContiguousArray<Output> = []
        for input in inputs { step(input, from: StreamIndex(0), at: .start, into: &outputs) }
    }

    fileprivate func marks(_ reserve: ReserveIndex) -> UInt64? {
        reserves.price(of: reserve).map { UInt64($0.baseUnits) }
    }
}
