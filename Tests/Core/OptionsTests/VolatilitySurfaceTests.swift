import Options
import Testing
import Units

@Suite struct VolatilitySurfaceTests {
    static let smiles = [
        VolatilitySmile(years: 0.02, atTheMoney: 0.9, skew: -0.2, curvature: 0.8),
        VolatilitySmile(years: 0.1, atTheMoney: 0.7, skew: -0.1, curvature: 0.3),
        VolatilitySmile(years: 0.5, atTheMoney: 0.65, skew: -0.05, curvature: 0.1),
        VolatilitySmile(years: 1, atTheMoney: 0.6, skew: -0.05, curvature: 0.05),
    ]

    @Test(arguments: VolatilitySurface.Interpolation.allCases)
    func `at an expiry the surface is its smile, before and after it is flat`(rule: VolatilitySurface.Interpolation) {
        let surface = VolatilitySurface(Self.smiles.span, interpolation: rule)
        for k in [-0.5, 0, 0.4] {
            for smile in Self.smiles {
                #expect(surface.volatility(moneyness: k, years: smile.years) == smile.volatility(k))
            }
            #expect(surface.volatility(moneyness: k, years: 0) == Self.smiles[0].volatility(k))
            #expect(surface.volatility(moneyness: k, years: 5) == Self.smiles[3].volatility(k))
        }
    }

    @Test func `a strike is looked up by its log-moneyness`() {
        let surface = VolatilitySurface(Self.smiles.span)
        let direct = surface.volatility(forward: 100, strike: 110, years: 0.02)
        #expect((direct - Self.smiles[0].volatility(0.0953101798043249)).magnitude < 1e-15)
    }

    @Test func `halfway between two expiries total variance is halfway`() {
        let surface = VolatilitySurface(Self.smiles.span)
        let sigma = surface.volatility(moneyness: 0, years: 0.3)
        #expect((sigma * sigma * 0.3 - (0.49 * 0.1 + 0.4225 * 0.5) / 2).magnitude < 1e-15)
    }

    /// Total variance rises with time at every k, continuously: an option for longer is never worth less.
    @Test(arguments: VolatilitySurface.Interpolation.allCases, 0..<10)
    func `total variance rises without a jump`(rule: VolatilitySurface.Interpolation, seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let smiles = generator.risingSmiles(6)
        let surface = VolatilitySurface(smiles.span, interpolation: rule)
        let k = 1.2 * generator.fraction() - 0.6
        #expect(surface.firstCalendarArbitrage(moneyness: k) == nil)
        let (end, steps) = (smiles[5].years * 1.2, 4_000)
        var before = 0.0
        // The steepest chord bounds the slope of both rules, three times over; flat ends are less steep.
        var steepest = smiles[0].totalVariance(k) / smiles[0].years
        for index in 1..<6 {
            let rise = smiles[index].totalVariance(k) - smiles[index - 1].totalVariance(k)
            steepest = max(steepest, rise / (smiles[index].years - smiles[index - 1].years))
        }
        for step in 1...steps {
            let years = end * Double(step) / Double(steps)
            let sigma = surface.volatility(moneyness: k, years: years)
            let variance = sigma * sigma * years
            #expect(variance >= before - 1e-14, "seed \(seed), \(years)")
            #expect(variance <= before + 3.01 * steepest * end / Double(steps), "a jump: seed \(seed), \(years)")
            before = variance
        }
    }

    /// Between two expiries the cubic starts with the slope it ended with: the line has a corner there.
    @Test func `the cubic has no corners`() {
        func corner(_ rule: VolatilitySurface.Interpolation) -> Double {
            let surface = VolatilitySurface(Self.smiles.span, interpolation: rule)
            func variance(_ years: Double) -> Double {
                let sigma = surface.volatility(moneyness: 0.1, years: years)
                return sigma * sigma * years
            }
            let h = 1e-5
            return ((variance(0.1 + h) - variance(0.1)) - (variance(0.1) - variance(0.1 - h))).magnitude / h
        }
        #expect(corner(.monotoneCubic) < 1e-4)
        #expect(corner(.linear) > 1e-3)
    }

    @Test func `a surface in which waiting is worth less says where`() {
        let smiles = [VolatilitySmile(years: 0.1, atTheMoney: 1), VolatilitySmile(years: 0.2, atTheMoney: 0.5)]
        #expect(VolatilitySurface(smiles.span).firstCalendarArbitrage(moneyness: 0) == 1)
    }

    @Test func `a wing that dives is held by the floor`() {
        let smile = VolatilitySmile(years: 1, atTheMoney: 0.3, skew: -1, floor: 0.05)
        #expect(smile.volatility(1) == 0.05 && smile.volatility(-1) == 1.3)
    }

    @Test func `smiles out of order are the caller's fault`() async {
        await #expect(processExitsWith: .failure) { _ = VolatilitySurface(Array(Self.smiles.reversed()).span) }
        await #expect(processExitsWith: .failure) { _ = VolatilitySurface([VolatilitySmile]().span) }
    }
}

extension SeededGenerator {
    /// At every k within 0.6 each total variance is above the one before: the volatilities fall slower than time grows.
    fileprivate mutating func risingSmiles(_ count: Int) -> [VolatilitySmile] {
        var smiles: [VolatilitySmile] = []
        var years = 0.01 + 0.05 * fraction()
        for _ in 0..<count {
            smiles.append(
                VolatilitySmile(
                    years: years, atTheMoney: 0.6 + 0.1 * fraction(), skew: 0.1 * fraction() - 0.05,
                    curvature: 0.1 * fraction()))
            years *= 2 + fraction()
        }
        return smiles
    }
}
