import Testing

@testable import Search

/// What must not happen to a search, however it is led astray.
@Suite struct CatCMALimitTests {
    @Test(arguments: 0..<8 as Range<UInt64>)
    func `the borders are never left, even when everything better lies beyond them`(seed: UInt64) throws {
        let space = try SearchSpace([
            SearchParameter("x", .continuous(low: 1, high: 2, isLogarithmic: false), default: 1),
            SearchParameter("y", .continuous(low: 0.001, high: 10, isLogarithmic: true), default: 10),
            SearchParameter("n", .integer(low: -3, high: 3, isLogarithmic: false), default: -3),
            SearchParameter("m", .integer(low: 1, high: 1_000, isLogarithmic: true), default: 1_000),
            SearchParameter("c", .choice(["a", "b"]), default: 0),
        ])
        let study = SearchStudy(CatCMA(space, seed: seed), budget: 800) { $0[0] - $0[1] + $0[2] - $0[3] / 100 + $0[4] }
        for trial in study.trials { try space.check(trial.point) }
        #expect(study.best.point[0] > 1.999 && study.best.point[1] < 0.0012, "\(study.best.point)")
        #expect(Array(study.best.point.values.suffix(3)) == [3, 1, 1])
    }

    /// The first half rewards the fives; then the sixes are better by little. Without margin all samples are fives by then.
    @Test(arguments: 0..<8 as Range<UInt64>)
    func `whole numbers keep a chance of moving however narrow the rest has become`(seed: UInt64) throws {
        let space = try Spaces.mixed(continuous: 2, integers: 2, choices: 1)
        var sampler = CatCMA(space, seed: seed)
        for _ in 0..<80 {
            sampler.tell(sampler.ask().map { ScoredPoint($0, score: -Self.distance($0, 5)) })
        }
        #expect(Array(sampler.center.values[2...3]) == [5, 5])
        var moved = 0
        for _ in 0..<120 {
            let points = sampler.ask()
            moved += points.filter { $0[2] != 5 || $0[3] != 5 }.count
            sampler.tell(points.map { ScoredPoint($0, score: -Self.distance($0, 6)) })
        }
        #expect(moved > 100 && Array(sampler.center.values[2...3]) == [6, 6], "\(moved) \(sampler.center)")
    }

    private static func distance(_ point: SpacePoint, _ goal: Double) -> Double {
        let (a, b) = (point[2] - goal, point[3] - goal)
        return point[0] * point[0] + point[1] * point[1] + a * a + b * b
    }

    @Test(arguments: 0..<4 as Range<UInt64>)
    func `no choice becomes impossible`(seed: UInt64) throws {
        let space = try Spaces.mixed(continuous: 1, integers: 0, choices: 2)
        var sampler = CatCMA(space, seed: seed)
        for _ in 0..<150 {
            sampler.tell(sampler.ask().map { ScoredPoint($0, score: $0[1] == 1 && $0[2] == 1 ? 1 : 0) })
        }
        var others = 0
        for _ in 0..<150 {
            let points = sampler.ask()
            others += points.filter { $0[1] != 1 || $0[2] != 1 }.count
            sampler.tell(points.map { ScoredPoint($0, score: $0[1] == 1 && $0[2] == 1 ? 1 : 0) })
        }
        #expect(Array(sampler.center.values.suffix(2)) == [1, 1])
        #expect((50...600).contains(others), "\(others) of \(150 * sampler.generationSize)")
    }

    @Test func `equal scores, failures and enormous scores leave it able to ask`() throws {
        let space = try Spaces.mixed(continuous: 3, integers: 2, choices: 2)
        let scores: [(SpacePoint) -> Double] = [
            { _ in 0 }, { _ in -.infinity }, { _ in .nan }, { $0[0] > 0 ? -.infinity : $0[0] * 1e300 },
        ]
        for score in scores {
            let study = SearchStudy(CatCMA(space, seed: 2), budget: 3_000, score)
            for trial in study.generations.last ?? [] { try space.check(trial.point) }
        }
    }

    @Test(arguments: 0..<6 as Range<UInt64>)
    func `it keeps to what is required and searches inside it`(seed: UInt64) throws {
        let space = try Spaces.continuous(4, default: 4)
        // The sphere's middle is forbidden: the sum must be at least 2, so the best is a half in each.
        let study = SearchStudy(CatCMA(space, seed: seed), budget: 1_500) { point, _ in
            ScoredPoint(
                point, score: -point.values.reduce(0) { $0 + $1 * $1 }, violations: [2 - point.values.reduce(0, +)])
        }
        #expect(study.best.isFeasible && (study.best.score + 1).magnitude < 0.02, "\(study.best.score)")
    }

    @Test(arguments: 0..<4 as Range<UInt64>)
    func `with two objectives it lays a front between them`(seed: UInt64) throws {
        let space = try Spaces.continuous(3)
        // Nearest to −1 and nearest to 1 along the diagonal: the front is the stretch between.
        let study = SearchStudy(CatCMA(space, seed: seed), budget: 1_200) { point, _ in
            ScoredPoint(
                point,
                scores: [1.0, -1.0].map { goal in -point.values.reduce(0) { $0 + ($1 - goal) * ($1 - goal) } })
        }
        let front = ParetoFront(study.trials).positions.map { study.trials[$0] }
        #expect(front.count >= 15, "\(front.count)")
        // On the stretch √a + √b = √12 for the distances a and b; the default has 14.1.
        let worst = front.map { (-$0.scores[0]).squareRoot() + (-$0.scores[1]).squareRoot() }.max() ?? .infinity
        #expect(worst < 1.1 * 12.0.squareRoot(), "\(worst)")
    }
}
