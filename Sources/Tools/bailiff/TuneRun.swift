import Confirmation
import Console
import Foundation
import Search
import StrategySearch
import StudyFile
import Units

/// The way of a study: search, race, confirmation. It is a function of its options and of what trials answer, so that a study goes
/// on by being run again: what its file knows is not asked again, and everything comes out the same.
///
/// Tapes are told apart by file; scores by *fold*, a stretch of a tape: fold `file · windows + window`.
final class TuneRun {
    private let options: TuneOptions
    private let file: StudyFile
    private let workers: TrialWorkers
    /// Names of all tapes, those to search on first.
    private let names: [String]
    private let trainingFiles: Int
    private let heldOut: HeldOutTapes
    private var progress: TuneProgress
    /// What is known, by study, point and files.
    private var known: [Key: Int] = [:]

    private struct Key: Hashable {
        let study: Int
        let point: SpacePoint
        let files: [Int]
    }

    /// The three studies of the file.
    enum Part: Int, CaseIterable {
        case search, race, confirmation
        var name: String { "bailiff-\(self)" }
    }

    init(_ options: TuneOptions, _ file: StudyFile, _ workers: TrialWorkers, names: [String], _ heldOut: HeldOutTapes)
        throws
    {
        self.options = options
        self.file = file
        self.workers = workers
        self.names = names
        self.heldOut = heldOut
        trainingFiles = options.training.count
        progress = TuneProgress(trials: options.trials, start: Clock.monotonic)
        for trial in file.trials where trial.state != .failed {
            known[Key(study: trial.study, point: trial.point, files: trial.tapes)] = trial.id
        }
    }

    private var space: SearchSpace { options.space.space }
    private var foldCount: Int { trainingFiles * options.windows }

    func perform() throws -> TuneResult {
        for part in Part.allCases { _ = try file.study(part.name) }
        let base = try search()
        let race = try race(base)
        let (candidate, verdict) = try confirm(race, base)
        progress.finish()
        try mark(candidate, verdict)
        return TuneResult(
            generations: base.generations, first: base.first, standing: race.standing, race: race.table,
            rounds: race.rounds, candidate: candidate, verdict: verdict, trials: base.points.count)
    }

    /// For `tune status`, which knows no more than the file.
    private func mark(_ candidate: SpacePoint, _ verdict: Verdict) throws {
        let study = try file.study(Part.search.name)
        try file.set("candidate", ofStudy: study, to: "\(file.searched(candidate) ?? -1)")
        try file.set("decision", ofStudy: study, to: "\"\(verdict.decision.rawValue)\"")
    }

    struct Search {
        /// The default on all training tapes.
        var first: StudyOutcome
        var generations: [[ScoredPoint]] = []
        var points: [SpacePoint] = []
        var table = TapeTable()
    }

    private func search() throws -> Search {
        let all = Array(0..<trainingFiles)
        guard let first = try evaluate([(space.defaultPoint, all)], .search)[0] else {
            throw CommandFailure(code: .badData, message: "the strategy that is varied cannot be tried itself")
        }
        var found = Search(first: first)
        note(space.defaultPoint, first, &found.table)
        progress.first = first
        var sampler = try options.sampler()
        while found.points.count < options.trials {
            let asked = sampler.ask()
            if asked.isEmpty { break }
            let subset = TapeSubset(
                of: trainingFiles, count: options.subset, seed: options.seed, generation: found.generations.count)
            let points = Array(asked.prefix(options.trials - found.points.count))
            let outcomes = try evaluate(points.map { ($0, subset.tapes) }, .search)
            let scored = zip(points, outcomes).map { self.scored($0, $1) }
            for (point, outcome) in zip(points, outcomes) { if let outcome { note(point, outcome, &found.table) } }
            found.generations.append(scored)
            found.points += points
            if points.count == asked.count { sampler.tell(scored) }
        }
        return found
    }

    /// The best of the last generations on all training tapes, the default among them.
    private func race(_ found: Search) throws -> Race {
        let candidates = Race.candidates(found.generations, count: Self.runners)
        var race = Race(
            candidates, default: space.defaultPoint, tapes: foldCount, seed: options.seed, known: found.table)
        race.tell([])
        while !race.isOver { race.tell(try answer(race.ask(), .race)) }
        return race
    }

    private static let runners = 20

    private func confirm(_ race: Race, _ found: Search) throws -> (candidate: SpacePoint, verdict: Verdict) {
        var plan = ConfirmationPlan(
            race, trials: found.points, in: space, training: foldCount,
            heldOut: foldCount..<(names.count * options.windows), seed: options.seed, aims: options.aims,
            sharesTapes: !heldOut.shared.isEmpty)
        plan.tell(try answer(plan.ask(), .confirmation))
        // Folds in the order of time: the tapes, or the stretches of the only one.
        let sizes =
            trainingFiles > 1
            ? Array(repeating: options.windows, count: trainingFiles) : Array(repeating: 1, count: options.windows)
        return (plan.candidate, Verdict(plan.evidence(foldSizes: sizes)))
    }

