import Configuration
import Console
import Foundation
import MarginEngine
import Units

/// `bailiff demo`: a venue and a bot, two real processes on loopback, joined by ZeroMQ and HTTP. Offline, no keys: the
/// secret they share is made for the run and thrown away.
struct DemoCommand {
    private let episode: Episode
    private let words: [String]
    private let folder: DemoFolder
    private let wantsJSON: Bool
    /// Where the bot's own tape is written; `nil`: nowhere.
    private let tapes: String?
    private let takesEverything: Bool
    private let playMax: Interval

    init(_ arguments: Arguments) throws {
        episode = try EpisodeChoice.load(arguments)
        let isImported = arguments.value("episode") != nil
        let rivals = try arguments.number("rivals", in: 0...8, default: isImported ? 0 : 2)
        let seconds = (episode.end - episode.start).nanoseconds / 1_000_000_000
        let speed = try arguments.number(
            "speed", in: 1...1_000_000_000, default: max(1, Int(seconds) / Self.playSecondsWanted))
        var words = ["--rivals", "\(rivals)", "--speed", "\(speed)"]
        if let directory = arguments.value("episode") { words += ["--episode", directory] }
        for option in ["seed", "accounts"] {
            if let value = arguments.value(option) { words += ["--\(option)", value] }
        }
        self.words = words
        folder = try DemoFolder(keeping: arguments.value("keep"))
        wantsJSON = arguments.wantsJSON
        tapes = arguments.value("record")
        takesEverything = isImported
        playMax = .seconds(Int64(seconds) / Int64(speed) * 3 + 600)
    }

    private static let playSecondsWanted = 30

    func perform() throws {
        defer { folder.removeIfTemporary() }
        say(episode.title)
        try folder.writeSecret()
        let venue = try Child(
            "venue",
            [
                "venue", "--json", "--feed", "tcp://127.0.0.1:*", "--http-port", "0", "--linger", "3600",
                "--secret-file",
                folder.secret, "--ledger", folder.ledger,
            ] + words)
        let ready = try readyLine(of: venue)
        try folder.writeConfiguration(
            feed: ready.feed, url: ready.http, gasMoney: VenueCommand.gasMoney, takesEverything: takesEverything)
        let bot = try Child("run", ["run", "--live", "--json", "--config", folder.configuration] + recordWords)
        try waitForTheEnd(of: venue, bot)
        bot.stop()
        let summary = try botSummary(bot)
        venue.stop()
        venue.wait(within: .seconds(10))
        try report(summary)
    }

    private var recordWords: [String] { tapes.map { ["--record", $0] } ?? [] }

    private struct Ready: Decodable {
        var feed: String
        var http: String
    }

    private func readyLine(of venue: Child) throws -> Ready {
        guard let line = venue.nextLine(within: .seconds(59)) else {
            throw CommandFailure(code: .unavailable, message: "the venue did not start; what it said stands above")
        }
        return try JSONDecoder().decode(Ready.self, from: Data(line.utf8))
    }

    /// The venue says when the market has been played; the bot shows its own progress on standard error meanwhile.
    private func waitForTheEnd(of venue: Child, _ bot: Child) throws {
        let deadline = Clock.monotonic + playMax
        while Clock.monotonic < deadline, !StopSignal.isRaised {
            guard bot.isRunning else {
                throw CommandFailure(code: .unavailable, message: "the bot ended early; what it said stands above")
            }
            if let line = venue.nextLine(within: .seconds(1)) {
                if line.contains("\"finished\"") { return }
            } else if !venue.isRunning {
                throw CommandFailure(code: .unavailable, message: "the venue ended early; what it said stands above")
            }
        }
        guard StopSignal.isRaised else {
            throw CommandFailure(code: .tryLater, message: "the market was not played in \(playMax.text)")
        }
    }

    private func botSummary(_ bot: Child) throws -> BotSummary {
        guard let line = bot.nextLine(within: .seconds(30)) else {
            throw CommandFailure(code: .unavailable, message: "the bot ended without a summary")
        }
        bot.wait(within: .seconds(5))
        return try JSONDecoder().decode(BotSummary.self, from: Data(line.utf8))
    }

    private func report(_ summary: BotSummary) throws {
        let audit = try DemoAudit(journal: folder.journal, ledger: folder.ledger, episode: episode)
        try StandardStreams.line(
            wantsJSON ? JSONText.encode(DemoReport(summary, audit, episode)) : text(summary, audit))
        guard audit.agrees else {
            throw CommandFailure(code: .internalFault, message: "the venue's ledger and the bot's journal differ")
        }
    }

    private func text(_ summary: BotSummary, _ audit: DemoAudit) -> String {
        """

        \(episode.title)
        \(summary.text)
        \(audit.text)
        """
    }

    private func say(_ text: String) { StandardStreams.note("demo: \(text)\n") }
}
