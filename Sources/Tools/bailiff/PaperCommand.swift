import Configuration
import Console
import Desk
import Foundation
import MCAP
import Paper
import Replay
import Strategy
import Tape
import TapeContent
import Units

/// `bailiff paper`: what would have been earned on tapes, under several assumptions side by side.
struct PaperCommand {
    private let tapes: [String]
    private let presets: [PaperPreset]
    private let settings: ReplaySettings
    private let configuration: BotConfiguration
    private let seed: UInt64
    private let range: ClosedRange<UInt64>
    private let out: String?
    private let page: PaperPageFile?
    private let wantsJSON: Bool
    private let log: LineFile?

    init(_ arguments: Arguments) throws {
        tapes = arguments.values("tape")
        guard !tapes.isEmpty else {
            throw CommandFailure(code: .usage, message: "--tape FILE is missing; see: bailiff paper --help")
        }
        presets = try Self.presets(arguments)
        seed = UInt64(try arguments.number("seed", in: 0...Int(Int32.max), default: 1))
        range = try TapeTime.range(arguments)
        let given = try arguments.value("config").map { try ConfigCommand.load($0) }
        let configuration = given ?? BotConfiguration()
        var settings = ReplayCommand.settings(configuration)
        if let file = arguments.value("strategy") { settings.parameters = try StrategyParameters.load(file) }
        // Without a configuration gas money is not what ends a run.
        settings.gasMoney = given?.gasMoney ?? Self.plentyOfGas
        self.settings = settings
        self.configuration = configuration
        out = try NewFile.path("out", arguments)
        page = try PaperPageFile(arguments)
        wantsJSON = arguments.wantsJSON
        log = try Self.log(arguments, runs: tapes.count * presets.count)
    }

    /// One run a log: what two runs did is compared by `bailiff parity`.
    private static func log(_ arguments: Arguments, runs: Int) throws -> LineFile? {
        guard let path = arguments.value("log") else { return nil }
        guard runs == 1 else {
            throw UsageError.badValue(option: "log", found: "\(runs) runs", allowed: "with one --tape and one --preset")
        }
        return try LineFile(path)
    }

    private static func presets(_ arguments: Arguments) throws -> [PaperPreset] {
        let word = arguments.value("preset") ?? "all"
        let names = PaperPreset.Name.allCases
        guard word == "all" || names.contains(where: { $0.rawValue == word }) else {
            throw UsageError.badValue(
                option: "preset", found: word, allowed: (names.map(\.rawValue) + ["all"]).joined(separator: ", "))
        }
        let rivals = try arguments.value("rivals").map { _ in
            UInt32(try arguments.number("rivals", in: 0...Int(PaperPreset.rivalsMax), default: 0))
        }
        let opening = try arguments.value("insurance").map { _ in
            UInt64(try arguments.number("insurance", in: 0...Int(PaperPreset.insuranceMax), default: 0))
        }
        let share = try arguments.value("insurance-share").map { _ in
            UInt32(try arguments.number("insurance-share", in: 0...10_000, default: 0))
        }
        let models = try arguments.value("models").map { try ModelFile.load($0) }
        return names.filter { word == "all" || $0.rawValue == word }.map { name in
            var preset = PaperPreset.named(name)
            if let models { preset = preset.calibrated(by: models) }
            if let rivals { preset.give(rivals: rivals) }
            // Nobody else is nobody else.
            if rivals == 0 { preset.usesRecordedWinners = false }
            if let opening { preset.insuranceOpening = opening }
            if let share { preset.insuranceShare = .basisPoints(share) }
            if arguments.has("cascade") { preset.cascade = PaperPreset.adversarial.cascade }
            if arguments.has("cascade") { preset.impactKept = PaperPreset.adversarial.impactKept }
            return preset
        }
    }

    /// A thousand ether.
    static let plentyOfGas: Wei = 1_000_000_000_000_000_000_000

    private struct Report: Encodable {
        /// Grows when a field changes its meaning; new fields do not count.
        let format = 1
        var seed: UInt64
        var parametersSHA256: String
        /// What the run began with.
        var capital: String
        var gasMoneyWei: String
        var tapes: [Tape]
    }

    private struct Tape: Encodable {
        var tape: String
        var title: String
        var presets: [PaperReport]
    }

    func perform() throws {
        var report = Report(
            seed: seed, parametersSHA256: ReplayCommand.hash(settings.parameters), capital: "\(settings.cash.units)",
            gasMoneyWei: "\(settings.gasMoney)", tapes: [])
        for path in tapes { report.tapes.append(try play(path, report.parametersSHA256)) }
        if let failure = log?.failure { throw failure }
        let text = try JSONText.encode(report)
        if let out { try FileSink(creating: out).write((text + "\n").utf8Span.span.bytes) }
        try page?.write(PaperPage(report: text))
        try StandardStreams.line(wantsJSON ? text : report.tapes.map(summary).joined(separator: "\n"))
    }

    private func play(_ path: String, _ parameters: String) throws -> Tape {
        let file = try Tapes.open(path)
        let digest = try Tapes.digest(path)
        let manifest = RunManifest(file)
        var settings = settings
        settings.silenceMax = manifest?.silenceMax
        var tape = Tape(tape: path, title: manifest?.title ?? "", presets: [])
        for preset in presets {
            var progress = ProgressLine(tag: "PAPER")
            let meter = ProgressMeter(total: file.statistics.messages, start: Clock.monotonic)
            let (log, notes) = logs
            var found = try PaperRun(
                settings, preset, seed: seed, tape: digest, log: log, notes: notes
            ).play(file, within: range) {
                progress.show("\(path), \(preset.name.rawValue): \(meter.text($0))", at: Clock.monotonic)
            } misfits: {
                guard let misfit = configuration.misfit($0) else { return }
                throw CommandFailure(code: .configuration, message: misfit)
            }
            progress.finish()
            found.parametersSHA256 = parameters
            tape.presets.append(found)
        }
        return tape
    }

    /// Decisions and what came of them, line by line into the one file.
    private var logs: (DecisionLog, PaperLog?) {
        guard let log else { return (DecisionLog(), nil) }
        return (DecisionLog { log.write($0) }, PaperLog { log.write($0) })
    }

    private func summary(_ tape: Tape) -> String { PaperSummary(tape.tape, tape.title, tape.presets).text }
}

/// How far something is, and how long it will take by how long it took.
struct ProgressMeter {
    let total: UInt64
    let start: Moment

    func text(_ done: UInt64) -> String {
        let percent = total == 0 ? 100 : min(100, done * 100 / total)
        let took = Clock.monotonic - start
        guard done > 0, took > .seconds(1) else { return "\(percent) %" }
        let left = Double(took.nanoseconds) / Double(done) * Double(total - min(total, done))
        let rounded = Interval.seconds(Int64(left / 1e9))
        return "\(percent) %, \(rounded.text) left"
    }
}
