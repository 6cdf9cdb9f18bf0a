import Numerics
import Options
import Testing
import Units

/// What must hold whatever the numbers; the numbers themselves are compared in `Tests/Reference/options.py`.
@Suite struct BlackPricerTests {
    @Test func `a known price`() {
        // From mpmath with 50 digits: forward 100, strike 110, volatility 0.6, a quarter of a year, rate 0.05.
        let pricer = BlackPricer(forward: 100, strike: 110, volatility: 0.6, years: 0.25, rate: 0.05)
        #expect((pricer.value(.call) - 8.03988277311026).magnitude < 1e-12)
        #expect((pricer.value(.put) - 17.9156607780491).magnitude < 1e-12)
    }

    @Test(arguments: 0..<10)
    func `call minus put is the discounted difference of forward and strike`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<300 {
            let pricer = generator.pricer()
            let parity = pricer.discount * (pricer.forward - pricer.strike)
            let distance = (pricer.value(.call) - pricer.value(.put) - parity).magnitude
            #expect(distance <= 1e-15 * max(pricer.forward, pricer.strike), "seed \(seed): \(pricer)")
            let whole = pricer.delta(.call) - pricer.delta(.put)
            #expect((whole - pricer.discount).magnitude <= 4e-16, "seed \(seed): \(pricer)")
        }
    }

    /// Differences of our own values must give our own slopes: a wrong formula cannot agree with both.
    @Test(arguments: 0..<10)
    func `the Greeks are the slopes of the value`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<100 {
            let (forward, strike) = (100.0, 70 + 60 * generator.fraction())
            let (volatility, years) = (0.2 + generator.fraction(), 0.05 + generator.fraction())
            let rate = 0.2 * generator.fraction() - 0.1
            func pricer(_ f: Double, _ v: Double, _ y: Double) -> BlackPricer {
                BlackPricer(forward: f, strike: strike, volatility: v, years: y, rate: rate)
            }
            for kind in OptionKind.allCases {
                let greeks = pricer(forward, volatility, years).greeks(kind)
                func slope(_ h: Double, _ at: (Double) -> Double) -> Double { (at(h) - at(-h)) / (2 * h) }
                let delta = slope(1e-3) { pricer(forward + $0, volatility, years).value(kind) }
                let gamma = slope(1e-3) { pricer(forward + $0, volatility, years).delta(kind) }
                let vega = slope(1e-5) { pricer(forward, volatility + $0, years).value(kind) }
                let theta = slope(1e-6) { -pricer(forward, volatility, years + $0).value(kind) }
                #expect((greeks.delta - delta).magnitude < 1e-7, "seed \(seed)")
                #expect((greeks.gamma - gamma).magnitude < 1e-7, "seed \(seed)")
                #expect((greeks.vega - vega).magnitude < 1e-5, "seed \(seed)")
                #expect((greeks.theta - theta).magnitude < 1e-5, "seed \(seed)")
            }
        }
    }

    @Test(arguments: [0.0, 0.5])
    func `without time or without volatility only the discounted intrinsic value is left`(years: Double) {
        func pricer(_ strike: Double) -> BlackPricer {
            BlackPricer(forward: 100, strike: strike, volatility: years == 0 ? 0.8 : 0, years: years, rate: 0.1)
        }
        let discount = Elementary.exp(-0.1 * years)
        #expect(pricer(90).value(.call) == discount * 10 && pricer(90).value(.put) == 0)
        #expect(pricer(120).value(.call) == 0 && pricer(120).value(.put) == discount * 20)
        #expect(pricer(90).delta(.call) == discount && pricer(90).delta(.put) == 0)
        #expect(pricer(100).delta(.call) == discount / 2 && pricer(100).delta(.put) == -discount / 2)
        #expect(pricer(120).delta(.call) == 0 && pricer(120).delta(.put) == -discount)
        for strike in [90.0, 100, 120] {
            #expect(pricer(strike).gamma == 0 && pricer(strike).vega == 0)
            #expect(pricer(strike).theta(.put) == 0.1 * pricer(strike).value(.put))
        }
    }

    @Test func `the limit is reached, not jumped to`() {
        for strike in [90.0, 120] {
            let near = BlackPricer(forward: 100, strike: strike, volatility: 1e-9, years: 1e-9)
            let there = BlackPricer(forward: 100, strike: strike, volatility: 0, years: 0)
            for kind in OptionKind.allCases {
                #expect(near.value(kind) == there.value(kind) && near.delta(kind) == there.delta(kind))
            }
        }
    }

    @Test(arguments: 0..<10)
    func `a price is never below intrinsic and never above the larger leg`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<500 {
            let pricer = generator.pricer()
            let intrinsic = pricer.discount * max(pricer.forward - pricer.strike, 0)
            #expect(pricer.value(.call) >= intrinsic, "seed \(seed): \(pricer)")
            #expect(pricer.value(.call) <= pricer.discount * pricer.forward * (1 + 1e-15), "seed \(seed): \(pricer)")
            #expect(pricer.value(.put) <= pricer.discount * pricer.strike * (1 + 1e-15), "seed \(seed): \(pricer)")
        }
    }

    @Test(arguments: 0..<4)
    func `a spot without drift prices as its forward, and a drift only moves theta and the scale of delta`(seed: UInt64)
    {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<100 {
            let black = generator.pricer()
            let growth = Elementary.exp(0.03 * black.years)
            let spot = BlackScholesPricer(
                spot: black.forward / growth, strike: black.strike, volatility: black.volatility, years: black.years,
                rate: black.rate, carry: black.rate - 0.03)
            let scale = black.value(.call) + 1e-9 * black.forward
            #expect((spot.value(.call) - black.value(.call)).magnitude < 1e-6 * scale, "seed \(seed): \(black)")
            #expect((spot.delta(.put) - growth * black.delta(.put)).magnitude < 1e-9, "seed \(seed): \(black)")
        }
    }

    @Test func `a strike of zero or a negative volatility is the caller's fault`() async {
        await #expect(processExitsWith: .failure) {
            _ = BlackPricer(forward: 100, strike: 0, volatility: 0.5, years: 1)
        }
        await #expect(processExitsWith: .failure) {
            _ = BlackPricer(forward: 100, strike: 100, volatility: -0.5, years: 1)
        }
    }
}

extension SeededGenerator {
    /// From one hour to two years, from calm to wild, strikes from a third to three times the forward.
    mutating func pricer() -> BlackPricer {
        let forward = Elementary.exp(20 * fraction() - 4)
        return BlackPricer(
            forward: forward, strike: forward * Elementary.exp(2.2 * fraction() - 1.1),
            volatility: 0.05 + 2.5 * fraction(), years: Elementary.exp(-9.1 + 9.8 * fraction()),
            rate: 0.2 * fraction() - 0.05)
    }
}
