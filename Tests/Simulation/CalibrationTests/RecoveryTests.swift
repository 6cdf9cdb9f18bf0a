import Calibration
import Foundation
import Paper
import Testing
import Units
import Winning

/// What a preset was made with comes out of the log that it left: in nine of ten seeds within the stated interval.
@Suite struct RecoveryTests {
    /// Forty seeds in `scripts/soak`; six of them elsewhere, where a share of one figure's seeds is coarse.
    private static let isSoak = ProcessInfo.processInfo.environment["BAILIFF_SOAK"] != nil
    private static let seeds: ClosedRange<UInt64> = isSoak ? 1...40 : 1...6
    private static let worst = isSoak ? 0.8 : 0.6
    private static let inner = 1..<16

    private static func preset(_ change: (inout PaperPreset) -> Void) -> PaperPreset {
        var preset = PaperPreset.unhindered
        change(&preset)
        return preset
    }

    @Test func `what a lone rival pays and how fast it is`() throws {
        let preset = Self.preset {
            $0.rivals = 1
            // So few that most take alone in their block.
            $0.rivalPresence = .basisPoints(3_300)
            // Below an ether, which is the most that a rival pays: of a larger tip only that much would be seen.
            $0.rivalTipShare = Quantiles(from: 100, to: 1_500)
            $0.rivalLatency = Quantiles(from: 200_000, to: 3_000_000)
        }
        let file = try CalibrationWorld.tape()
        var (tips, latencies) = (Coverage(), Coverage())
        for seed in Self.seeds {
            let logs = try (0..<3).map { run in
                try CalibrationWorld.log(file, preset, seed: seed * 3 + run, bids: false)
            }
            let models = try CalibrationWorld.models(logs, seed: seed)
            tips.count(try #require(models[.rivalTipShare]), truth: preset.rivalTipShare.list)
            latencies.count(try #require(models[.rivalLatency]), truth: preset.rivalLatency.list)
        }
        print("a lone rival's tips: \(tips)\na lone rival's latency: \(latencies)")
        for found in [tips, latencies] {
            #expect(found.share(Self.inner) >= 0.9 && found.worst(Self.inner) >= Self.worst, "\(found)")
        }
    }

    @Test func `how many rivals of equal strength compete`() throws {
        let count: UInt32 = 3
        let preset = Self.preset {
            $0.rivals = count
            $0.rivalPresence = .basisPoints(6_000)
        }
        let file = try CalibrationWorld.tape()
        var found = Coverage()
        for seed in Self.seeds {
            let models = try CalibrationWorld.models(
                [CalibrationWorld.log(file, preset, seed: seed, bids: false)], seed: seed)
            found.count(try #require(models[.rivalCount]), truth: [Int64(count) * 1_000])
        }
        print("\(count) rivals: \(found)")
        #expect(found.share(0..<1) >= 0.9, "\(found)")
    }

    @Test func `the chance of being in a block, and the way to its builder`() throws {
        let preset = Self.preset {
            $0.orderLatency = Quantiles(from: 50_000, to: 300_000)
            $0.inclusionHigh = .basisPoints(8_000)
            $0.inclusionMedian = .basisPoints(6_000)
            $0.inclusionLow = .basisPoints(4_000)
        }
        let file = try CalibrationWorld.tape()
        let truths: [(ModelKey, Int64)] = [(.inclusionHigh, 8_000), (.inclusionMedian, 6_000), (.inclusionLow, 4_000)]
        var (latencies, shares) = (Coverage(), [ModelKey: Coverage]())
        for seed in Self.seeds {
            let models = try CalibrationWorld.models(
                [CalibrationWorld.log(file, preset, seed: seed, bids: true)], seed: seed)
            latencies.count(try #require(models[.orderLatency]), truth: preset.orderLatency.list)
            for (key, truth) in truths {
                if let figure = models[key] { shares[key, default: Coverage()].count(figure, truth: [truth]) }
            }
        }
        print("the order's latency: \(latencies)\nthe chance of being in a block: \(shares)")
        #expect(latencies.share(Self.inner) >= 0.9 && latencies.worst(Self.inner) >= Self.worst, "\(latencies)")
        #expect(shares.values.contains { $0.seeds == Self.seeds.count })
        for (key, found) in shares where found.seeds == Self.seeds.count {
            #expect(found.share(0..<1) >= (Self.isSoak ? 0.85 : 0.8), "\(key): \(found)")
        }
    }

    @Test func `the feed's latency`() throws {
        let truth = Quantiles(from: 100_000, to: 900_000)
        var found = Coverage()
        for seed in Self.seeds {
            var random = SeededGenerator(seed: seed)
            let file = try CalibrationWorld.tape { _ in 100_000 + Int64(random.below(800_001)) }
            var observations = Observations(seed: seed)
            try observations.read(file, title: "a day", rules: [])
            found.count(try #require(observations.fit()[.feedLatency]), truth: truth.list)
        }
        print("the feed's latency: \(found)")
        #expect(found.share(Self.inner) >= 0.9 && found.worst(Self.inner) >= Self.worst, "\(found)")
    }

    @Test func `four times the observations halve the intervals`() {
        var widths: [Double] = []
        for count in [200, 800, 3_200] {
            var sum = 0.0
            for seed in 1...10 as ClosedRange<UInt64> {
                var random = SeededGenerator(seed: seed)
                let samples = (0..<count).map { _ in Int64(random.below(1_000_000)) }
                let found = Bootstrap.quantiles(samples, &random)
                for step in Self.inner { sum += Double(found.high[step] - found.low[step]) }
            }
            widths.append(sum / 150)
        }
        print("mean width of 200, 800, 3200 observations: \(widths)")
        for (wide, narrow) in zip(widths, widths.dropFirst()) {
            #expect((0.4...0.6).contains(narrow / wide), "\(widths)")
        }
    }
}
