import Configuration
import Console
import Desk
import Foundation
import Paper
import Replay
import Strategy
import StrategySearch
import Tape
import TapeCache
import TapeContent
import Units
import Winning

/// `bailiff trial`: what a strategy earns on tapes, asked and answered in JSON lines. Stateless: no network, no database, no
/// clock in any figure but the time it took; the same question has the same answer in any process.
struct TrialCommand {
    private let settings: ReplaySettings
    private let preset: PaperPreset
    private let tapes: [TrialTape]
    private let windows: Int
    private let isServing: Bool

    static let windowsMax = PaperWindows.countMax

    init(_ arguments: Arguments) throws {
        let paths = arguments.values("tape")
        guard !paths.isEmpty else {
            throw CommandFailure(code: .usage, message: "--tape FILE is missing; see: bailiff trial --help")
        }
        settings = try Self.settings(arguments)
        preset = try Self.preset(arguments)
        windows = try arguments.number("windows", in: 1...Self.windowsMax, default: 1)
        isServing = arguments.has("serve")
        let (windows, decoder) = (windows, try TapeCompileCommand.decoder(settings))
        do {
            tapes = try paths.map {
                try TrialTape(try TapeSlice($0, option: "tape"), windows: windows, decoder: decoder)
            }
        } catch let fault as CacheFault {
            throw CommandFailure(code: .missingInput, message: fault.description)
        }
        let names = tapes.map(\.name)
        if let twice = names.first(where: { name in names.count(where: { $0 == name }) > 1 }) {
            throw UsageError.badValue(option: "tape", found: "two files named \(twice)", allowed: "a name for each")
        }
    }

    /// What trials and tuning are made with beside parameters and tapes.
    static func settings(_ arguments: Arguments) throws -> ReplaySettings {
        let given = try arguments.value("config").map { try ConfigCommand.load($0) }
        var settings = ReplayCommand.settings(given ?? BotConfiguration())
        if let file = arguments.value("strategy") { settings.parameters = try StrategyParameters.load(file) }
        settings.gasMoney = given?.gasMoney ?? PaperCommand.plentyOfGas
        return settings
    }

    static func preset(_ arguments: Arguments) throws -> PaperPreset {
        let word = arguments.value("preset") ?? PaperPreset.Name.default.rawValue
        guard let name = PaperPreset.Name(rawValue: word) else {
            throw UsageError.badValue(
                option: "preset", found: word,
                allowed: PaperPreset.Name.allCases.map(\.rawValue).joined(separator: ", "))
        }
        return PaperPreset.named(name)
    }

    /// SHA-256 of what a result depends on beside program, parameters and tapes.
    static func digest(_ settings: ReplaySettings, _ preset: PaperPreset) -> String {
        var text = ReplayCommand.hash(settings.parameters)
        for row in PaperPreset.table { text += "\n\(row.name)=\(row.read(preset))" }
        text += "\n\(settings.cash.units) \(settings.gasMoney) \(settings.limits) \(settings.uses) \(settings.use)"
        text += " \(settings.transaction) \(settings.excludedTags) \(settings.winTable?.partsPerBillion ?? [])"
        return SHA256.hex(of: Array(text.utf8))
    }

    func perform() throws -> ExitCode {
        try say(
            TrialEvent.Ready(
                binary: try Tapes.digest("/proc/self/exe"), settings: Self.digest(settings, preset),
                preset: preset.name.rawValue,
                tapes: tapes.map { TrialEvent.Tape(name: $0.name, sha256: $0.header.tape, windows: windows) }))
        while let line = readLine() {
            if line.allSatisfy(\.isWhitespace) { continue }
            let code = try answer(line)
            if !isServing { return code }
        }
        // The one question was never asked.
        return isServing ? .ok : .missingInput
    }

