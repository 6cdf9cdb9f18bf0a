import Configuration
import Console
import Domain
import Foundation
import Journal

/// `bailiff resume`: an operator ends a halt that the journal remembers, while no bot runs on it.
struct ResumeCommand {
    private let configuration: BotConfiguration
    private let wantsJSON: Bool

    init(_ arguments: Arguments) throws {
        guard let file = arguments.value("config") else {
            throw CommandFailure(code: .usage, message: "--config FILE is missing; see: bailiff resume --help")
        }
        configuration = try ConfigCommand.load(file)
        wantsJSON = arguments.wantsJSON
    }

    func perform() throws {
        guard FileManager.default.fileExists(atPath: configuration.journalPath) else {
            throw CommandFailure(
                code: .missingInput,
                message: "\(configuration.journalPath): found no journal; allowed: that of a bot that has run")
        }
        let was = try resume()
        if wantsJSON {
            try StandardStreams.line(
                JSONText.encode(["was": "\(was?.state ?? .active)", "state": "\(TradingState.active)"]))
        } else if let was, was.state != .active {
            try StandardStreams.line("resumed: it was \(was.state) for \(was.cause)")
        } else {
            try StandardStreams.line("nothing to resume: the last run ended active")
        }
    }

    private func resume() throws -> TradingChange? {
        do {
            let journal = try Journal(
                file: configuration.journalPath, mode: configuration.mode == .live ? .live : .paper)
            let was = try journal.trading()
            try journal.record(TradingChange(.active, .operatorResumed, at: Clock.wall))
            return was
        } catch {
            throw CommandFailure(
                code: error.code == .inUse ? .tryLater : .unavailable,
                message: "\(error); a running bot is resumed by SIGUSR2")
        }
    }
}
