import Confirmation
import Console
import Foundation
import Search
import Strategy
import StrategySearch
import StudyFile
import Tape
import TapeContent
import Units

/// The figures of a study, in the stable form that `docs/tuning.md` describes.
struct TuneSummary: Codable {
    var format = 1
    var verdict: VerdictFigures
    var trials: Int
    var raceTrials: Int
    var confirmationTrials: Int
    var failedTrials: Int
    var seed: UInt64
    var sampler: String
    var preset: String
    var windows: Int
    var spaceHash: String
    var binary: String
    var settings: String
    var tapes: [TapeFigures]
    var parameters: [ParameterFigures]
    /// In the order of the search: what each trial came to, and the default on the same folds.
    var history: [TrialFigures]
    /// Who was raced to the end, the best first: mean over all folds searched on, and its gain.
    var standing: [StandingFigures]
    /// Of the race, in their order.
    var rounds: [RoundFigures]
    /// Names of what is asked for beside profit.
    var aims: [String]
    /// Positions in the history: who is beaten by nobody in the study's objectives.
    var front: [Int]
    /// The position of who was put to the confirmation; none where that is the default.
    var candidateAt: Int?
    var command: String
    var seconds: Double

    struct TapeFigures: Codable {
        var name: String
        var sha256: String
        var isSearched: Bool
        /// Held out, and yet of a tape that was searched on.
        var isStretchOfSearched: Bool
    }

    struct ParameterFigures: Codable {
        var name: String
        var unit: String
        var low: Int64
        var high: Int64
        var isLogarithmic: Bool
        var words: [String]?
        var initial: String
        var found: String
        /// The share of the scores' variance that goes with it alone (`ParameterImportance`).
        var importance: Double
    }

    struct TrialFigures: Codable {
        var id: Int
        var generation: Int
        var values: [Double]
        var value: Double?
        var initial: Double?
        /// Value less initial, and its standard error over the folds, each against the default on the same fold.
        var gain: Double?
        var gainError: Double?
        var maxDrawdown: Double?
        var failedGas: Double?
        var decisionHash: String?
    }

    init(
        _ options: TuneOptions, _ result: TuneResult, _ file: StudyFile, _ ready: TrialEvent.Ready,
        _ heldOut: HeldOutTapes, space: String?, seconds: Double
    ) {
        verdict = VerdictFigures(result.verdict)
        trials = result.trials
        func count(_ part: TuneRun.Part) -> Int {
            file.trials.count { $0.study == part.rawValue && $0.state == .complete }
        }
        (raceTrials, confirmationTrials) = (count(.race), count(.confirmation))
        failedTrials = file.trials.count { $0.state == .failed }
        (seed, sampler, windows) = (options.seed, options.method.rawValue, options.windows)
        (preset, binary, settings) = (ready.preset, ready.binary, ready.settings)
        spaceHash = options.space.space.hashText
        tapes = ready.tapes.enumerated().map { position, tape in
            TapeFigures(
                name: tape.name, sha256: tape.sha256, isSearched: position < options.training.count,
                isStretchOfSearched: heldOut.shared.contains(tape.name))
        }
        let shares = ParameterImportance.of(result.generations.flatMap { $0 }, in: options.space.space)
        parameters = zip(options.space.parameters, shares).enumerated().map { position, pair in
            let (tuned, share) = pair
            let (base, found) = (tuned.row.read(options.space.base), Int64(result.candidate[position].rounded()))
            return ParameterFigures(
                name: tuned.name, unit: tuned.row.unit, low: tuned.low, high: tuned.high,
                isLogarithmic: tuned.isLogarithmic, words: tuned.words, initial: tuned.row.text(base),
                found: tuned.row.text(found), importance: share.share)
        }
        history = Self.history(result, file)
        standing = Self.standing(result, options)
        rounds = Self.rounds(result, tapes, windows: options.windows, file)
        aims = options.aims.map(\.name)
        candidateAt = result.generations.flatMap { $0 }.firstIndex { $0.point == result.candidate }
        front = ParetoFront(result.generations.flatMap { $0 }).positions
        command = Self.command(options, space: space)
        self.seconds = seconds
    }

    private static func history(_ result: TuneResult, _ file: StudyFile) -> [TrialFigures] {
        // The first trial of the search is the default on all tapes.
        let trials = file.trials.filter { $0.study == TuneRun.Part.search.rawValue }
        var byPoint: [SpacePoint: [StudyTrial]] = [:]
        for trial in trials { byPoint[trial.point, default: []].append(trial) }
        return result.generations.enumerated().flatMap { generation, scored in
            scored.map { one -> TrialFigures in
                let trial = byPoint[one.point]?.first { $0.outcome?.value == one.score } ?? byPoint[one.point]?.first
                let outcome = trial?.outcome
                // In their order: a sum of doubles depends on it.
                let pairs = (outcome?.folds ?? [:]).sorted { $0.key < $1.key }.compactMap { fold, value in
                    result.first.folds[fold].map { (own: value, initial: $0) }
                }
                let initial = pairs.isEmpty ? nil : pairs.reduce(0) { $0 + $1.initial } / Double(pairs.count)
                return TrialFigures(
                    id: trial?.id ?? -1, generation: generation, values: one.point.values, value: outcome?.value,
                    initial: initial, gain: initial.flatMap { initial in outcome.map { $0.value - initial } },
                    gainError: standardError(pairs.map { $0.own - $0.initial }),
                    maxDrawdown: outcome?.maxDrawdown, failedGas: outcome?.failedGas,
                    decisionHash: outcome?.decisionHash)
            }
        }
    }

    /// Of a mean; nothing for fewer than two.
    private static func standardError(_ values: [Double]) -> Double? {
        guard values.count > 1 else { return nil }
        let count = Double(values.count)
        let mean = values.reduce(0, +) / count
        return (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1) / count).squareRoot()
    }

    private static func command(_ options: TuneOptions, space: String?) -> String {
        var words = ["bailiff", "tune", "--study", options.folder]
        words += options.training.flatMap { ["--tape", $0] } + options.holdout.flatMap { ["--holdout", $0] }
        words += ["--trials", "\(options.trials)", "--seed", "\(options.seed)", "--windows", "\(options.windows)"]
        words += ["--subset", "\(options.subset)", "--sampler", options.method.rawValue] + options.world
        words += ["--objectives", options.objectives.map(\.rawValue).joined(separator: ",")]
        words += options.maxDrawdown.map { ["--max-drawdown", "\($0)"] } ?? []
        words += options.maxFailedGas.map { ["--max-failed-gas", "\($0)"] } ?? []
        words += space.map { ["--space", $0] } ?? []
        return words.map(shellWord).joined(separator: " ")
    }

    /// As it is where a shell takes it so, else in quotes.
    private static func shellWord(_ word: String) -> String {
        let plain =
            !word.isEmpty
            && word.utf8.allSatisfy { byte in
                let scalar = Character(Unicode.Scalar(byte))
                return scalar.isASCII && (scalar.isLetter || scalar.isNumber || "-_./,:@%+=".contains(scalar))
            }
        return plain ? word : "'" + word.replacing("'", with: "'\\''") + "'"
    }
}
