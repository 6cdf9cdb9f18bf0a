public import Search

/// The way from a finished race to a verdict: what still has to be tried, and the figures when it was.
///
/// The candidate is the winner of the race; with further objectives, of those who are not worse in one of them, the one with the
/// greatest score. Asked for are: its neighbours one step away and a sample of the search's trials, all on
/// the training tapes, and the candidate and the default on the held-out tapes, once. Tapes are numbered through, training
/// tapes from 0. When the default won there is nothing to ask.
///
///     var plan = ConfirmationPlan(race, trials: trials, in: space, training: 60, heldOut: 60..<120, seed: 1)
///     plan.tell(plan.ask().map { ($0, evaluate($0)) })
///     let verdict = Verdict(plan.evidence())
public struct ConfirmationPlan: Sendable {
    /// Trials of the search, evenly spread over it, that are tried on all training tapes besides the finalists. The chance of
    /// overfitting is a statement about choosing, so there has to be something to choose from.
    public static let sampledTrials = 12

    public let candidate: SpacePoint
    public let isDefault: Bool
    private let space: SearchSpace
    private let rows: [SpacePoint]
    private let neighbours: [SpacePoint]
    private let training: [Int]
    private let heldOut: [Int]
    private let trialCount: Int
    private let aims: [Aim]
    private let sharesTapes: Bool
    private let seed: UInt64
    private var table: TapeTable

    /// - Parameters:
    ///   - trials: all that the search tried, in order; their true number goes into the deflated score.
    ///   - aims: what is asked for beside the first objective; outcomes carry a cost for each.
    ///   - sharesTapes: whether held out are also stretches of tapes that were searched on.
    public init(
        _ race: Race, trials: [SpacePoint], in space: SearchSpace, training: Int, heldOut: Range<Int>, seed: UInt64,
        aims: [Aim] = [], sharesTapes: Bool = false
    ) {
        precondition(
            !heldOut.isEmpty && heldOut.lowerBound >= training, "Condition: held-out tapes were not trained on")
        let standing = race.standing.map(\.point)
        candidate = Self.candidate(race, aims, Array(0..<training), seed)
        self.aims = aims
        self.sharesTapes = sharesTapes
        isDefault = candidate == race.defaultPoint
        self.space = space
        self.training = Array(0..<training)
        self.heldOut = Array(heldOut)
        self.seed = seed
        trialCount = trials.count
        table = race.table
        let sample = (0..<min(Self.sampledTrials, trials.count)).map { trials[$0 * trials.count / Self.sampledTrials] }
        var seen: Set<SpacePoint> = []
        // The default first: it is the baseline of the table.
        rows = ([race.defaultPoint] + standing + sample).filter { seen.insert($0).inserted }
        neighbours = PlateauCheck.neighbours(of: candidate, in: space).map(\.point)
    }

    /// With one objective the best of the race. With several its order is that of fronts, on which whoever does nothing, and so risks
    /// nothing, stands as well as whoever earns most: so the verdict's own rule is applied to the training tapes first.
    private static func candidate(_ race: Race, _ aims: [Aim], _ training: [Int], _ seed: UInt64) -> SpacePoint {
        let standing = race.standing
        let objectives = aims.indices.filter { aims[$0].isObjective }
        guard !objectives.isEmpty else { return standing[0].point }
        func isWorse(_ point: SpacePoint) -> Bool {
            objectives.contains { position in
                AimFinding(
                    aims[position], candidate: race.table.costs(point, over: training, at: position),
                    baseline: race.table.costs(race.defaultPoint, over: training, at: position), seed: seed
                ).isWorse
            }
        }
        let allowed = standing.filter { $0.isFeasible && $0.score.isFinite && !isWorse($0.point) }
        let most = allowed.map(\.score).max()
        let best = allowed.filter { $0.score == most }.map(\.point)
        return best.contains(race.defaultPoint) ? race.defaultPoint : best.first ?? standing[0].point
    }

    /// Nothing that is known.
    public func ask() -> [TapeTrial] {
        guard !isDefault else { return [] }
        let trained = (rows + neighbours).flatMap { point in training.map { TapeTrial(point, on: $0) } }
        let held = [candidate, rows[0]].flatMap { point in heldOut.map { TapeTrial(point, on: $0) } }
        var seen: Set<TapeTrial> = []
        return (trained + held).filter { table[$0] == nil && seen.insert($0).inserted }
    }

    public mutating func tell(_ results: [(trial: TapeTrial, outcome: TapeOutcome)]) {
        for result in results { table[result.trial] = result.outcome }
    }

    /// Everything that was asked for must be known. With `foldSizes` the training tapes are folds in the order of time.
    public func evidence(foldSizes: [Int] = []) -> Evidence? {
        guard !isDefault else { return nil }
        let scores = rows.map { table.scores($0, over: training) }
        let own = table.scores(candidate, over: training)
        let deflated = DeflatedScore(
            gains: zip(own, scores[0]).map { $0 - $1 }, trials: trialCount,
            trialVariance: DeflatedScore.varianceWithoutMerit(tapes: training.count))
        let heldOutGain = MeanDifference(
            candidate: table.scores(candidate, over: heldOut), baseline: table.scores(rows[0], over: heldOut),
            seed: seed)
        return Evidence(
            candidate: candidate, heldOut: heldOutGain, overfitting: OverfittingChance(scores, baseline: 0),
            deflated: deflated, plateau: plateau(Self.mean(own), Self.mean(scores[0])),
            walkForward: foldSizes.count < 2 ? nil : WalkForward(Self.folded(scores, foldSizes), baseline: 0),
            aims: aims.indices.map { position in
                AimFinding(
                    aims[position], candidate: table.costs(candidate, over: heldOut, at: position),
                    baseline: table.costs(rows[0], over: heldOut, at: position), seed: seed)
            },
            sharesTapes: sharesTapes)
    }

    private func plateau(_ own: Double, _ first: Double) -> PlateauCheck {
        PlateauCheck(candidate, in: space, candidateScore: own, defaultScore: first) { point in
            Self.mean(table.scores(point, over: training))
        }
    }

    private static func folded(_ scores: [[Double]], _ sizes: [Int]) -> [[Double]] {
        scores.map { row in
            var start = 0
            return sizes.map { size in
                defer { start += size }
                return mean(Array(row[start..<start + size]))
            }
        }
    }

    private static func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
}
