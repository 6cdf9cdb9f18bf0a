import Domain
public import MCAP
import Margin
import Opportunities
public import Replay
import Strategy
public import TapeCache
public import Units

/// A tape played against the paper world under one preset. The same tape, settings, preset and seed give the same report.
///
/// Example: `try PaperRun(replay, .standard, seed: 1, tape: digest).play(file)`.
public struct PaperRun {
    private let settings: ReplaySettings
    private let preset: PaperPreset
    private let seed: UInt64
    private let tape: String
    private let log: DecisionLog
    private let notes: PaperLog?

    /// - Parameters:
    ///   - tape: the tape's SHA-256, in digits: it is part of what chance is made from.
    ///   - notes: what the log of decisions does not know, for `bailiff parity`.
    public init(
        _ settings: ReplaySettings, _ preset: PaperPreset, seed: UInt64, tape: String, log: DecisionLog = DecisionLog(),
        notes: PaperLog? = nil
    ) {
        self.settings = settings
        self.preset = preset
        self.seed = seed
        self.tape = tape
        self.log = log
        self.notes = notes
    }

    /// `progress` hears now and then how many frames were played; `misfits` hears of assets of the settings that the tape's markets
    /// do not have, and throws where that ends the run.
    public func play(
        _ file: MCAPFile, within range: ClosedRange<UInt64> = 0...UInt64.max, progress: (UInt64) -> Void = { _ in },
        misfits: ([(position: Int, assets: [String])]) throws -> Void = { _ in }
    ) throws -> PaperReport {
        let venue = venue()
        var run = begin(venue, settings)
        try run.play(file, within: range, progress: progress)
        try misfits(run.unknownUses)
        return report(run, venue)
    }

    /// The same from a tape that was compiled.
    public func play(
        _ header: CacheHeader, in file: RawSpan, progress: (UInt64) -> Void = { _ in },
        misfits: ([(position: Int, assets: [String])]) throws -> Void = { _ in }
    ) throws -> PaperReport {
        let venue = venue()
        var run = begin(venue, settings)
        try run.play(header, in: file, progress: progress)
        try misfits(run.unknownUses)
        return report(run, venue)
    }

    /// Plays a compiled tape for its score alone.
    ///
    /// - Parameters:
    ///   - end: nothing after it is played.
    ///   - memory: of runs of the same tape.
    public func score(
        _ header: CacheHeader, in file: RawSpan, windows: PaperWindows, until end: Moment,
        memory: TapeMemory = TapeMemory()
    ) throws(CacheFault) -> PaperScore {
        let venue = venue(windows, memory)
        var settings = settings
        settings.weighsOpportunities = notes != nil
        var run = begin(venue, settings)
        try run.play(header, in: file, until: end)
        let market = venue.world.market(MarketIndex(0))
        return PaperScore(
            windows: venue.windows ?? windows, decisionSHA256: run.report.hash, intents: run.report.intents,
            opened: run.report.opportunities.opened, won: run.report.opportunities[.won].count,
            cashDecimals: market.flatMap { venue.world.watch.reserves.row($0.definition.cash)?.decimals } ?? 0)
    }

    private func venue(_ windows: PaperWindows? = nil, _ memory: TapeMemory = TapeMemory()) -> PaperVenue {
        PaperVenue(
            rules: settings.rules, preset: preset, random: PaperRandom(seed: seed, tape: tape, preset: preset.name),
            notes: notes, windows: windows, memory: memory)
    }

    private func begin(_ venue: PaperVenue, _ settings: ReplaySettings) -> ReplayRun {
        notes?.begin(preset, seed: seed, tape: tape)
        return ReplayRun(settings, venue: venue, log: log)
    }

    private func report(_ run: borrowing ReplayRun, _ venue: PaperVenue) -> PaperReport {
        let found = run.report
        let ledger = venue.ledger
        let market = venue.world.market(MarketIndex(0))
        var report = PaperReport(preset, found, ledger, start: settings.cash)
        report.seed = seed
        report.tapeSHA256 = tape
        report.cash = market.map { run.name($0.definition.cash) } ?? ""
        report.cashDecimals = market.flatMap { venue.world.watch.reserves.row($0.definition.cash)?.decimals } ?? 0
        report.world = PaperReport.World(
            venue.world.counters, venue.world.books, shortfall: venue.world.shortfall(),
            waiting: venue.world.orders.count)
        report.accounts = ledger.ranked.map { row in
            PaperReport.Account(
                row, name: run.name(row.closing.account), market: run.marketName(row.closing.account))
        }
        notes?.end(profit: ledger.profit, cash: report.cash, decimals: report.cashDecimals)
        return report
    }
}

/// What a run came to, and no more: for trials of parameters.
public struct PaperScore: Equatable, Sendable {
    public let windows: PaperWindows
    public let decisionSHA256: String
    public let intents: UInt64
    public let opened: UInt64
    public let won: UInt64
    public let cashDecimals: UInt8
}
