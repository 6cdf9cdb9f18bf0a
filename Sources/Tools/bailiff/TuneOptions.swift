import Confirmation
import Console
import Foundation
import Replay
import Search
import Strategy
import StrategySearch
import StudyFile

/// What a study is asked for, as its command line says.
struct TuneOptions {
    enum Method: String, CaseIterable {
        case catcma, random, sobol, grid
    }

    enum Objective: String, CaseIterable {
        case profit
        case drawdown
        case failedGas = "failed_gas"
    }

    let training: [String]
    let holdout: [String]
    let folder: String
    let trials: Int
    let workers: Int
    let windows: Int
    let subset: Int
    let seed: UInt64
    let method: Method
    let objectives: [Objective]
    let maxDrawdown: Double?
    let maxFailedGas: Double?
    let space: StrategySpace
    /// What workers are started with beside their tapes.
    let world: [String]

    static let trialsMax = 1_000_000
    private static let foldsMin = 10

    init(_ arguments: Arguments) throws {
        guard let folder = arguments.value("study") else {
            throw CommandFailure(code: .usage, message: "--study DIR is missing; see: bailiff tune --help")
        }
        self.folder = folder
        training = arguments.values("tape")
        holdout = arguments.values("holdout")
        guard !training.isEmpty, !holdout.isEmpty else {
            throw CommandFailure(
                code: .usage,
                message:
                    "--tape FILE to search on and --holdout FILE to confirm on are both needed: what was searched on "
                    + "proves nothing; see: bailiff tune --help")
        }
        trials = try arguments.number("trials", in: 1...Self.trialsMax, default: 150)
        let cores = ProcessInfo.processInfo.activeProcessorCount
        workers = try arguments.number(
            "workers", in: 1...TrialWorkers.countMax, default: min(cores, TrialWorkers.countMax))
        windows = try arguments.number("windows", in: 1...TrialCommand.windowsMax, default: 1)
        // Below it nothing can be said of chance: whether a search overfitted is asked of halves of the folds.
        guard training.count * windows >= Self.foldsMin, holdout.count * windows >= 2 else {
            throw CommandFailure(
                code: .usage,
                message:
                    "\(training.count * windows) folds to search on and \(holdout.count * windows) held out; allowed: "
                    + "\(Self.foldsMin) and 2 or more: give more tapes, or --windows")
        }
        subset = try arguments.number("subset", in: 1...training.count, default: min(8, training.count))
        seed = UInt64(try arguments.number("seed", in: 0...Int(Int32.max), default: 1))
        method = try Self.word("sampler", arguments) ?? .catcma
        objectives = try Self.objectives(arguments)
        maxDrawdown = try Self.money("max-drawdown", arguments)
        maxFailedGas = try Self.money("max-failed-gas", arguments)
        space = try Self.space(arguments)
        world = ["preset", "strategy", "config"].flatMap { name in
            arguments.value(name).map { ["--\(name)", $0] } ?? []
        }
        _ = try TrialCommand.preset(arguments)
    }

    /// The space of `--space`, or the standard one, on the strategy that is varied.
    static func space(_ arguments: Arguments) throws -> StrategySpace {
        let base = try TrialCommand.settings(arguments).parameters
        let tuned = try arguments.value("space").map { try SpaceFile.load($0) } ?? TunedParameter.standard
        do {
            return try StrategySpace(tuned, on: base)
        } catch {
            throw CommandFailure(code: .configuration, message: refusal(error, tuned, base, arguments))
        }
    }

    /// Which file, which parameter, what it is and between which ends it may be.
    private static func refusal(
        _ error: SearchSpaceError, _ tuned: [TunedParameter], _ base: StrategyParameters, _ arguments: Arguments
    ) -> String {
        let space = arguments.value("space") ?? "the standard space"
        guard error.code == .defaultOutside, let parameter = tuned.first(where: { $0.name == error.subject }) else {
            return "\(space): \(error.subject): found \(error.code); allowed: a space that `bailiff tune space` prints"
        }
        let source = arguments.value("strategy") ?? arguments.value("config") ?? "the default strategy"
        let found = parameter.row.text(parameter.row.read(base))
        return
            "\(source): \(parameter.name): found \(found); allowed: \(parameter.low) to \(parameter.high), the ends in "
            + "\(space), or a --space with others"
    }

