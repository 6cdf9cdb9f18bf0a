import Search
import Testing

@testable import Confirmation

@Suite struct StatisticsTests {
    private static func normals(_ count: Int, _ seed: UInt64, mean: Double = 0) -> [Double] {
        var random = StudyRandom(seed: seed, .evaluation, 7)
        return (0..<count).map { _ in mean + random.normal() }
    }

    /// Of 200 samples without a difference about ten may miss it; of those of a bootstrap with 40 tapes a few more.
    @Test func `the interval holds the truth about as often as it says`() {
        let missed = (0..<200 as Range<UInt64>).filter { seed in
            let zero = Array(repeating: 0.0, count: 40)
            let interval = MeanDifference(
                candidate: Self.normals(40, seed, mean: 0.3), baseline: zero, seed: seed, resamples: 300)
            return interval.low > 0.3 || interval.high < 0.3
        }
        #expect((4...24).contains(missed.count), "\(missed.count) of 200")
    }

    @Test func `what the tapes have in common falls out of a paired difference`() {
        let tapes = Self.normals(50, 1).map { $0 * 1_000 }
        let better = tapes.enumerated().map { $0.element + 1 + Double($0.offset % 2) * 0.1 }
        let interval = MeanDifference(candidate: better, baseline: tapes, seed: 3)
        #expect((interval.mean - 1.05).magnitude < 1e-9 && interval.low > 1 && interval.high < 1.1)
        #expect(interval.chanceAboveZero == 1 && interval.tapes == 50)
        #expect(interval == MeanDifference(candidate: better, baseline: tapes, seed: 3))
        #expect(interval != MeanDifference(candidate: better, baseline: tapes, seed: 4))
    }

    /// Runs of ten equal differences: drawn one by one they look like ten times as much evidence as they are.
    @Test func `blocks make the interval wider where neighbours are alike`() {
        let runs = Self.normals(10, 5).flatMap { Array(repeating: $0, count: 10) }
        let zero = Array(repeating: 0.0, count: 100)
        let single = MeanDifference(candidate: runs, baseline: zero, seed: 1)
        let blocks = MeanDifference(candidate: runs, baseline: zero, seed: 1, block: 10)
        #expect(blocks.high - blocks.low > 1.8 * (single.high - single.low), "\(single) \(blocks)")
        #expect(blocks.low < blocks.mean && blocks.mean < blocks.high)
    }

    @Test func `choosing among noise overfits about half of the time, choosing the truly best never`() {
        var chances: [Double] = []
        for seed in 0..<20 as Range<UInt64> {
            let noise = (0..<10 as Range<UInt64>).map { Self.normals(40, seed * 100 + $0) }
            chances.append(OverfittingChance(noise, baseline: 0, blocks: 8).chance)
        }
        let mean = chances.reduce(0, +) / 20
        #expect((0.35...0.65).contains(mean), "\(mean)")
        let clear = (0..<10 as Range<UInt64>).map { Self.normals(40, $0, mean: Double($0) * 2) }
        let found = OverfittingChance(clear, baseline: 0)
        #expect(found.chance == 0 && found.lossChance == 0 && found.splits == 252)
    }

    @Test func `more trials make the same gain worth less`() {
        let gains = Self.normals(60, 2, mean: 0.4)
        let chances = [1, 10, 100, 1_000].map { DeflatedScore(gains: gains, trials: $0, trialVariance: 0.02).chance }
        #expect(chances == chances.sorted(by: >) && chances[0] > 0.99 && chances[3] < 0.7, "\(chances)")
        let flat = DeflatedScore(gains: Array(repeating: 0, count: 20), trials: 5, trialVariance: 0.02)
        #expect(flat.chance == 0 && flat.ratio == 0)
    }

    @Test func `the expected maximum is the mean of the best of many draws`() {
        var random = StudyRandom(seed: 1, .evaluation)
        var sum = 0.0
        for _ in 0..<400 {
            var best = -Double.infinity
            for _ in 0..<50 { best = max(best, random.normal()) }
            sum += best
        }
        #expect((DeflatedScore.expectedMaximum(50, 1) - sum / 400).magnitude < 0.08, "\(sum / 400)")
    }

    @Test func `walking forward tests each choice on the next fold only`() throws {
        // Row 0 is the default. Row 1 is good on folds 0 and 1 and bad on 2; row 2 is good from fold 1 on.
        let walk = WalkForward([[0, 0, 0, 0], [3, 3, -6, 0], [-1, 2, 4, 5]], baseline: 0)
        #expect(walk.steps.map(\.chosen) == [1, 1, 2] && walk.steps.map(\.trained) == [1, 2, 3])
        let trained: [Double] = [3, 3, 5.0 / 3]
        #expect(walk.steps.map(\.testedGain) == [3, -6, 5])
        #expect(walk.steps.map(\.trainedGain) == trained)
        let two: Double = 2.0 / 3
        #expect((walk.testedGain - two).magnitude < 1e-15)
        #expect((walk.keptShare - two).magnitude < 1e-15)
        let efficiency = try #require(walk.efficiency)
        #expect((efficiency - 6.0 / 23).magnitude < 1e-15)
        // Nothing better than the default: it is chosen, and neither gains nor loses.
        let none = WalkForward([[1, 1, 1], [0, 2, 0]], baseline: 0)
        #expect(none.steps.map(\.chosen) == [0, 0] && none.efficiency == nil && none.keptShare == 1)
    }

    @Test func `importance finds the parameters that matter, and nothing in noise`() throws {
        let space = try SearchSpace([
            SearchParameter("strong", .continuous(low: 0, high: 1, isLogarithmic: false), default: 0.5),
            SearchParameter("weak", .integer(low: 1, high: 4, isLogarithmic: false), default: 1),
            SearchParameter("none", .continuous(low: 0, high: 1, isLogarithmic: false), default: 0.5),
            SearchParameter("kind", .choice(["a", "b", "c"]), default: 0),
        ])
        var sampler = RandomSampler(space, seed: 1, generationSize: 400)
        var noise = StudyRandom(seed: 2, .evaluation)
        let trials = sampler.ask().map { point in
            let hill: Double = 40 * (point[0] - 0.5) * (point[0] - 0.5)
            let choice: Double = point[3] == 1 ? 3 : 0
            return ScoredPoint(point, score: choice - hill + point[1] + noise.normal())
        }
        let shares = ParameterImportance.of(trials, in: space).map(\.share)
        #expect(shares[0] > 0.5 && (0.03...0.2).contains(shares[1]) && shares[2] < 0.01, "\(shares)")
        #expect((0.1...0.3).contains(shares[3]) && shares.reduce(0, +) < 1, "\(shares)")
    }
}
