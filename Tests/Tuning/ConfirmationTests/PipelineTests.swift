import Confirmation
import Search
import Testing

/// The whole way, a hundred times each: a search of some generations, the race, the held-out tapes, the verdict.
@Suite struct PipelineTests {
    private static let training = 40
    private static let heldOut = 40..<80

    private static func space() throws -> SearchSpace {
        try SearchSpace([
            SearchParameter("x", .continuous(low: 0, high: 1, isLogarithmic: false), default: 0.2),
            SearchParameter("y", .continuous(low: 0, high: 1, isLogarithmic: false), default: 0.7),
            SearchParameter("n", .integer(low: 1, high: 8, isLogarithmic: false), default: 3),
            SearchParameter("c", .choice(["a", "b", "c"]), default: 0),
        ])
    }

    /// A tape's own luck, a point's luck on it, and what the point is worth.
    private static func outcome(_ trial: TapeTrial, _ seed: UInt64, merit: Double) -> TapeOutcome {
        var key: UInt64 = 0xCBF2_9CE4_8422_2325
        for value in trial.point.values { key = (key ^ value.bitPattern) &* 0x0000_0100_0000_01B3 }
        var shared = StudyRandom(seed: seed, .evaluation, UInt64(trial.tape))
        var own = StudyRandom(seed: seed, .evaluation, UInt64(trial.tape), key)
        let (x, y, n) = (trial.point[0] - 0.6, trial.point[1] - 0.4, (trial.point[2] - 5) / 8)
        let worth = -4 * (x * x + y * y + n * n) + (trial.point[3] == 1 ? 0.4 : 0)
        return TapeOutcome(score: 100 + 5 * shared.normal() + own.normal() + merit * worth)
    }

    private static func verdict(_ seed: UInt64, merit: Double) throws -> Verdict {
        let space = try space()
        func evaluate(_ trials: [TapeTrial]) -> [(trial: TapeTrial, outcome: TapeOutcome)] {
            trials.map { ($0, outcome($0, seed, merit: merit)) }
        }
        var sampler = CatCMA(space, seed: seed)
        var (table, generations) = (TapeTable(), [[ScoredPoint]]())
        for generation in 0..<6 {
            let tapes = TapeSubset(of: training, count: 6, seed: seed, generation: generation).tapes
            let points = sampler.ask()
            for result in evaluate(points.flatMap { point in tapes.map { TapeTrial(point, on: $0) } }) {
                table[result.trial] = result.outcome
            }
            generations.append(points.map { table.mean($0, over: tapes) })
            sampler.tell(generations[generation])
        }
        var race = Race(
            Race.candidates(generations, count: 8), default: space.defaultPoint, tapes: training, seed: seed,
            known: table)
        while !race.isOver { race.tell(evaluate(race.ask())) }
        var plan = ConfirmationPlan(
            race, trials: generations.flatMap { $0.map(\.point) }, in: space, training: training, heldOut: heldOut,
            seed: seed)
        plan.tell(evaluate(plan.ask()))
        return Verdict(plan.evidence())
    }

    @Test func `on pure noise the default is kept in at least 95 of 100 studies`() throws {
        let verdicts = try (0..<100 as Range<UInt64>).map { try Self.verdict($0, merit: 0) }
        let kept = verdicts.filter { $0.decision == .keepDefault }.count
        #expect(kept >= 95, "\(kept)")
        #expect(!verdicts.contains { $0.decision == .adopt })
        #expect(verdicts.filter { $0.evidence != nil }.count >= 50, "most races are won by luck, not by the default")
    }

    @Test func `on a clearly better landscape it is adopted in at least 45 of 50 studies`() throws {
        let verdicts = try (0..<50 as Range<UInt64>).map { try Self.verdict($0, merit: 3) }
        let adopted = verdicts.filter { $0.decision == .adopt }.count
        #expect(adopted >= 45, "\(adopted)")
        #expect(!verdicts.contains { $0.decision == .keepDefault })
    }
}
