/// The final race: the best candidates of a search and the default, on more and more tapes, half of them leaving each round.
///
/// What a search observed is too good to be true: of many points tried on few tapes the best was also lucky. So the last word
/// is spoken on all training tapes, by successive halving (Jamieson and Talwalkar, 2016). Every runner of a round meets the same
/// tapes. The default runs to the end whatever its place, because the question is whether anything beats it.
///
///     var race = Race(candidates, default: space.defaultPoint, tapes: 60, seed: 1)
///     while !race.isOver { race.tell(race.ask().map { ($0, evaluate($0)) }) }
///     race.standing                       // best first, with the default among them
public struct Race: Sendable {
    public static let roundsMax = 16
    /// The first round is on at least as many tapes, or all.
    public static let tapesMin = 8
    /// Runners of the last round, the default not counted.
    public static let finalists = 3

    public let defaultPoint: SpacePoint
    /// All tapes in the order in which rounds take them.
    private let tapes: [Int]
    private let schedule: [Round]
    private var round = 0
    private var runners: [SpacePoint]
    public private(set) var table: TapeTable
    /// Those who left, the last first.
    private var left: [SpacePoint] = []
    /// What each round that is over came to.
    public private(set) var rounds: [RoundResult] = []

    /// A round that is over: on which tapes, and who stood how.
    public struct RoundResult: Hashable, Sendable {
        public let tapes: [Int]
        /// The runners but for the default, best first, with their means over these tapes.
        public let standing: [ScoredPoint]
        /// How many of them stayed; the others left here.
        public let staying: Int
    }

    struct Round: Hashable, Sendable {
        let tapes: Int
        /// How many stay after it, the default not counted.
        let staying: Int
    }

    /// Candidates that come twice run once. What is known already goes into the table and is not asked for.
    public init(
        _ candidates: [SpacePoint], default defaultPoint: SpacePoint, tapes: Int, seed: UInt64,
        known table: TapeTable = TapeTable()
    ) {
        precondition(tapes > 0, "Condition: a race has a tape")
        var seen: Set<SpacePoint> = [defaultPoint]
        runners = candidates.filter { seen.insert($0).inserted }
        schedule = Self.schedule(runners: runners.count, tapes: tapes)
        var random = StudyRandom(seed: seed, .race)
        self.tapes = random.order(of: tapes, taking: tapes)
        self.defaultPoint = defaultPoint
        self.table = table
    }

    public var isOver: Bool { round == schedule.count }

    /// What has to be tried before the round can end, runner by runner; nothing that is known.
    public func ask() -> [TapeTrial] {
        guard !isOver else { return [] }
        return (runners + [defaultPoint]).flatMap { runner in
            tapes.prefix(schedule[round].tapes).map { TapeTrial(runner, on: $0) }.filter { table[$0] == nil }
        }
    }

    /// Ends rounds as far as everything in them is known. Results may come in any order and in parts.
    public mutating func tell(_ results: [(trial: TapeTrial, outcome: TapeOutcome)]) {
        for result in results { table[result.trial] = result.outcome }
        while !isOver, ask().isEmpty { endRound() }
    }

    private mutating func endRound() {
        let met = Array(tapes.prefix(schedule[round].tapes))
        let scored = runners.map { table.mean($0, over: met) }
        let order = Ranking.order(scored)
        let staying = schedule[round].staying
        left = order.dropFirst(staying).map { runners[$0] } + left
        rounds.append(RoundResult(tapes: met, standing: order.map { scored[$0] }, staying: staying))
        runners = order.prefix(staying).map { runners[$0] }
        round += 1
    }

    /// Who was tried on all tapes, the default among them, with the means over all tapes, best first.
    public var standing: [ScoredPoint] {
        precondition(isOver, "Condition: a standing is asked for when the race is over")
        let all = Array(tapes.sorted())
        // The default first: it wins a tie.
        let scored = ([defaultPoint] + runners).map { table.mean($0, over: all) }
        return Ranking.order(scored).map { scored[$0] }
    }

    /// Those who were passed over on the way, the last to leave first.
    public var eliminated: [SpacePoint] { left }

    /// Half of the runners leave each round and the tapes double backwards from all of them.
    static func schedule(runners: Int, tapes: Int) -> [Round] {
        var stays = [min(runners, finalists)]
        while let last = stays.last, last < runners, stays.count < roundsMax { stays.append(min(runners, last * 2)) }
        // `stays` is now: at the end, before it, …; a round starts with one number and ends with the one before.
        let starts = stays.reversed()
        return starts.enumerated().map { place, start in
            let roundsLeft = starts.count - 1 - place
            let share = roundsLeft < Int.bitWidth - 1 ? max(tapes >> roundsLeft, min(tapesMin, tapes)) : 1
            return Round(tapes: share, staying: roundsLeft == 0 ? start : stays[roundsLeft - 1])
        }
    }
}

extension Race {
    /// The candidates that a search hands over: the best of its last generations, taken in turns so that a generation that met
    /// easy tapes does not fill the field. `generations` are in order; each point once.
    public static func candidates(_ generations: [[ScoredPoint]], count: Int, lastGenerations: Int = 10)
        -> [SpacePoint]
    {
        let ranked = generations.suffix(lastGenerations).reversed().map { scored in
            Ranking.order(scored).map { scored[$0].point }
        }
        var seen: Set<SpacePoint> = []
        var picked: [SpacePoint] = []
        for rank in 0..<(ranked.map(\.count).max() ?? 0) {
            for generation in ranked where rank < generation.count && picked.count < count {
                if seen.insert(generation[rank]).inserted { picked.append(generation[rank]) }
            }
        }
        return picked
    }
}
