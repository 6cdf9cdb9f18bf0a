import Forecast
import Testing
import Units

@Suite struct VolatilityTests {
    private func at(_ seconds: Int64) -> Moment { Moment(nanoseconds: seconds * 1_000_000_000) }

    @Test func `steady moves are found at their own size, whatever the spacing of the prices`() throws {
        for spacing: Int64 in [1, 7, 60] {
            var volatility = ExponentialVolatility(halfLife: .seconds(600), step: .seconds(1))
            let up = 1 + 0.001 * Double(spacing).squareRoot()
            for tick in 0..<2_000 {
                // A move of √spacing · 0.001 a step is a deviation of 0.001 a square root of a second.
                volatility.observe(tick % 2 == 0 ? 100 : 100 * up, at: at(Int64(tick) * spacing))
            }
            let found = try #require(volatility.deviation(over: .seconds(1)))
            #expect(abs(found - 0.001) < 0.000_005, "\(spacing): \(found)")
        }
    }

    @Test func `after a half-life an old estimate weighs half`() throws {
        var volatility = ExponentialVolatility(halfLife: .seconds(100), step: .seconds(1))
        volatility.observe(100, at: at(0))
        volatility.observe(110, at: at(100))
        let before = try #require(volatility.variancePerSecond)
        volatility.observe(110, at: at(200))
        let after = try #require(volatility.variancePerSecond)
        #expect(abs(after / before - 0.5) < 1e-12)
    }

    @Test func `prices closer than the step, older or not positive count for nothing`() {
        var volatility = ExponentialVolatility(halfLife: .seconds(100), step: .seconds(10))
        let counted = [
            volatility.observe(100, at: at(0)), volatility.observe(200, at: at(9)),
            volatility.observe(200, at: at(-50)),
            volatility.observe(0, at: at(20)), volatility.observe(.nan, at: at(20)),
        ]
        #expect(!counted.contains(true))
        #expect(volatility.variancePerSecond == nil)
        let next = volatility.observe(100, at: at(10))
        #expect(next)
        #expect(volatility.variancePerSecond == 0)
    }

    @Test func `the forecast of a horizon is the sum of its steps' forecasts`() {
        let parameters = GarchParameters(omega: 1e-6, alpha: 0.1, beta: 0.85)
        var filter = GarchVolatility(parameters)
        for change in [0.01, -0.03, 0.002] { filter.observe(return: change) }
        var step = filter.variance
        var sum = 0.0
        for steps in 1...500 {
            sum += step
            step = parameters.omega + parameters.persistence * step
            #expect(abs(filter.variance(over: steps) / sum - 1) < 1e-12, "\(steps)")
        }
        #expect(filter.variance(over: 0) == 0)
    }

    @Test func `a process is found again in its own returns`() throws {
        let truth = GarchParameters(longRunVariance: 4e-4, alpha: 0.12, beta: 0.8)
        for seed: UInt64 in 1...3 {
            var generator = SeededGenerator(seed: seed)
            var process = GarchVolatility(truth)
            var returns: [Double] = []
            for _ in 0..<8_000 {
                let change = process.variance.squareRoot() * generator.normal()
                returns.append(change)
                process.observe(return: change)
            }
            let fit = GarchFit.fit(returns.span)
            let fitted = try #require(fit)
            #expect(abs(fitted.alpha - truth.alpha) < 0.04, "seed \(seed): \(fitted)")
            #expect(abs(fitted.persistence - truth.persistence) < 0.04, "seed \(seed): \(fitted)")
            #expect(abs(fitted.longRunVariance / truth.longRunVariance - 1) < 0.25, "seed \(seed): \(fitted)")
        }
    }

    @Test func `nothing is fitted to too little, or to prices that stand still`() {
        let few = [Double](repeating: 0.01, count: 99)
        let still = [Double](repeating: 0, count: 500)
        let fits = [GarchFit.fit(few.span), GarchFit.fit(still.span)]
        #expect(fits == [nil, nil])
    }

    /// t(0.01; 3) = 4.540702858, t(0.01; 5) = 3.364929997: any table of the distribution.
    @Test func `a Student-t multiplier is the table's quantile brought to variance one`() {
        let three = TailMultiplier.student(exceededWith: 0.01, degrees: 3)
        let five = TailMultiplier.student(exceededWith: 0.01, degrees: 5)
        #expect(abs(three - 4.540_702_858_5 / 3.0.squareRoot()) < 1e-7)
        #expect(abs(five - 3.364_929_998_9 * 0.6.squareRoot()) < 1e-7)
        let normal = TailMultiplier.student(exceededWith: 0.01, degrees: .infinity)
        #expect(abs(normal - 2.326_347_874) < 1e-8)
        #expect(three > normal && five > normal)
    }
}

extension SeededGenerator {
    /// Twelve uniforms: near enough to normal for a test, with tails cut at six.
    mutating func normal() -> Double {
        var sum = -6.0
        for _ in 0..<12 { sum += fraction() }
        return sum
    }
}