    /// Folds are asked for; tapes are played, and give all of theirs.
    private func answer(_ asked: [TapeTrial], _ part: Part) throws -> [(trial: TapeTrial, outcome: TapeOutcome)] {
        var order: [SpacePoint] = []
        var files: [SpacePoint: Set<Int>] = [:]
        for trial in asked {
            if files[trial.point] == nil { order.append(trial.point) }
            files[trial.point, default: []].insert(trial.tape / options.windows)
        }
        // One trial for the tapes that were searched on, another for those that were not.
        let questions = order.flatMap { point -> [(SpacePoint, [Int])] in
            let all = (files[point] ?? []).sorted()
            let parts = [all.filter { $0 < trainingFiles }, all.filter { $0 >= trainingFiles }]
            return parts.filter { !$0.isEmpty }.map { (point, $0) }
        }
        let outcomes = try evaluate(questions, part)
        return zip(questions, outcomes).flatMap { question, outcome in
            question.1.flatMap { file in
                (0..<options.windows).map { window in
                    let fold = file * options.windows + window
                    return (
                        TapeTrial(question.0, on: fold),
                        outcome.map { self.outcome($0, fold) }
                            ?? TapeOutcome(
                                scores: options.objectives.map { _ in -.infinity },
                                costs: options.costs.map { _ in .infinity })
                    )
                }
            }
        }
    }

    /// What trials come to, in the order of the questions; `nil` where one failed.
    private func evaluate(_ questions: [(SpacePoint, [Int])], _ part: Part) throws -> [StudyOutcome?] {
        var ids: [Int] = []
        var open: [Int] = []
        for (point, files) in questions {
            let key = Key(study: part.rawValue, point: point, files: files)
            let id = try known[key] ?? file.begin(point, onTapes: files, inStudy: part.rawValue)
            known[key] = id
            ids.append(id)
            if file.trials[id].state == .running, !open.contains(id) { open.append(id) }
        }
        try workers.ask(open.map { request(file.trials[$0]) }) { position, answer in
            try end(open[position], answer)
            progress.show(part, file.trials[open[position]])
        }
        return ids.map { file.trials[$0].outcome }
    }

    private func request(_ trial: StudyTrial) -> TrialRequest {
        var params: [String: TrialValue] = [:]
        for (parameter, value) in zip(options.space.parameters, options.space.values(at: trial.point)) {
            params[parameter.name] = TrialValue(value.value, of: parameter.row)
        }
        return TrialRequest(
            trial: UInt64(trial.id), params: params, tapes: trial.tapes.map { names[$0] }, seed: options.seed)
    }

    private func end(_ id: Int, _ answer: TrialAnswer) throws {
        guard let result = answer.result else {
            let failure = answer.failure
            // Parameters that contradict each other are a bad trial; anything else is a bad study.
            guard failure?.code == ExitCode.badData.rawValue else {
                throw CommandFailure(
                    code: failure.flatMap { ExitCode(rawValue: $0.code) } ?? .internalFault,
                    message: failure?.message ?? "a worker gave no answer")
            }
            return try file.end(id, nil)
        }
        var (folds, drawdowns, gas) = ([Int: Double](), [Int: Double](), [Int: Double]())
        for fold in answer.folds {
            guard let tape = names.firstIndex(of: fold.tape) else { continue }
            let position = tape * options.windows + fold.window
            (folds[position], drawdowns[position], gas[position]) = (fold.value, fold.drawdown, fold.failedGas)
        }
        let outcome = StudyOutcome(
            folds: folds, value: result.value, maxDrawdown: result.constraints.max_drawdown,
            failedGas: result.constraints.failed_gas, decisionHash: result.decisionHash, foldDrawdowns: drawdowns,
            foldFailedGas: gas)
        try file.end(id, outcome, violations: violations(outcome))
    }

    private func scored(_ point: SpacePoint, _ outcome: StudyOutcome?) -> ScoredPoint {
        guard let outcome else { return ScoredPoint(point, scores: options.objectives.map { _ in -.infinity }) }
        return ScoredPoint(
            point, scores: options.objectives.map { $0.score(of: outcome) }, violations: violations(outcome))
    }

    /// A requirement that one trial broke stays broken in a mean over folds: what another leaves free does not pay for it.
    private func outcome(_ outcome: StudyOutcome, _ fold: Int) -> TapeOutcome {
        TapeOutcome(
            scores: options.objectives.map { $0.score(of: outcome, fold: fold) },
            violations: violations(outcome).map { max(0, $0) },
            costs: options.costs.map { -$0.score(of: outcome, fold: fold) })
    }

    private func violations(_ outcome: StudyOutcome) -> [Double] {
        [options.maxDrawdown.map { outcome.maxDrawdown - $0 }, options.maxFailedGas.map { outcome.failedGas - $0 }]
            .compactMap { $0 }
    }

    private func note(_ point: SpacePoint, _ found: StudyOutcome, _ table: inout TapeTable) {
        for fold in found.folds.keys { table[TapeTrial(point, on: fold)] = outcome(found, fold) }
    }
}

/// What a study comes to.
struct TuneResult {
    var generations: [[ScoredPoint]]
    /// The default on all training tapes.
    var first: StudyOutcome
    /// Who was raced to the end, best first, with the means over all training folds.
    var standing: [ScoredPoint]
    var race: TapeTable
    var rounds: [Race.RoundResult]
    var candidate: SpacePoint
    var verdict: Verdict
    var trials: Int
}
