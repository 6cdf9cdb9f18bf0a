import Configuration
import Console
import Desk
import Domain
import Engine
import Foundation
import LiveDesk
import TapeContent
import TapeDesk
import Units

/// `bailiff run`: the bot on a feed. Paper unless three things agree: `mode`, `live.enabled` and `--live`.
struct RunCommand {
    private let configuration: BotConfiguration
    private let desk: any OrderDesk
    private let seconds: Int
    private let wantsJSON: Bool
    private let recording: Recording?

    /// The run's own tape.
    private struct Recording {
        var queue: TapeQueue
        var options: RecorderOptions
    }

    init(_ arguments: Arguments) throws {
        guard let file = arguments.value("config") else {
            throw CommandFailure(code: .usage, message: "--config FILE is missing; see: bailiff run --help")
        }
        configuration = try ConfigCommand.load(file)
        recording = try Self.recording(arguments, configuration, file: file)
        desk = try Self.desk(configuration, isLive: arguments.has("live"), tape: recording?.queue)
        seconds = try arguments.number("seconds", in: 1...31_536_000, default: 31_536_000)
        wantsJSON = arguments.wantsJSON
    }

    private static func recording(
        _ arguments: Arguments, _ configuration: BotConfiguration, file: String
    ) throws -> Recording? {
        guard let folder = arguments.value("record") else {
            guard arguments.value("rotate-megabytes") == nil, arguments.value("rotate-minutes") == nil else {
                throw CommandFailure(
                    code: .usage, message: "rotation is of a tape: --record DIR; see: bailiff run --help")
            }
            return nil
        }
        var options = try RecordCommand.options(arguments, configuration, file: file, folder: folder)
        options.prefix = "run"
        options.manifest.mode = configuration.mode.rawValue
        options.manifest.title = "\(configuration.mode.rawValue) run on \(options.manifest.title)"
        return Recording(queue: TapeQueue(), options: options)
    }

    private static func desk(
        _ configuration: BotConfiguration, isLive: Bool, tape: TapeQueue?
    ) throws -> any OrderDesk {
        guard isLive || configuration.mode == .live else { return PaperDesk(journalPath: configuration.journalPath) }
        guard let authorization = LiveAuthorization(flag: isLive, configuration) else {
            throw CommandFailure(
                code: .configuration,
                message: "live needs all three: --live, mode = \"live\" and live.enabled = true; "
                    + "found --live \(isLive), mode \(configuration.mode.rawValue), "
                    + "live.enabled \(configuration.isLiveEnabled)")
        }
        let secret = try Secret(from: configuration.venue.secret)
        var desk = LiveDesk(authorization, configuration, secret: secret)
        desk.tape = tape
        return desk
    }

    func perform() throws {
        try makeJournalFolder()
        OperatorSignal.listen()
        let bot = Bot(configuration, desk: desk, tape: recording?.queue)
        let recorder = try startRecorder(of: bot)
        bot.start()
        watch(bot)
        bot.stop(within: 15)
        let tape = recorder?.finish()
        let summary = BotSummary(mode: bot.modeName, bot.status.snapshot)
        try StandardStreams.line(wantsJSON ? JSONText.encode(summary) : summary.text)
        if let failure = summary.failure { throw CommandFailure(code: .unavailable, message: failure) }
        if let failure = tape?.failure {
            throw CommandFailure(code: .unavailable, message: "the run is whole, its tape is not: \(failure)")
        }
    }

    /// Before the bot: its first frame is on the tape.
    private func startRecorder(of bot: Bot) throws -> RunRecorder? {
        guard let recording else { return nil }
        try FileManager.default.createDirectory(
            atPath: recording.options.folder, withIntermediateDirectories: true)
        let recorder = try RunRecorder(recording.options, recording.queue)
        recorder.start(telling: bot.status)
        return recorder
    }

    private func watch(_ bot: Bot) {
        var progress = ProgressLine(tag: bot.modeName)
        let start = Clock.monotonic
        while !StopSignal.isRaised, !bot.hasFailed, Clock.monotonic - start < .seconds(Int64(seconds)) {
            usleep(50_000)
            progress.show(Self.line(bot.status.snapshot), at: Clock.monotonic)
        }
        progress.finish()
    }

    private static func line(_ now: BotStatus.Snapshot) -> String {
        "block \(now.block.height)  accounts \(now.accounts)  ticks \(now.engine.ticks)  crossed \(now.engine.crossings)"
            + "  bids \(now.engine.intents)  won \(now.endings[.settled] ?? 0)"
            + "  earned \((now.cash - now.gasInCash).text(decimals: now.decimals))\(now.isArmed ? "" : "  NOT ARMED")"
            + (now.trading == .active ? "" : "  \(now.trading)".uppercased())
            + (now.tape?.failure == nil ? "" : "  TAPE FAILED")
            + (now.tape.map { $0.leftOff > 0 ? "  off tape \($0.leftOff)" : "" } ?? "")
    }

    private func makeJournalFolder() throws {
        let folder = URL(fileURLWithPath: configuration.journalPath).deletingLastPathComponent()
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }
}
