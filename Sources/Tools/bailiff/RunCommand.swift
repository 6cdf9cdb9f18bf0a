import Configuration
import Console
import Desk
import Domain
import Engine
import Foundation
import LiveDesk
import Units

/// `bailiff run`: the bot on a feed. Paper unless three things agree: `mode`, `live.enabled` and `--live`.
struct RunCommand {
    private let configuration: BotConfiguration
    private let desk: any OrderDesk
    private let seconds: Int
    private let wantsJSON: Bool

    init(_ arguments: Arguments) throws {
        guard let file = arguments.value("config") else {
            throw CommandFailure(code: .usage, message: "--config FILE is missing; see: bailiff run --help")
        }
        configuration = try ConfigCommand.load(file)
        desk = try Self.desk(configuration, isLive: arguments.has("live"))
        seconds = try arguments.number("seconds", in: 1...31_536_000, default: 31_536_000)
        wantsJSON = arguments.wantsJSON
    }

    private static func desk(_ configuration: BotConfiguration, isLive: Bool) throws -> any OrderDesk {
        guard isLive || configuration.mode == .live else { return PaperDesk(journalPath: configuration.journalPath) }
        guard let authorization = LiveAuthorization(flag: isLive, configuration) else {
            throw CommandFailure(
                code: .configuration,
                message: "live needs all three: --live, mode = \"live\" and live.enabled = true; "
                    + "found --live \(isLive), mode \(configuration.mode.rawValue), "
                    + "live.enabled \(configuration.isLiveEnabled)")
        }
        let secret = try Secret(from: configuration.venue.secret)
        return LiveDesk(authorization, configuration, secret: secret)
    }

    func perform() throws {
        try makeJournalFolder()
        OperatorSignal.listen()
        let bot = Bot(configuration, desk: desk)
        bot.start()
        watch(bot)
        bot.stop(within: 15)
        let summary = BotSummary(mode: bot.modeName, bot.status.snapshot)
        try StandardStreams.line(wantsJSON ? JSONText.encode(summary) : summary.text)
        if let failure = summary.failure { throw CommandFailure(code: .unavailable, message: failure) }
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
    }

    private func makeJournalFolder() throws {
        let folder = URL(fileURLWithPath: configuration.journalPath).deletingLastPathComponent()
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }
}
