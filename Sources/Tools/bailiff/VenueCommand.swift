import Aave
import Configuration
import Console
import Domain
import Episodes
import Foundation
import MarginEngine
import Strategy
import Units
import VenueServer

/// `bailiff venue`: a market to liquidate in, as its own process.
///
/// With `--json` it prints a line when it is ready, one when the market has been played, and the ledger at the end.
struct VenueCommand {
    private let options: VenueOptions
    private let ledgerFile: String?
    private let wantsJSON: Bool

    init(_ arguments: Arguments) throws {
        guard let file = arguments.value("secret-file") else {
            throw CommandFailure(code: .usage, message: "--secret-file FILE is missing; see: bailiff venue --help")
        }
        let secret = try Secret(from: .file(file)).withBytes { span in span.withUnsafeBytes { Array($0) } }
        let episode = try EpisodeChoice.load(arguments)
        guard let version = AaveVersion(rawValue: episode.rulesName) else {
            throw CommandFailure(
                code: .badData,
                message: "rules are '\(episode.rulesName)'; allowed: \(AaveRules.names.joined(separator: ", "))")
        }
        let name = arguments.value("liquidator") ?? "bailiff"
        let liquidator = Liquidator(name: name, cash: 0, gasMoney: Self.gasMoney)
        var options = VenueOptions(
            episode: episode, rules: AaveRules(version), liquidators: [VenueLiquidator(liquidator, secret: secret)])
        options.feedEndpoint = arguments.value("feed") ?? "tcp://127.0.0.1:5556"
        options.httpPort = UInt16(try arguments.number("http-port", in: 0...65_535, default: 8_080))
        options.pace.speed = Double(try arguments.number("speed", in: 0...1_000_000_000, default: 600))
        options.pace.blockMillisecondsMin = try arguments.number("block-milliseconds", in: 0...60_000, default: 25)
        options.pace.lingerMilliseconds = try arguments.number("linger", in: 0...86_400, default: 30) * 1_000
        options.world.seed = UInt64(try arguments.number("seed", in: 0...Int(Int32.max), default: 1))
        let rivals = try arguments.number("rivals", in: 0...8, default: 0)
        options.world.rivals = (0..<rivals).map { Self.rival($0, in: episode) }
        options.faults.dropResponseEvery = UInt64(
            try arguments.number("drop-response-every", in: 0...1_000_000, default: 0))
        options.faults.answer500Every = UInt64(try arguments.number("answer-500-every", in: 0...1_000_000, default: 0))
        options.faults.delayMilliseconds = UInt32(
            try arguments.number("delay-milliseconds", in: 0...60_000, default: 0))
        self.options = options
        ledgerFile = arguments.value("ledger")
        wantsJSON = arguments.wantsJSON
    }

    /// 10 000 of the native token: enough that no episode runs out of gas.
    static let gasMoney: Wei = 10_000_000_000_000_000_000_000

    /// Rivals differ in speed and generosity: the first is quick and stingy, the later ones slow and generous.
    private static func rival(_ number: Int, in episode: Episode) -> RivalProfile {
        var parameters = StrategyParameters()
        parameters.tipShare = .basisPoints(1_500 + 1_000 * UInt32(number))
        let first = UInt64(number) / 2
        return RivalProfile(
            liquidator: Liquidator(name: "rival-\(number + 1)", cash: 0, gasMoney: gasMoney),
            delayBlocks: first...first + 2, presence: .basisPoints(5_000), parameters: parameters)
    }

    func perform() throws {
        var progress = ProgressLine(tag: "VENUE")
        var hasFinished = false
        let voice = VenueVoice(wantsJSON: wantsJSON)
        let summary = try VenueServer.run(
            options, stop: { StopSignal.isRaised || voice.fault != nil },
            onReady: { voice.say(ready: $0, of: options.episode.title) },
            onProgress: { now in
                if !wantsJSON { progress.show(Self.line(now), at: Clock.monotonic) }
                if now.state == .finished, !hasFinished {
                    hasFinished = true
                    voice.say(#"{"event":"finished"}"#, orText: "the market has been played; taking late orders")
                }
            })
        progress.finish()
        let json = String(decoding: summary.json, as: UTF8.self)
        // A ledger is longer than a pipe: whoever asked for a file need not read it from us as well.
        try ledgerFile.map { try json.write(toFile: $0, atomically: true, encoding: .utf8) }
        voice.say(
            ledgerFile == nil ? #"{"event":"ledger","ledger":\#(json)}"# : #"{"event":"ledger"}"#, orText: text(summary)
        )
        if let fault = voice.fault { throw fault }
    }

    private static func line(_ now: VenueProgress) -> String {
        "\(now.state.rawValue)  block \(now.block.height)  accounts \(now.accounts)  liquidatable \(now.liquidatable)"
            + "  pending \(now.pending)  messages \(now.messages)"
    }

    private func text(_ summary: VenueSummary) -> String {
        let cash = options.episode.reserves[options.episode.cash.position]
        let decimals = cash.definition.decimals
        let rows = summary.ledger.liquidators.map { account in
            [
                account.name, account.cash.text(decimals: decimals), "\(account.gasBurnt)",
                "\(account[.settled])", "\(account[.outbid])", "\(account[.reverted])", "\(account[.expired])",
            ]
        }
        let header = ["liquidator", "cash \(cash.name)", "gas wei", "settled", "outbid", "reverted", "expired"]
        return TextTable(header: header, rows: rows).text
            + "bad debt \(Cash.proceeds(summary.ledger.badDebt).text(decimals: decimals)) \(cash.name), "
            + "insurance fund \(Cash.proceeds(summary.ledger.insuranceFund).text(decimals: decimals)) \(cash.name)"
    }
}

/// What a venue says, for as long as somebody reads it; then the venue ends as if it had been told to, with its ledger. One thread.
private final class VenueVoice {
    private(set) var fault: OutputFault?
    private let wantsJSON: Bool

    init(wantsJSON: Bool) { self.wantsJSON = wantsJSON }

    func say(ready endpoints: VenueEndpoints, of title: String) {
        let safe = title.replacing("\"", with: "'")
        say(
            #"{"event":"ready","feed":"\#(endpoints.feed)","http":"\#(endpoints.http)","title":"\#(safe)"}"#,
            orText: "\(title)\nfeed \(endpoints.feed)\norders \(endpoints.http)")
    }

    /// Written at once: whoever started us may be waiting for the line.
    func say(_ json: String, orText text: String) {
        do throws(OutputFault) {
            try StandardStreams.line(wantsJSON ? json : text)
        } catch {
            fault = error
        }
    }
}
