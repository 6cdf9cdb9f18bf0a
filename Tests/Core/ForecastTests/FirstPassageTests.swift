import Domain
import Forecast
import Margin
import Testing
import Units

@Suite struct FirstPassageTests {
    @Test func `without jumps it is twice the normal tail`() {
        let passage = FirstPassage()
        // N(−1) = 0.15865525393, N(−2.5) = 0.00620966533.
        #expect(abs(passage.probability(excess: 1, deviation: 1) - 0.317_310_507_9) < 1e-9)
        #expect(abs(passage.probability(excess: 5, deviation: 2) - 0.012_419_330_7) < 1e-9)
        #expect(passage.probability(excess: 0, deviation: 1) == 1)
        #expect(passage.probability(excess: -3, deviation: 1) == 1)
        #expect(passage.probability(excess: 1, deviation: 0) == 0)
    }

    /// Against paths of many small steps: the formula is for continuous ones, so it lies above by a little, never below.
    @Test func `simulated paths cross as often as it says`() {
        for (excess, jumps, size) in [(0.8, 0.0, 0.0), (1.5, 0, 0), (1.5, 0.5, 3), (3, 1, 2)] {
            let passage = FirstPassage(jumps: jumps, jumpSize: size)
            let predicted = passage.probability(excess: excess, deviation: 1)
            var generator = SeededGenerator(seed: 11)
            var crossed = 0
            let (paths, steps) = (4_000, 200)
            for _ in 0..<paths {
                if generator.crosses(excess, steps: steps, jumps: jumps, size: size) { crossed += 1 }
            }
            let frequency = Double(crossed) / Double(paths)
            let error = 3 * (predicted * (1 - predicted) / Double(paths)).squareRoot()
            #expect(frequency < predicted + error, "\(excess), \(jumps): \(frequency) against \(predicted)")
            // A path with jumps may jump over and back between two looks, but half of them stay: half of P at least.
            let least = jumps > 0 ? 0.6 : 0.85
            #expect(frequency > predicted * least - error, "\(excess), \(jumps): \(frequency) against \(predicted)")
        }
    }

    @Test func `it rises with volatility and with jumps, and falls with distance`() {
        var last = 0.0
        for deviation in [0.1, 0.2, 0.5, 1, 2] {
            let chance = FirstPassage().probability(excess: 1, deviation: deviation)
            #expect(chance >= last)
            #expect(FirstPassage(jumps: 0.2, jumpSize: 3).probability(excess: 1, deviation: deviation) >= chance)
            #expect(FirstPassage().probability(excess: 2, deviation: deviation) <= chance)
            last = chance
        }
    }

    @Test func `what offsets in an account offsets in its deviation`() {
        let (a, b) = (ReserveIndex(0), ReserveIndex(1))
        let exposure = Exposure(
            excess: 1,
            moves: [
                Exposure.FactorMove(factor: FactorIndex(a, .collateral), change: 3),
                Exposure.FactorMove(factor: FactorIndex(b, .debt), change: -4),
            ])
        var correlations = Correlations(other: 0)
        #expect(exposure.deviation(correlations) == 5)
        correlations.set(b, a, to: 1)
        #expect(exposure.deviation(correlations) == 1)
        correlations.set(a, b, to: -1)
        #expect(exposure.deviation(correlations) == 7)
    }

    @Test func `the covariance of prices that move together is found, and of those that do not is near zero`() {
        var covariance = Covariance(count: 3, halfLife: 500)
        var generator = SeededGenerator(seed: 3)
        var logs = [0.0, 0, 0]
        for _ in 0..<4_000 {
            let common = 0.01 * generator.normal()
            logs[0] += common
            logs[1] += common / 2
            logs[2] += 0.01 * generator.normal()
            let prices = logs.map { max(1, 100 * (1 + $0 + $0 * $0 / 2 + $0 * $0 * $0 / 6)) }
            covariance.observe(prices.span)
        }
        #expect(covariance.correlation(0, 1) > 0.99)
        #expect(abs(covariance.correlation(0, 2)) < 0.15)
        // Long one and short two of its half: next to nothing is left.
        let exposures = [1.0, -2, 0]
        let variance = covariance.variance(exposures.span)
        #expect(variance < covariance.covariance(0, 0) * 0.01)
    }

    @Test func `a reliability table counts what it was told`() {
        var table = Reliability()
        for outcome in [true, false, false, false] { table.note(0.25, happened: outcome) }
        table.note(0, happened: false)
        table.note(1, happened: true)
        let bin = table.bins.first { $0.lower == 0.2 }
        #expect(bin?.count == 4)
        #expect(bin?.meanPrediction == 0.25)
        #expect(bin?.frequency == 0.25)
        #expect(table.count == 6)
        #expect(table.happened == 2)
        #expect(abs(table.brierScore - (0.5625 + 3 * 0.0625) / 6) < 1e-12)
        #expect(table.bins.last?.count == 1)
    }
}

extension SeededGenerator {
    /// Whether a random walk with Poisson jumps falls so far within one unit of time.
    fileprivate mutating func crosses(_ excess: Double, steps: Int, jumps: Double, size: Double) -> Bool {
        var left = excess
        for _ in 0..<steps {
            left += normal() / Double(steps).squareRoot()
            if fraction() < jumps / Double(steps) { left += size * normal() }
            if left < 0 { return true }
        }
        return false
    }
}
