import Testing

@testable import Search

@Suite struct PlainSamplerTests {
    /// Sobol's points as scipy.stats.qmc.Sobol(40, scramble=False) gives them, in Gray code order: at a position, the coordinates
    /// 0, 1, 2, 3, 4, 9, 19, 31, 39.
    static let published: [(UInt32, [Double])] = [
        (1, [0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5]),
        (2, [0.75, 0.25, 0.25, 0.25, 0.75, 0.75, 0.25, 0.25, 0.25]),
        (3, [0.25, 0.75, 0.75, 0.75, 0.25, 0.25, 0.75, 0.75, 0.75]),
        (4, [0.375, 0.375, 0.625, 0.875, 0.375, 0.625, 0.125, 0.125, 0.875]),
        (5, [0.875, 0.875, 0.125, 0.375, 0.875, 0.125, 0.625, 0.625, 0.375]),
        (7, [0.125, 0.625, 0.375, 0.125, 0.125, 0.875, 0.875, 0.875, 0.125]),
        (31, [0.03125, 0.53125, 0.90625, 0.96875, 0.96875, 0.59375, 0.71875, 0.40625, 0.34375]),
        (63, [0.015625, 0.796875, 0.359375, 0.453125, 0.859375, 0.578125, 0.234375, 0.921875, 0.171875]),
    ]

    @Test func `the sequence is Sobol's as published`() {
        let sequence = SobolSequence(dimensions: 40)
        for (position, coordinates) in Self.published {
            let point = sequence.point(position)
            #expect([0, 1, 2, 3, 4, 9, 19, 31, 39].map { point[$0] } == coordinates, "\(position)")
        }
        // All coordinates of the first 64 points, each by its place: the same sums as scipy's.
        var (sum, weighted) = (0.0, 0.0)
        for position in 0..<64 as Range<UInt32> {
            for (column, x) in sequence.point(position).enumerated() {
                sum += x
                weighted += x * Double(position + 1) * Double(column + 1)
            }
        }
        #expect(sum == 1_260 && weighted == 852_147)
    }

    @Test(arguments: [nil, 1, 2] as [UInt64?])
    func `in every dimension 64 points of the sequence fill 64 cells, shifted or not`(seed: UInt64?) {
        let sequence = SobolSequence(dimensions: 40, seed: seed)
        let points = (0..<64 as Range<UInt32>).map(sequence.point)
        for dimension in 0..<40 {
            #expect(Set(points.map { Int($0[dimension] * 64) }).count == 64, "\(dimension)")
        }
    }

    @Test func `random, Sobol and grid begin with the default and stay inside`() throws {
        let space = try Spaces.mixed(continuous: 3, integers: 2, choices: 2)
        let samplers: [any Sampler] = [
            RandomSampler(space, seed: 1, generationSize: 7), SobolSampler(space, seed: 1, generationSize: 7),
            try GridSampler(space, levels: 3, generationSize: 7), CatCMA(space, seed: 1),
        ]
        for sampler in samplers {
            let study = SearchStudy(sampler, budget: 500) { $0[0] }
            #expect(study.trials[0].point == space.defaultPoint)
            for trial in study.trials { try space.check(trial.point) }
            #expect(Set(study.trials.map(\.point)).count > 300, "points differ")
        }
    }

    @Test func `asked twice, a sampler gives the same generation`() throws {
        let space = try Spaces.mixed(continuous: 3, integers: 2, choices: 2)
        let samplers: [any Sampler] = [
            RandomSampler(space, seed: 1, generationSize: 7), SobolSampler(space, seed: 1, generationSize: 7),
            try GridSampler(space, levels: 3, generationSize: 7), CatCMA(space, seed: 1),
        ]
        for original in samplers {
            var sampler = original
            let first = sampler.ask()
            let second = sampler.ask()
            #expect(first == second)
            sampler.tell(first.map { ScoredPoint($0, score: 0) })
            let third = sampler.ask()
            #expect(Set(third).isDisjoint(with: first))
        }
    }

    @Test func `a grid has every combination once and then ends`() throws {
        let space = try SearchSpace([
            SearchParameter("x", .continuous(low: 0, high: 1, isLogarithmic: false), default: 0.3),
            SearchParameter("n", .integer(low: 1, high: 2, isLogarithmic: false), default: 1),
            SearchParameter("m", .integer(low: 0, high: 100, isLogarithmic: false), default: 1),
            SearchParameter("c", .choice(["a", "b", "c", "d"]), default: 0),
        ])
        let grid = try GridSampler(space, levels: 3, generationSize: 10)
        let study = SearchStudy(grid, budget: 10_000) { _ in 0 }
        #expect(grid.gridCount == 3 * 2 * 3 * 4 && study.trials.count == 73)
        #expect(Set(study.trials.map(\.point)).count == 73)
        #expect(
            study.trials[1].point == SpacePoint([0, 1, 0, 0]) && study.trials[2].point == SpacePoint([0, 1, 0, 1]))
        #expect(study.trials[72].point == SpacePoint([1, 2, 100, 3]))
        var ended = study.sampler
        let rest = ended.ask()
        #expect(rest.isEmpty)
    }

    @Test func `a grid too large to count is refused`() throws {
        let space = try Spaces.continuous(40)
        #expect(throws: SearchSpaceError(.badGrid, "x22")) { try GridSampler(space, levels: 5, generationSize: 1) }
        #expect(throws: SearchSpaceError(.badGrid)) { try GridSampler(space, levels: 1, generationSize: 1) }
    }
}