    /// One question. What is wrong with it is answered, not thrown: a worker goes on.
    private func answer(_ line: String) throws -> ExitCode {
        guard line.utf8.count <= Self.lineBytesMax else {
            return try fail(nil, .badData, "a line of \(line.utf8.count) bytes; allowed: up to \(Self.lineBytesMax)")
        }
        let request: TrialRequest
        do {
            request = try JSONDecoder().decode(TrialRequest.self, from: Data(line.utf8))
            try StrayKey.refuse(in: Data(line.utf8), knowing: try JSONEncoder().encode(request), file: "question")
        } catch let failure as CommandFailure {
            return try fail(nil, .badData, failure.message)
        } catch {
            return try fail(nil, .badData, "no question: \(line.prefix(80)); allowed: {\"trial\":1,\"params\":{…}}")
        }
        let names = request.tapes ?? tapes.map(\.name)
        if let unknown = names.first(where: { name in !tapes.contains { $0.name == name } }) {
            let known = tapes.map(\.name).joined(separator: ", ")
            return try fail(request.trial, .missingInput, "tape \(unknown): not here; allowed: \(known)")
        }
        do {
            let parameters = try settings.parameters.changed(by: request.values())
            return try run(request, parameters, names)
        } catch let fault as StrategyParameters.TrialFault {
            return try fail(
                request.trial, .badData, "\(fault.name): found \(fault.found); allowed: \(fault.allowed)")
        } catch let fault as CacheFault {
            return try fail(request.trial, .missingInput, fault.description)
        }
    }

    private static let lineBytesMax = 1 << 20

    private func run(_ request: TrialRequest, _ parameters: StrategyParameters, _ names: [String]) throws -> ExitCode {
        let start = Clock.monotonic
        var settings = settings
        settings.parameters = parameters
        var sum = TrialSum(trial: request.trial)
        var isStopped = false
        for tape in names.compactMap({ name in tapes.first { $0.name == name } }) {
            for fold in sum.add(try tape.score(settings, preset, seed: request.seed ?? 1), tape.name) { try say(fold) }
            if request.asks == true, tape.name != names.last, readLine() == "stop" {
                isStopped = true
                break
            }
        }
        try say(sum.result(took: Clock.monotonic - start, isStopped: isStopped))
        return isStopped ? .stopped : .ok
    }

    private func fail(_ trial: UInt64?, _ code: ExitCode, _ message: String) throws -> ExitCode {
        try say(TrialEvent.Failure(trial: trial, code: code.rawValue, message: message))
        return code
    }

    private func say(_ event: some Encodable) throws {
        try StandardStreams.line(JSONText.encode(event))
    }
}

/// The folds of one trial.
struct TrialSum {
    let trial: UInt64
    private var folds: [TrialEvent.Fold] = []
    private var hashes = ""
    private var opened: UInt64 = 0

    init(trial: UInt64) { self.trial = trial }

    /// What one tape brought.
    mutating func add(_ score: PaperScore, _ tape: String) -> [TrialEvent.Fold] {
        let unit = (0..<score.cashDecimals).reduce(1.0) { value, _ in value * 10 }
        hashes += "\(tape) \(score.decisionSHA256)\n"
        opened += score.opened
        let added = score.windows.rows.enumerated().map { position, row in
            TrialEvent.Fold(
                trial: trial, tape: tape, window: position, value: Double(row.profit.units) / unit,
                drawdown: Double(row.drawdown.units) / unit, failedGas: Double(row.failedGas.units) / unit,
                bids: row.endings, won: row.won, n: folds.count + position + 1)
        }
        folds += added
        return added
    }

    func result(took: Interval, isStopped: Bool) -> TrialEvent.Result {
        TrialEvent.Result(
            trial: trial, value: folds.reduce(0) { $0 + $1.value } / Double(max(1, folds.count)),
            constraints: TrialEvent.Constraints(
                max_drawdown: folds.map(\.drawdown).max() ?? 0, failed_gas: folds.reduce(0) { $0 + $1.failedGas }),
            metrics: TrialEvent.Metrics(
                bids: folds.reduce(0) { $0 + $1.bids }, won: folds.reduce(0) { $0 + $1.won }, opened: opened,
                folds: folds.count, seconds: Double(took.nanoseconds) / 1e9),
            decisionHash: SHA256.hex(of: Array(hashes.utf8)), stopped: isStopped)
    }
}
