import Configuration
import Console
import Desk
import Domain
import Engine
import Foundation
import MCAP
import Replay
import Tape
import TapeContent
import Units

/// `bailiff explain`: what the engine knew of an account at a moment of a tape, what it could have done, and what it did.
struct ExplainCommand {
    private let account: String
    private let path: String
    private let at: UInt64
    private let market: String?
    private let settings: ReplaySettings
    private let file: MCAPFile
    /// A run's own tape is gone through as the run went.
    private let tape: RunTape?
    private let wantsJSON: Bool

    init(_ arguments: Arguments) throws {
        account = arguments.positionals[0]
        guard let path = arguments.value("tape"), arguments.value("at") != nil else {
            throw CommandFailure(code: .usage, message: "--tape FILE and --at TIME; see: bailiff explain --help")
        }
        self.path = path
        at = try TapeTime.moment(arguments, option: "at")
        market = arguments.value("market")
        let given = try arguments.value("config").map { try ConfigCommand.load($0) }
        file = try Tapes.open(path)
        tape = RunRecord.isThere(in: file) ? try RunTape(path, configuration: given) : nil
        let configuration = tape?.configuration ?? given ?? BotConfiguration()
        let allowed = file.statistics.start...max(file.statistics.start, file.statistics.end)
        guard allowed.contains(at) else {
            let (from, to) = (TapeTime.text(allowed.lowerBound), TapeTime.text(allowed.upperBound))
            throw UsageError.badValue(option: "at", found: TapeTime.text(at), allowed: "\(from) to \(to) (\(path))")
        }
        var settings = ReplayCommand.settings(configuration)
        settings.gasMoney = tape?.configuration.gasMoney ?? given?.gasMoney ?? PaperCommand.plentyOfGas
        settings.silenceMax = RunManifest(file)?.silenceMax
        self.settings = settings
        wantsJSON = arguments.wantsJSON
    }

    func perform() throws {
        let log = AccountLines(account)
        let lines = DecisionLog { log.take($0) }
        var run = tape?.replay(log: lines) ?? ReplayRun(settings, log: lines)
        try run.play(file, upTo: at)
        let (index, market) = try chosen(run.accounts(named: account))
        guard let found = run.explain(index) else { throw unseen }
        let report = ExplainReport(
            account: account, market: market, at: at, index: index, found: found, run: run,
            history: log.lines(in: market))
        try StandardStreams.line(wantsJSON ? JSONText.encode(report) : report.text)
    }

    private func chosen(_ found: [(account: AccountIndex, market: String)]) throws -> (AccountIndex, String) {
        let fitting = found.filter { market == nil || $0.market == market }
        guard !fitting.isEmpty else { throw unseen }
        guard fitting.count == 1 else {
            let markets = fitting.map(\.market).joined(separator: ", ")
            throw UsageError.badValue(option: "market", found: "none", allowed: "one of \(markets)")
        }
        return (fitting[0].account, fitting[0].market)
    }

    private var unseen: CommandFailure {
        let place = market.map { " of market \($0)" } ?? ""
        return CommandFailure(
            code: .missingInput,
            message:
                "\(path): account \(account)\(place) was never seen up to \(TapeTime.text(at)); allowed: a name as "
                + "the feed has it (see: bailiff tape cat \(path))")
    }
}

/// The last lines of a decision log that are about one account: what was decided before.
private final class AccountLines {
    private let account: String
    private var kept: [String] = []

    static let linesMax = 10

    init(_ account: String) { self.account = account }

    private struct Named: Decodable { var account, market: String? }

    func take(_ bytes: RawSpan) {
        let line = bytes.withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
        guard line.contains(account) else { return }
        kept.append(String(line.dropLast()))
        if kept.count > 64 * Self.linesMax { kept.removeFirst(32 * Self.linesMax) }
    }

    func lines(in market: String) -> [String] {
        kept.filter { line in
            let named = try? JSONDecoder().decode(Named.self, from: Data(line.utf8))
            return named?.account == account && named?.market == market
        }.suffix(Self.linesMax)
    }
}
