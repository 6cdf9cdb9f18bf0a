import Configuration
import Console
import Desk
import Foundation
import MCAP
import Replay
import Strategy
import Tape
import TapeCache
import TapeContent
import Units

/// `bailiff replay`: what the engine decides on a tape.
struct ReplayCommand {
    private let path: String
    private let settings: ReplaySettings
    private let source: Source
    private let configuration: BotConfiguration
    private let range: ClosedRange<UInt64>
    private let logFile: String?
    private let wantsJSON: Bool

    private enum Source {
        case tape(MCAPFile)
        case run(RunTape)
        case cache(CacheHeader)
    }

    init(_ arguments: Arguments) throws {
        path = arguments.positionals[0]
        range = try TapeTime.range(arguments)
        let given = try arguments.value("config").map { try ConfigCommand.load($0) }
        let run = arguments.has("as-run") ? try RunTape(path, configuration: given) : nil
        let configuration = run?.configuration ?? given ?? BotConfiguration()
        var settings = Self.settings(configuration)
        settings.gasMoney = run?.configuration.gasMoney ?? given?.gasMoney ?? PaperCommand.plentyOfGas
        settings.skipsQuiet = !arguments.has("every-tick")
        source = try run.map { .run($0) } ?? Self.open(path, &settings)
        self.settings = settings
        if case .cache = source, arguments.value("from") != nil || arguments.value("to") != nil {
            throw CommandFailure(
                code: .usage, message: "\(path): a compiled tape is replayed whole: cut its tape first")
        }
        self.configuration = configuration
        logFile = arguments.value("log")
        wantsJSON = arguments.wantsJSON
    }

    /// What a configuration makes of a replay.
    static func settings(_ configuration: BotConfiguration) -> ReplaySettings {
        var settings = ReplaySettings(ruleNames: VenueRules.names, rules: VenueRules.all)
        settings.excludedTags = configuration.excludedTags
        settings.parameters = configuration.strategy
        settings.limits = configuration.limits
        settings.uses = configuration.namedUses
        settings.use = configuration.proceeds.otherwise
        settings.transaction = configuration.transactionSize
        settings.winTable = configuration.winning.table
        settings.cash = .proceeds(configuration.capital)
        settings.gasMoney = configuration.gasMoney
        return settings
    }

    /// A recorded feed that fell silent was not trusted; in one that was made from files, silence means nothing.
    private static func open(_ path: String, _ settings: inout ReplaySettings) throws -> Source {
        guard try Tapes.isCache(path) else {
            let file = try Tapes.open(path)
            settings.silenceMax = RunManifest(file)?.silenceMax
            return .tape(file)
        }
        let header = try MappedFile(path).withBytes { try CacheHeader(reading: $0) }
        let decoder = try TapeCompileCommand.decoder(settings)
        guard header.decoder == decoder else {
            throw CacheFault(
                .otherDecoder, found: "a cache of another program, or for other tags",
                allowed: "one that this program made: run `bailiff tape compile` again")
        }
        settings.silenceMax = header.silenceMax == 0 ? nil : Interval(nanoseconds: Int64(header.silenceMax))
        return .cache(header)
    }

    private struct Report: Encodable {
        var tape: String
        var hash: String
        var parametersSHA256: String
        var frames: UInt64
        var inputs: UInt64
        var accounts: Int
        var crossed: UInt64
        var intents: UInt64
        var settled: UInt64
        var refused: UInt64
        var decisions: UInt64
        var missing: UInt64
        var faulty: UInt64
        var recordFaults: UInt64
        var seconds: Double
        var framesPerSecond: Double
        var assumed: String
    }

    func perform() throws {
        guard let logFile else { return try play(DecisionLog()) }
        let lines = try LineFile(logFile)
        try play(DecisionLog { lines.write($0) })
        if let failure = lines.failure { throw failure }
    }

    private func play(_ log: DecisionLog) throws {
        let start = Clock.monotonic
        var progress = ProgressLine(tag: "REPLAY")
        var run = made(log)
        switch source {
        case .tape(let file): try play(file, &run, &progress)
        case .run(let tape): try play(tape.file, &run, &progress)
        case .cache(let header):
            let mapping = try MappedFile(path)
            try mapping.withBytes { bytes in
                try run.play(header, in: bytes) {
                    progress.show("\($0.grouped) of \(header.frames.grouped) frames", at: Clock.monotonic)
                }
            }
        }
        progress.finish()
        if let misfit = configuration.misfit(run.unknownUses) {
            throw CommandFailure(code: .configuration, message: misfit)
        }
        let report = report(run.report, took: Clock.monotonic - start)
        try StandardStreams.line(wantsJSON ? JSONText.encode(report) : text(report))
    }

    private func made(_ log: DecisionLog) -> ReplayRun {
        if case .run(let tape) = source { tape.replay(log: log) } else { ReplayRun(settings, log: log) }
    }

    private func play(_ file: MCAPFile, _ run: inout ReplayRun, _ progress: inout ProgressLine) throws {
        let total = file.statistics.messages
        var meter = progress
        try run.play(file, within: range) {
            meter.show("\($0.grouped) of \(total.grouped) messages", at: Clock.monotonic)
        }
        progress = meter
    }

    private var assumption: String {
        if case .run = source { return "what the run was told, when it was told; nothing is filled" }
        return "every intent is filled in the next block at its own figures: no rivals, no delay"
    }

    private func report(_ found: ReplayReport, took: Interval) -> Report {
        let seconds = Double(max(1, took.nanoseconds)) / 1e9
        return Report(
            tape: path, hash: found.hash, parametersSHA256: Self.hash(settings.parameters), frames: found.frames,
            inputs: found.inputs, accounts: found.accounts, crossed: found.crossed, intents: found.intents,
            settled: found.settled, refused: found.refused, decisions: found.decisions, missing: found.missing,
            faulty: found.faulty, recordFaults: found.recordFaults, seconds: seconds,
            framesPerSecond: Double(found.frames) / seconds,
            assumed: assumption)
    }

    private func text(_ report: Report) -> String {
        let rows = [
            ["frames", report.frames.grouped], ["inputs", report.inputs.grouped],
            ["accounts", UInt64(report.accounts).grouped], ["crossed", report.crossed.grouped],
            ["intents", report.intents.grouped], ["settled", report.settled.grouped],
            ["refused", report.refused.grouped], ["decisions", report.decisions.grouped],
            ["missing", report.missing.grouped], ["faulty", report.faulty.grouped],
            ["record faults", report.recordFaults.grouped],
            ["frames a second", UInt64(report.framesPerSecond).grouped],
        ]
        return TextTable(rows: rows).text + "assumed: \(report.assumed)\nhash \(report.hash)\n"
    }

    /// Of every parameter's name and value, in the table's order.
    static func hash(_ parameters: StrategyParameters) -> String {
        let lines = StrategyParameters.table.map { "\($0.name)=\($0.read(parameters))\n" }.joined()
        return SHA256.hex(of: Array((lines + "uses_flash_loans=\(parameters.usesFlashLoans)\n").utf8))
    }
}

/// The file of a decision log. A failure to write is kept until somebody asks: the log itself cannot throw.
final class LineFile {
    private let sink: FileSink
    private(set) var failure: TapeError?

    init(_ path: String) throws(TapeError) { sink = try FileSink(creating: path) }

    func write(_ bytes: RawSpan) {
        guard failure == nil else { return }
        do throws(TapeError) { try sink.write(bytes) } catch { failure = error }
    }
}
