import Aave
import Domain
import Episodes
import Foundation
import Limits
import MCAP
import MarginEngine
import Paper
import Replay
import Strategy
import TapeContent
import TapeImport
import Testing
import Units
import Winning

@testable import Parity

/// Pairs of runs of the paper world over one generated tape, with one thing changed.
@Suite struct ParityInjectionTests {
    static let seeds: [UInt64] = [1, 2, 3]

    private func tape(_ seed: UInt64) throws -> MCAPFile {
        var tape = TapeWriter(RunManifest())
        let options = GeneratedEpisode.Options(seed: seed, accounts: 300, safeAccounts: 10, hours: 2)
        var frames = EpisodeFrames(GeneratedEpisode.make(options))
        try frames.write { topic, body, at, sequence in
            tape.write(
                topic: topic.span.bytes, body: body.span.bytes, receivedAt: at, publishedAt: at, sequence: sequence)
        }
        tape.container.finish()
        return try MCAPFile(MemorySource(tape.container.output))
    }

    private final class Lines { var data = Data() }

    private func play(
        _ file: MCAPFile, _ preset: PaperPreset, seed: UInt64, _ change: (inout ReplaySettings) -> Void = { _ in }
    ) throws -> (run: ParityRun, report: PaperReport) {
        var settings = ReplaySettings(ruleNames: AaveRules.names, rules: AaveRules.all)
        settings.gasMoney = 1_000_000_000_000_000_000_000
        // What one change does must not halt the bot: that would be a decision, and rightly called one.
        (settings.limits.consecutiveFailuresMax, settings.limits.revertRatioMax) = (nil, nil)
        settings.limits.disputeMax = nil
        change(&settings)
        let lines = Lines()
        func keep(_ bytes: RawSpan) { bytes.withUnsafeBytes { lines.data.append(contentsOf: $0) } }
        let report = try PaperRun(
            settings, preset, seed: seed, tape: "a tape", log: DecisionLog { keep($0) }, notes: PaperLog { keep($0) }
        ).play(file)
        return (try ParityRun(reading: lines.data, named: "log"), report)
    }

    /// Rivals, delay and luck as by default.
    private var usual: PaperPreset { .standard }

    /// Compares, checks the sum, and requires that most money is under the cause.
    private func expect(
        _ cause: ParityCause, _ seed: UInt64, from preset: PaperPreset, to changed: PaperPreset
    ) throws {
        let file = try tape(seed)
        let (a, b) = (try play(file, preset, seed: seed), try play(file, changed, seed: seed))
        let report = try ParityReport(a.run, b.run)
        let sizes = Dictionary(
            uniqueKeysWithValues: ParityCause.allCases.map { ($0, report.money(of: $0).units.magnitude) })
        let most = ParityCause.allCases.max { sizes[$0, default: 0] < sizes[$1, default: 0] }
        #expect(most == cause && sizes[cause, default: 0] > 0, "seed \(seed): \(report.causes)")
        expectSum(report, a.report, b.report, seed)
    }

    /// By the paper world's own books, not by parity's.
    private func expectSum(_ report: ParityReport, _ a: PaperReport, _ b: PaperReport, _ seed: UInt64) {
        let sum = report.causes.compactMap { Int128($0.money) }.reduce(0, +)
        let (first, second) = (Int128(a.money.profit), Int128(b.money.profit))
        #expect(second == first.map { $0 + sum }, "seed \(seed)")
        let rows = report.rows.compactMap { Int128($0.difference) }.reduce(0, +)
        #expect(rows == sum && report.rows.count == report.differing, "seed \(seed)")
        for row in report.rows {
            let parts = row.findings.compactMap { Int128($0.money) }.reduce(0, +)
            #expect("\(parts)" == row.difference, "seed \(seed)")
        }
    }

    @Test(arguments: seeds) func `the same run twice has no difference`(seed: UInt64) throws {
        let file = try tape(seed)
        let (a, b) = (try play(file, usual, seed: seed), try play(file, usual, seed: seed))
        let report = try ParityReport(a.run, b.run)
        #expect(report.difference == "0" && report.differing == 0 && report.crossings > 20)
        #expect(report.first.settled > 5, "seed \(seed): nothing to compare")
    }

    @Test(arguments: seeds) func `an injected order latency is latency`(seed: UInt64) throws {
        var slow = usual
        slow.orderLatency = Quantiles(from: 30_000_000, to: 40_000_000)
        try expect(.latency, seed, from: usual, to: slow)
    }

    @Test(arguments: seeds) func `an injected gas error is gas`(seed: UInt64) throws {
        var dear = usual
        dear.baseFeeFactor = .basisPoints(11_500)
        try expect(.gas, seed, from: usual, to: dear)
    }

    @Test(arguments: seeds) func `more gas used than thought is gas`(seed: UInt64) throws {
        var dear = usual
        dear.gasOfSuccess = .basisPoints(10_000)
        try expect(.gas, seed, from: usual, to: dear)
    }

    @Test(arguments: seeds) func `one rival more is rivals`(seed: UInt64) throws {
        var crowded = usual
        crowded.rivals += 1
        crowded.rivalPresence = .basisPoints(9_000)
        var few = crowded
        few.rivals = 1
        crowded.rivals = 2
        try expect(.rivals, seed, from: few, to: crowded)
    }

    @Test(arguments: seeds) func `another strategy is decisions`(seed: UInt64) throws {
        let file = try tape(seed)
        let a = try play(file, usual, seed: seed)
        let b = try play(file, usual, seed: seed) { $0.parameters.minimumProfitMicros = 1_000_000_000 }
        let report = try ParityReport(a.run, b.run)
        let (decided, all) = (report.money(of: .decision).units, try #require(Int128(report.difference)))
        #expect(all != 0 && decided.magnitude >= all.magnitude / 2, "seed \(seed): \(report.causes)")
        let details = report.causes.first { $0.cause == "decision" }?.details ?? [:]
        #expect(details.keys.contains("refused: belowMinimumProfit"), "seed \(seed): \(details)")
        expectSum(report, a.report, b.report, seed)
    }

    @Test(arguments: seeds) func `presets apart in everything add up to the unit`(seed: UInt64) throws {
        let file = try tape(seed)
        let (a, b) = (try play(file, .unhindered, seed: seed), try play(file, .adversarial, seed: seed + 7))
        let report = try ParityReport(a.run, b.run)
        expectSum(report, a.report, b.report, seed)
        let back = try ParityReport(b.run, a.run)
        for cause in ParityCause.allCases {
            #expect(report.money(of: cause).units == -back.money(of: cause).units, "seed \(seed), \(cause)")
        }
    }
}
