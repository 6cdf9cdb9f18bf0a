import Calibration
import Testing
import Units

@Suite struct BootstrapTests {
    @Test func `knots of many samples are those of their distribution, each within its interval`() {
        var random = SeededGenerator(seed: 3)
        let samples = (0..<2_000).map { _ in Int64(random.below(16_001)) }
        let found = Bootstrap.quantiles(samples, &random)
        for step in 1..<16 {
            #expect(found.low[step] <= found.centre[step] && found.centre[step] <= found.high[step])
            #expect(abs(found.centre[step] - Int64(step) * 1_000) < 600, "\(step): \(found.centre)")
        }
        #expect(found.centre[0] == samples.min() && found.centre[16] == samples.max())
    }
}
