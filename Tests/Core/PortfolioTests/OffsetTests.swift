import Domain
import Margin
import Portfolio
import Testing

/// What is recognised as an offset, and what is not. Requirements are equity less margin.
@Suite struct OffsetTests {
    @Test(arguments: [1, 3, 4])
    func `a long and a short on one underlying need less together than apart`(model: Int) throws {
        var market = OptionMarket(model: model)
        let short = market.addSeries(0, strike: 300_000_000_000, isCall: true)
        let long = market.addSeries(0, strike: 310_000_000_000, isCall: true)
        let together = try requirement(market, [short: -1_000, long: 1_000])
        let apart = try requirement(market, [short: -1_000]) + requirement(market, [long: 1_000])
        #expect(together < 0.8 * apart)
    }

    @Test(arguments: [1, 3])
    func `unrelated underlyings need the sum`(model: Int) throws {
        var market = OptionMarket(model: model)
        let (first, second) = unrelated(&market)
        let together = try requirement(market, [first: -1_000, second: 50])
        let apart = try requirement(market, [first: -1_000]) + requirement(market, [second: 50])
        #expect(abs(together - apart) < 1e-9 * apart)
    }

    @Test func `a recognised correlation grants part of the offset, and opposite moves take it back`() throws {
        var market = OptionMarket(model: 4)
        let (first, second) = unrelated(&market)
        let book = try book(market, [first: -1_000, second: 50])
        func risk(_ joint: JointMoves) -> Double {
            var model = ScanMargin.span
            model.joint = joint
            return model.risk(of: book)
        }
        let none = risk(.none)
        let half = risk(JointMoves(share: 0.5, includesOpposite: false))
        let whole = risk(JointMoves(share: 1, includesOpposite: false))
        #expect(none < half && half < whole)
        #expect(abs(half - (none + whole) / 2) < 1e-9 * abs(none))
        let opposite = risk(JointMoves(share: 1, includesOpposite: true))
        #expect(none <= opposite && opposite < whole)
    }

    @Test func `the standard manager nets a vertical spread to its worst payoff`() throws {
        var market = OptionMarket(model: 0)
        let short = market.addSeries(0, strike: 300_000_000_000, isCall: true)
        let long = market.addSeries(0, strike: 310_000_000_000, isCall: true)
        // Ten spreads, 100 wide: nothing worse than 1 000 can come of them.
        let found = market.margin(.init(options: [short: -1_000, long: 1_000]))
        let margin = try #require(found)
        #expect(abs(margin + 1_000 * OptionMarket.base) < 1)
    }

    @Test func `money owed at no risk is liquidatable from one unit on`() {
        var market = OptionMarket(model: 0)
        market.place(0, .init(base: [100, 0], cash: -2_400_000_000))
        market.place(1, .init(base: [100, 0], cash: -2_400_000_001))
        // 80 % of one underlying at 3 000: exactly enough, and one unit too little.
        let (margin, exact, short) = (
            market.margin(market.holdings[0]), market.isLiquidatable(0), market.isLiquidatable(1)
        )
        #expect(margin == 0 && !exact && short)
    }

    private func unrelated(_ market: inout OptionMarket) -> (Int, Int) {
        (
            market.addSeries(0, strike: 300_000_000_000, isCall: true),
            market.addSeries(3, strike: 6_000_000_000_000, isCall: true)
        )
    }

    private func book(_ market: borrowing OptionMarket, _ options: [Int: Int64]) throws -> PortfolioBook<Double> {
        let legs = OptionMarket.legs(of: .init(options: options))
        let (factors, amounts) = (legs.map(\.factor), legs.map(\.amount))
        let found = OptionMarket.models[market.model].rules.book(
            Double.self, factors.span, amounts.span, market.watch.reserves)
        return try #require(found)
    }

    private func requirement(_ market: borrowing OptionMarket, _ options: [Int: Int64]) throws -> Double {
        let found = market.margin(.init(options: options))
        let margin = try #require(found)
        return market.reference(.init(options: options)).equity - margin
    }
}