    private static func word<Word: RawRepresentable & CaseIterable>(
        _ option: String, _ arguments: Arguments
    ) throws -> Word? where Word.RawValue == String {
        guard let text = arguments.value(option) else { return nil }
        guard let word = Word(rawValue: text) else {
            throw UsageError.badValue(
                option: option, found: text, allowed: Word.allCases.map(\.rawValue).joined(separator: ", "))
        }
        return word
    }

    private static func objectives(_ arguments: Arguments) throws -> [Objective] {
        guard let text = arguments.value("objectives") else { return [.profit] }
        let words = text.split(separator: ",").map { Objective(rawValue: String($0)) }
        let found = words.compactMap { $0 }
        guard found.count == words.count, found.first == .profit, Set(found).count == found.count else {
            throw UsageError.badValue(
                option: "objectives", found: text, allowed: "profit, then drawdown and failed_gas, by commas")
        }
        return found
    }

    private static func money(_ option: String, _ arguments: Arguments) throws -> Double? {
        guard let text = arguments.value(option) else { return nil }
        guard let value = Double(text), value >= 0, value.isFinite else {
            throw UsageError.badValue(option: option, found: text, allowed: "whole cash tokens, 0 or more")
        }
        return value
    }

    func sampler() throws -> any Sampler {
        switch method {
        case .catcma: CatCMA(space.space, seed: seed)
        case .random: RandomSampler(space.space, seed: seed, generationSize: Self.generation)
        case .sobol: SobolSampler(space.space, seed: seed, generationSize: Self.generation)
        case .grid: try GridSampler(space.space, levels: 3, generationSize: Self.generation)
        }
    }

    private static let generation = 16

    /// As a study file gives it back: 500, not 500.0.
    private static func json(_ value: Double?) -> String {
        guard let value else { return "null" }
        return value == value.rounded() && abs(value) < 0x1p53 ? "\(Int64(value))" : "\(value)"
    }

    /// What has to be the same when a study goes on: the number of workers and of trials need not be.
    var identity: [(name: String, json: String)] {
        [
            ("format", "1"), ("space_hash", "\"\(space.space.hashText)\""), ("seed", "\(seed)"),
            ("sampler", "\"\(method.rawValue)\""), ("windows", "\(windows)"), ("subset", "\(subset)"),
            ("objectives", "\"\(objectives.map(\.rawValue).joined(separator: ","))\""),
            ("max_drawdown", Self.json(maxDrawdown)),
            ("max_failed_gas", Self.json(maxFailedGas)),
        ]
    }
}

extension TuneOptions {
    /// What is asked for beside profit, in a fixed order.
    var costs: [Objective] {
        [.drawdown, .failedGas].filter { objectives.contains($0) || bound($0) != nil }
    }

    func bound(_ cost: Objective) -> Double? {
        switch cost {
        case .profit: nil
        case .drawdown: maxDrawdown
        case .failedGas: maxFailedGas
        }
    }

    var aims: [Aim] {
        costs.map { cost in
            Aim(
                cost.name, cost == .drawdown ? .largestOfFolds : .sumOfFolds, isObjective: objectives.contains(cost),
                bound: bound(cost))
        }
    }
}

extension TuneOptions.Objective {
    /// For a reader.
    var name: String {
        switch self {
        case .profit: "profit"
        case .drawdown: "drawdown"
        case .failedGas: "failed gas"
        }
    }

    /// More is better: of a whole trial.
    func score(of outcome: StudyOutcome) -> Double {
        switch self {
        case .profit: outcome.value
        case .drawdown: -outcome.maxDrawdown
        case .failedGas: -outcome.failedGas
        }
    }

    /// More is better: of one fold.
    func score(of outcome: StudyOutcome, fold: Int) -> Double {
        switch self {
        case .profit: outcome.folds[fold] ?? 0
        case .drawdown: -(outcome.foldDrawdowns[fold] ?? 0)
        case .failedGas: -(outcome.foldFailedGas[fold] ?? 0)
        }
    }
}

extension SearchSpace {
    /// Sixteen digits.
    var hashText: String {
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
