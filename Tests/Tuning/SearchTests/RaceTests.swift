import Testing

@testable import Search

@Suite struct RaceTests {
    /// Worth of a point: its value; on a tape a noise that all points of the tape share, and one of its own.
    private static func outcome(_ trial: TapeTrial, noise: Double) -> TapeOutcome {
        var shared = StudyRandom(seed: 5, .evaluation, UInt64(trial.tape))
        var own = StudyRandom(seed: UInt64(bitPattern: Int64(trial.point[0] * 10)), .evaluation, UInt64(trial.tape))
        return TapeOutcome(score: trial.point[0] + 10 * shared.normal() + noise * own.normal())
    }

    private static func run(_ race: inout Race, noise: Double = 1) -> [TapeTrial] {
        var asked: [TapeTrial] = []
        while !race.isOver {
            let due = race.ask()
            asked += due
            race.tell(due.map { ($0, outcome($0, noise: noise)) })
        }
        return asked
    }

    static let candidates = (1...20).map { SpacePoint([Double($0)]) }

    @Test(arguments: 0..<10 as Range<UInt64>)
    func `the best of twenty wins, far below the price of trying all on all`(seed: UInt64) {
        var race = Race(Self.candidates, default: SpacePoint([0]), tapes: 60, seed: seed)
        let asked = Self.run(&race)
        #expect(race.standing[0].point[0] >= 19, "\(race.standing)")
        #expect(asked.count < 21 * 60 / 2, "\(asked.count)")
        #expect(Set(asked).count == asked.count, "nothing is tried twice")
        #expect(race.eliminated.count == 17 && race.standing.count == 4)
    }

    @Test func `each round says on which tapes who stood how, and who left`() {
        var race = Race(Self.candidates, default: SpacePoint([0]), tapes: 60, seed: 1)
        _ = Self.run(&race)
        #expect(race.rounds.map(\.standing.count) == [20, 12, 6, 3] && race.rounds.map(\.staying) == [12, 6, 3, 3])
        #expect(race.rounds.map(\.tapes.count) == [8, 15, 30, 60])
        let left = race.rounds.reversed().flatMap { $0.standing.dropFirst($0.staying).map(\.point) }
        #expect(left == race.eliminated)
        for (round, next) in zip(race.rounds, race.rounds.dropFirst()) {
            #expect(Set(round.tapes).isSubset(of: next.tapes), "a later round has all tapes of the earlier")
            #expect(round.standing[0] == race.table.mean(round.standing[0].point, over: round.tapes))
        }
    }

    @Test func `the default runs to the end on all tapes, though it is last`() {
        var race = Race(Self.candidates, default: SpacePoint([-50]), tapes: 60, seed: 1)
        let asked = Self.run(&race)
        #expect(Set(asked.filter { $0.point == SpacePoint([-50]) }.map(\.tape)) == Set(0..<60))
        #expect(race.standing.last?.point == SpacePoint([-50]))
    }

    @Test func `what is known is not asked for, and does not change the outcome`() {
        var plain = Race(Self.candidates, default: SpacePoint([0]), tapes: 60, seed: 3)
        let asked = Self.run(&plain)
        var table = TapeTable()
        for trial in asked.enumerated().filter({ $0.offset % 3 != 0 }).map(\.element) {
            table[trial] = Self.outcome(trial, noise: 1)
        }
        var informed = Race(Self.candidates, default: SpacePoint([0]), tapes: 60, seed: 3, known: table)
        let rest = Self.run(&informed)
        #expect(rest.count == asked.count - table.count && informed.standing == plain.standing)
        // All known: over before anything is asked.
        var done = Race(Self.candidates, default: SpacePoint([0]), tapes: 60, seed: 3, known: plain.table)
        done.tell([])
        #expect(done.isOver && done.standing == plain.standing)
    }

    @Test func `results may come in any order and in parts`() {
        var whole = Race(Self.candidates, default: SpacePoint([0]), tapes: 30, seed: 4)
        _ = Self.run(&whole)
        var parts = Race(Self.candidates, default: SpacePoint([0]), tapes: 30, seed: 4)
        while let last = parts.ask().last { parts.tell([(last, Self.outcome(last, noise: 1))]) }
        #expect(parts.isOver && parts.standing == whole.standing && parts.eliminated == whole.eliminated)
    }

    @Test func `runners of a round meet the same tapes`() {
        let race = Race(Self.candidates, default: SpacePoint([0]), tapes: 60, seed: 3)
        let byPoint = Dictionary(grouping: race.ask(), by: \.point).mapValues { Set($0.map(\.tape)) }
        #expect(byPoint.count == 21 && Set(byPoint.values).count == 1)
    }

    @Test func `a winner that breaks a requirement does not win`() {
        var race = Race(Self.candidates, default: SpacePoint([0]), tapes: 16, seed: 3)
        while !race.isOver {
            race.tell(
                race.ask().map { trial in
                    let outcome = Self.outcome(trial, noise: 0)
                    return (trial, TapeOutcome(scores: outcome.scores, violations: [trial.point[0] - 12]))
                })
        }
        #expect(race.standing[0].point == SpacePoint([12]))
    }

    @Test(arguments: [0, 1, 2, 3, 4, 7, 20, 1_000], [1, 3, 8, 60, 300])
    func `any field runs on any number of tapes and ends on all of them`(runners: Int, tapes: Int) {
        let schedule = Race.schedule(runners: runners, tapes: tapes)
        #expect(schedule.last == Race.Round(tapes: tapes, staying: min(runners, Race.finalists)))
        #expect(schedule.map(\.tapes) == schedule.map(\.tapes).sorted())
        #expect(schedule.map(\.staying) == schedule.map(\.staying).sorted(by: >))
        #expect(schedule[0].tapes >= min(tapes, Race.tapesMin))
        for (one, next) in zip(schedule, schedule.dropFirst()) { #expect(one.staying <= 2 * next.staying) }
    }

    @Test func `a search hands over the best of its last generations in turns`() {
        func generation(_ values: [Double]) -> [ScoredPoint] { values.map { ScoredPoint(SpacePoint([$0]), score: $0) } }
        let generations = [
            generation([100, 99]), generation([1, 2, 3]), generation([12, 10, 11]), generation([3, 4]),
        ]
        #expect(
            Race.candidates(generations, count: 5, lastGenerations: 3).map { $0[0] } == [4, 12, 3, 11, 2],
            "3 is there twice and runs once")
        #expect(Race.candidates(generations, count: 50).count == 9)
        #expect(Race.candidates([], count: 5).isEmpty)
    }
}
