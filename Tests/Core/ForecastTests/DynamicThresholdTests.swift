import Forecast
import Testing
import Units

@Suite struct DynamicThresholdTests {
    private let policy = ThresholdPolicy(
        multiplier: 3, horizon: .seconds(3_600), liquidationBonus: .basisPoints(10_500), least: .basisPoints(5_000),
        most: .basisPoints(9_000), hourlyMove: .basisPoints(120))

    private func at(_ seconds: Int64) -> Moment { Moment(nanoseconds: seconds * 1_000_000_000) }

    @Test(arguments: [(0.0, 9_000), (0.02, 8_952), (0.05, 8_095), (0.1, 6_666), (0.5, 5_000), (9.0, 5_000)])
    func `the target leaves room for a rare move and the bonus, within its bounds`(deviation: Double, points: Int) {
        #expect(policy.target(deviation: deviation) == .basisPoints(UInt32(points)))
    }

    @Test func `a threshold moves no faster than it may, however often it is asked`() {
        for spacing: Int64 in [1, 17, 600] {
            var threshold = DynamicThreshold(policy, from: .basisPoints(8_000), at: at(0))
            var time: Int64 = 0
            while time + spacing <= 3_600 {
                time += spacing
                _ = threshold.approach(.basisPoints(5_000), at: at(time))
                let most = 120 * time / 3_600
                #expect(8_000 - Int64(threshold.current.count) <= most, "\(spacing) at \(time)")
            }
            #expect(threshold.current <= .basisPoints(7_882), "\(spacing): it does not fall behind either")
        }
    }

    @Test func `it stops at its target and starts again from when the target moved`() {
        var threshold = DynamicThreshold(policy, from: .basisPoints(8_000), at: at(0))
        let first = threshold.approach(.basisPoints(8_001), at: at(3_600))
        #expect(first && threshold.current == .basisPoints(8_001))
        // A day at the target buys no leap.
        let moves = [(8_001, 90_000), (5_000, 90_010), (5_000, 90_030)].map { target, time in
            threshold.approach(.basisPoints(UInt32(target)), at: at(Int64(time)))
        }
        #expect(moves == [false, false, true])
        #expect(threshold.current == .basisPoints(8_000))
    }

    @Test func `time that runs back moves nothing`() {
        var threshold = DynamicThreshold(policy, from: .basisPoints(8_000), at: at(100))
        let moved = threshold.approach(.basisPoints(5_000), at: at(50))
        #expect(!moved)
        #expect(threshold.current == .basisPoints(8_000))
    }
}
