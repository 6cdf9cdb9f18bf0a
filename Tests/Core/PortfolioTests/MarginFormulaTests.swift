import Domain
import Margin
import Numerics
import Options
import Portfolio
import Testing
import Units

/// Both requirements of every model, and the slopes of the forms, against the plain reference.
@Suite struct MarginFormulaTests {
    @Test(arguments: 0..<5)
    func `both margins are those of a full revaluation`(model: Int) throws {
        for seed in UInt64(0)..<60 {
            var generator = SeededGenerator(seed: seed)
            var market = OptionMarket.random(&generator, model: model)
            let holding = market.randomHolding(&generator, options: generator.within(1...8))
            for requirement in Requirement.allCases {
                let found = market.margin(holding, requirement)
                let margin = try #require(found)
                let plain = market.reference(holding).margin(model, initial: requirement == .initial)
                let rounding = 1e-10 * market.gross(holding)
                #expect(
                    abs(margin - plain) <= rounding,
                    "seed \(seed) \(requirement): \(margin) \(plain)")
            }
        }
    }

    @Test(arguments: 0..<5)
    func `within the box no move costs more than the form allows`(model: Int) throws {
        var probes = 0
        for seed in UInt64(0)..<25 {
            var generator = SeededGenerator(seed: 500 + seed)
            var market = OptionMarket.random(&generator, model: model)
            let holding = market.randomHolding(&generator, options: generator.within(1...5))
            let found = market.form(holding)
            let form = try #require(found)
            let plain = market.reference(holding).margin(model)
            let rounding = 1e-10 * market.gross(holding)
            #expect(abs(form.constant - plain) <= rounding)
            let start = market.factorValues(form.factors)
            for _ in 0..<8 {
                market.moveWithin(form, &generator)
                let (now, margin) = (market.factorValues(form.factors), market.reference(holding).margin(model))
                var (least, most) = (form.constant, form.constant)
                for i in form.factors.indices {
                    let (step, bound) = (now[i] - start[i], form.bounds[i])
                    least += min(bound.lowest * step, bound.highest * step)
                    most += max(bound.lowest * step, bound.highest * step)
                }
                let rounding = 1e-10 * market.gross(holding)
                #expect(
                    margin >= least - rounding && margin <= most + rounding, "seed \(seed): \(least) \(margin) \(most)")
                probes += 1
                market.returnTo(start, form.factors)
            }
        }
        #expect(probes == 200)
    }

    @Test func `an expiry without a smile takes its volatility from the surface between its neighbours`() throws {
        var market = OptionMarket(model: 1)
        let option = market.addSeries(1, strike: 310_000_000_000, isCall: true)
        let legs = [Leg(ReserveIndex(OptionMarket.firstSeries + option), .debt, TokenAmount(100_000_000))]
        let (factors, amounts) = (legs.map(\.factor), legs.map(\.amount))
        let found = DerivePortfolio.rules.book(Double.self, factors.span, amounts.span, market.watch.reserves)
        let book = try #require(found)
        let held = book.underlyings[0].expiries[0].options[0]
        let smiles = [0, 2].map { e in
            VolatilitySmile(
                years: Double(market.expiryTimes[e] - market.clock) / 31_536_000,
                atTheMoney: Double(market.smiles[e].atTheMoney) / 1e9, skew: Double(market.smiles[e].skew) / 1e9,
                curvature: Double(market.smiles[e].curvature) / 1e9)
        }
        let surface = VolatilitySurface(smiles.span)
        let expected = surface.volatility(
            forward: Double(market.forwards[1]), strike: 310_000_000_000,
            years: Double(market.expiryTimes[1] - market.clock) / 31_536_000)
        #expect(abs(held.volatility - expected) < 1e-12)
    }

    @Test func `without a smile anywhere nothing is judged`() {
        var market = OptionMarket(model: 0)
        let option = market.addSeries(3, strike: 6_000_000_000_000, isCall: false)
        market.watch.update(OptionMarket.expiries[3]) { $0.smile = nil }
        market.place(0, .init(options: [option: -100], cash: 1_000_000))
        let health = market.watch.health(of: AccountIndex(0))
        let isLiquidatable = market.isLiquidatable(0)
        #expect(health == nil && !isLiquidatable)
    }
}

private enum DerivePortfolio { static let rules = OptionMarket.models[1].rules }
