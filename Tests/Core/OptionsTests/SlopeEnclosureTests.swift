import Numerics
import Options
import Testing
import Units

@Suite struct SlopeEnclosureTests {
    @Test(arguments: 0..<20)
    func `the slopes at every sampled point of a box are enclosed`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for round in 0..<60 {
            let (box, rate) = (generator.box(), 0.2 * generator.fraction() - 0.05)
            let strike = 100 * Elementary.exp(1.6 * generator.fraction() - 0.8)
            for kind in OptionKind.allCases {
                let slopes = SlopeEnclosure(kind, strike: strike, over: box, rate: rate)
                for _ in 0..<12 {
                    let pricer = BlackPricer(
                        forward: generator.sample(box.forward), strike: strike,
                        volatility: generator.sample(box.volatility), years: generator.sample(box.years), rate: rate)
                    let greeks = pricer.greeks(kind)
                    let point = "seed \(seed) round \(round): \(kind) \(pricer)"
                    // The pricer itself rounds: what it says may stand a few ulps outside.
                    #expect(slopes.delta.holds(greeks.delta), "\(point)")
                    #expect(slopes.vega.holds(greeks.vega), "\(point)")
                    #expect(slopes.theta.holds(greeks.theta, beside: rate * pricer.value(kind)), "\(point)")
                }
            }
        }
    }

    @Test func `a box of one point is enclosed narrowly`() {
        let box = OptionBox(forward: Enclosure(100), volatility: Enclosure(0.5), years: Enclosure(0.25))
        let slopes = SlopeEnclosure(.call, strike: 110, over: box, rate: 0.05)
        #expect(slopes.delta.width < 1e-13 && slopes.vega.width < 1e-11 && slopes.theta.width < 1e-11)
    }

    /// What is exact in the range of d1: the ends of delta are taken at corners of the box.
    @Test func `delta is as wide as its corners and hardly wider`() {
        let box = OptionBox(forward: Enclosure(95, 105), volatility: Enclosure(0.5, 0.6), years: Enclosure(0.1, 0.2))
        let slopes = SlopeEnclosure(.call, strike: 130, over: box)
        let least = BlackPricer(forward: 95, strike: 130, volatility: 0.5, years: 0.1).delta(.call)
        let most = BlackPricer(forward: 105, strike: 130, volatility: 0.6, years: 0.2).delta(.call)
        #expect((slopes.delta.low - least).magnitude < 1e-13 && (slopes.delta.high - most).magnitude < 1e-13)
    }

    @Test func `where time may run out nothing is promised but what holds`() {
        let box = OptionBox(forward: Enclosure(90, 110), volatility: Enclosure(0, 1), years: Enclosure(0, 0.1))
        let slopes = SlopeEnclosure(.put, strike: 100, over: box)
        #expect(slopes.delta.low <= -1 && slopes.delta.high >= 0 && slopes.theta.low == -.infinity)
        #expect(slopes.vega.contains(0) && slopes.vega.high < .infinity)
    }
}

extension Enclosure {
    fileprivate func holds(_ value: Double, beside other: Double = 0) -> Bool {
        let slack = 16 * max(value.magnitude, other.magnitude) * 0x1p-50
        return low - slack <= value && value <= high + slack
    }
}

extension SeededGenerator {
    /// Narrow and wide boxes, from hours to a year, with and without the strike inside.
    fileprivate mutating func box() -> OptionBox {
        let scale = Elementary.exp(-6 * fraction())
        func range(_ low: Double) -> Enclosure { Enclosure(low, low * (1 + scale * fraction())) }
        return OptionBox(
            forward: range(60 + 80 * fraction()), volatility: range(0.1 + fraction()),
            years: range(Elementary.exp(-7 * fraction())))
    }

    fileprivate mutating func sample(_ range: Enclosure) -> Double {
        switch below(4) {
        case 0: range.low
        case 1: range.high
        default: min(range.low + (range.high - range.low) * fraction(), range.high)
        }
    }
}
