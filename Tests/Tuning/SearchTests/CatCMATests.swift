import Testing

@testable import Search

/// Known functions at fixed seeds. What the search reaches is deterministic; limits leave an order of magnitude.
@Suite struct CatCMATests {
    @Test(arguments: 0..<10 as Range<UInt64>)
    func `it finds the middle of a sphere and of an ellipsoid a thousand times longer than wide`(seed: UInt64) throws {
        let space = try Spaces.continuous(6)
        let sphere = SearchStudy(CatCMA(space, seed: seed), budget: 1_000) { -$0.values.reduce(0) { $0 + $1 * $1 } }
        #expect(sphere.best.score > -1e-6, "\(sphere.best.score)")
        let ellipsoid = SearchStudy(CatCMA(space, seed: seed), budget: 2_000) { point in
            -point.values.enumerated().reduce(0) { $0 + Double(1 << (4 * $1.offset)) * $1.element * $1.element }
        }
        #expect(ellipsoid.best.score > -1e-4, "\(ellipsoid.best.score)")
    }

    @Test(arguments: 0..<10 as Range<UInt64>)
    func `it finds whole numbers and choices along with the rest`(seed: UInt64) throws {
        let space = try Spaces.mixed(continuous: 3, integers: 3, choices: 3)
        let study = SearchStudy(CatCMA(space, seed: seed), budget: 1_500) { point in
            -point.values.prefix(6).reduce(0) { $0 + $1 * $1 } - Double(point.values.suffix(3).filter { $0 != 2 }.count)
        }
        #expect(study.best.score > -1e-4 && Array(study.best.point.values.suffix(6)) == [0, 0, 0, 2, 2, 2])
    }

    @Test(arguments: 0..<10 as Range<UInt64>)
    func `choices alone are found though one of them is needed for the next to count`(seed: UInt64) throws {
        let space = try Spaces.mixed(continuous: 0, integers: 0, choices: 6, names: 5)
        // Leading ones: a choice counts when all before it are right.
        let study = SearchStudy(CatCMA(space, seed: seed), budget: 1_200) { point in
            Double(point.values.prefix { $0 == 3 }.count)
        }
        #expect(study.best.score == 6, "\(study.best.score)")
    }

    @Test(arguments: 0..<10 as Range<UInt64>)
    func `steps and noise do not stop it`(seed: UInt64) throws {
        let space = try Spaces.mixed(continuous: 4, integers: 2, choices: 1)
        func truth(_ point: SpacePoint) -> Double {
            let numbers = point.values.prefix(6).reduce(0) { $0 + ($1 * 2).rounded() * ($1 * 2).rounded() / 4 }
            return -numbers - (point[6] == 1 ? 0 : 3)
        }
        var noise = StudyRandom(seed: seed, .evaluation)
        var sampler = CatCMA(space, seed: seed)
        for _ in 0..<60 { sampler.tell(sampler.ask().map { ScoredPoint($0, score: truth($0) + noise.normal()) }) }
        #expect(truth(sampler.center) > -2.5 && truth(space.defaultPoint) == -111, "\(truth(sampler.center))")
    }

    @Test func `at fixed seeds it does what it always did`() throws {
        let space = try Spaces.mixed(continuous: 3, integers: 2, choices: 2)
        let reached = (0..<4 as Range<UInt64>).map { seed in
            SearchStudy(CatCMA(space, seed: seed), budget: 200) { point in
                -point.values.prefix(5).reduce(0) { $0 + $1 * $1 } - (point[5] == 1 ? 0 : 2) - (point[6] == 3 ? 0 : 2)
            }.best.score
        }
        #expect(reached == [-2.548420040827176, -4.255495169058165, -0.46695684693610895, -3.1109184121511597])
    }

    @Test func `only the order of the scores counts`() throws {
        let space = try Spaces.mixed(continuous: 3, integers: 2, choices: 2)
        func study(_ bend: @escaping (Double) -> Double) -> [SpacePoint] {
            SearchStudy(CatCMA(space, seed: 3), budget: 300) { bend(-$0.values.reduce(0) { $0 + $1 * $1 }) }.trials
                .map(\.point)
        }
        let plain = study { $0 }
        #expect(plain == study { 1e3 * $0 - 7 } && plain == study { -(1 - $0).squareRoot() })
        #expect(plain != study { -$0 })
    }

    @Test(arguments: 0..<6 as Range<UInt64>)
    func `told its finished generations again it asks what it would have asked`(seed: UInt64) throws {
        let space = try Spaces.mixed(continuous: 3, integers: 2, choices: 2)
        let study = SearchStudy(CatCMA(space, seed: seed), budget: 300) { -$0.values.reduce(0) { $0 + $1 * $1 } }
        var (again, original) = (CatCMA(space, seed: seed), CatCMA(space, seed: seed))
        for generation in study.generations.dropLast() {
            // Rebuilt without a single ask.
            again.tell(generation)
            _ = original.ask()
            original.tell(generation)
        }
        let asked = again.ask()
        let wanted = original.ask()
        #expect(asked == wanted && asked == study.lastAsked)
        var other = CatCMA(space, seed: seed + 100)
        let others = other.ask()
        #expect(Set(others.dropFirst()).isDisjoint(with: study.generations[0].map(\.point)))
    }

    @Test func `points that were not asked are not told`() async throws {
        await #expect(processExitsWith: .failure) {
            var sampler = CatCMA(try Spaces.continuous(3), seed: 1)
            sampler.tell(sampler.ask().reversed().map { ScoredPoint($0, score: 0) })
        }
        await #expect(processExitsWith: .failure) {
            var sampler = CatCMA(try Spaces.continuous(3), seed: 1)
            sampler.tell(sampler.ask().dropLast().map { ScoredPoint($0, score: 0) })
        }
    }
}
