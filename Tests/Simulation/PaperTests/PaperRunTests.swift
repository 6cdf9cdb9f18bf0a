import Limits
import Aave
import Calibration
import Domain
import Episodes
import Foundation
import MCAP
import MarginEngine
import Opportunities
import Replay
import TapeContent
import TapeImport
import Testing
import Units
import Winning

@testable import Paper

/// Whole runs over generated tapes.
@Suite struct PaperRunTests {
    private static let options = GeneratedEpisode.Options(seed: 1, accounts: 150, safeAccounts: 10, hours: 3)

    private func tape(history: [HistoryEntry] = []) throws -> MCAPFile {
        var tape = TapeWriter(RunManifest())
        var frames = EpisodeFrames(GeneratedEpisode.make(Self.options))
        var rest = history[...]
        try frames.write { topic, body, at, sequence in
            while let row = rest.first, row.at <= at {
                tape.write(row)
                rest.removeFirst()
            }
            tape.write(
                topic: topic.span.bytes, body: body.span.bytes, receivedAt: at, publishedAt: at, sequence: sequence)
        }
        tape.container.finish()
        return try MCAPFile(MemorySource(tape.container.output))
    }

    private var settings: ReplaySettings {
        var settings = ReplaySettings(ruleNames: AaveRules.names, rules: AaveRules.all)
        settings.gasMoney = 1_000 * oneETH
        settings.limits.consecutiveFailuresMax = nil
        return settings
    }

    private func play(_ file: MCAPFile, _ preset: PaperPreset, seed: UInt64 = 1) throws -> PaperReport {
        try PaperRun(settings, preset, seed: seed, tape: "a tape").play(file)
    }

    private func bytes(_ report: PaperReport) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        return try encoder.encode(report)
    }

    @Test func `the same seed gives the same report, byte for byte, and another one another`() throws {
        let file = try tape()
        let preset = PaperPreset.standard
        let first = try bytes(play(file, preset))
        #expect(try bytes(play(file, preset)) == first)
        #expect(try bytes(play(file, preset, seed: 2)) != first)
    }

    @Test(arguments: PaperPreset.Name.allCases)
    func `every opportunity is in one class, and the money of the classes is the profit`(name: PaperPreset.Name) throws
    {
        let report = try play(tape(), PaperPreset.named(name))
        #expect(report.opportunities.addsUp && report.opportunities.opened > 20)
        #expect(report.world.crossings >= report.opportunities.opened)
        let nets = report.opportunities.classes.compactMap { Int128($0.net) }
        let open = try #require(Int128(report.opportunities.openNet))
        #expect("\(nets.reduce(open, +))" == report.money.profit)
        let rows = report.accounts.compactMap { Int128($0.money) }.reduce(0, +)
        #expect(rows == report.opportunities.classes.compactMap { Int128($0.money) }.reduce(0, +))
        let ended = report.world.ours.values.reduce(0, +)
        #expect(ended + UInt64(report.bids.unfinished) == report.bids.intents)
    }

    @Test func `nobody in the way wins everything that is worth it`() throws {
        let report = try play(tape(), .unhindered)
        let lost = ["outbid", "late", "reverted"].map { kind in
            report.opportunities.classes.first { $0.name == kind }?.count ?? 0
        }
        #expect(lost == [0, 0, 0] && report.capture.won > 10)
        #expect(report.world.ours["settled"] == report.bids.intents - UInt64(report.bids.unfinished))
    }

    @Test func `rivals and delay take from what could be had`() throws {
        let file = try tape()
        let (free, contested) = (try play(file, .unhindered), try play(file, .adversarial))
        let (most, some) = (try #require(Int128(free.money.profit)), try #require(Int128(contested.money.profit)))
        #expect(some < most && contested.world.others["settled", default: 0] > 5)
        #expect(contested.capture.won < free.capture.won)
    }

    @Test func `a longer way to the builder is never earlier, and is told`() throws {
        let file = try tape()
        var slow = PaperPreset.unhindered
        slow.feedLatency = Quantiles(from: 2_000_000, to: 2_000_000)
        slow.orderLatency = Quantiles(from: 3_000_000, to: 3_000_000)
        let (fast, late) = (try play(file, .unhindered), try play(file, slow))
        #expect(fast.latency.arrivalMicroseconds.p50 == 0)
        #expect(late.latency.arrivalMicroseconds.p50 == 5_000_000)
    }

    @Test func `what the tape records is taken by whoever it records`() throws {
        // The first account that we would win, taken by somebody at the moment of its crossing.
        let free = try play(tape(), .unhindered)
        let victim = try #require(free.accounts.first { $0.kind == "won" })
        let episode = GeneratedEpisode.make(Self.options)
        let opened = episode.events.compactMap { event -> EpisodeAccount? in
            if case .account(let account) = event.event, account.name == victim.account { account } else { nil }
        }
        let legs = try #require(opened.first).legs
        func name(_ side: Side) throws -> String {
            let leg = try #require(legs.first { $0.factor.side == side })
            return episode.reserves[leg.factor.reserve.position].name
        }
        let first = try #require(victim.firstBidNanoseconds)
        let row = HistoryEntry(
            at: Moment(nanoseconds: first), source: "aave_v2_liquidations", line: 2,
            header: "unix_s,user,collateral,debt,debt_amount",
            row: "0,\(victim.account),\(try name(.collateral)),\(try name(.debt)),100000000")
        var preset = PaperPreset.unhindered
        preset.usesRecordedWinners = true
        // Their tip is the tape's high one; ours comes after it.
        preset.orderLatency = Quantiles(from: 30_000_000, to: 30_000_000)
        let report = try play(tape(history: [row]), preset)
        #expect(report.world.others.values.reduce(0, +) == 1 && report.world.recordedUnmatched == 0)
        #expect(report.world.others["settled", default: 0] + report.world.others["settled_in_part", default: 0] == 1)
    }
}

@Suite struct PaperPresetTests {
    @Test func `every number of a preset has a name, a meaning and a source`() {
        let names = PaperPreset.table.map(\.name)
        #expect(Set(names).count == names.count && names.count >= 19)
        for row in PaperPreset.table { #expect(!row.meaning.isEmpty && !row.source.isEmpty, "\(row.name)") }
    }

    @Test func `the documentation prints the table as it is`() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../..")
        let text = try String(contentsOf: root.appending(path: "docs/paper.md"), encoding: .utf8)
        for row in PaperPreset.table {
            let values = PaperPreset.Name.allCases.map { row.read(PaperPreset.named($0)) }.joined(separator: " | ")
            let line = "| `\(row.name)` | \(values) | \(row.unit) | \(row.meaning) | \(row.source) |"
            #expect(text.components(separatedBy: "\n").contains(line), "\(line)")
        }
    }

    @Test func `the adversarial preset has one rival more than the default, and faster ones`() {
        let (standard, hard) = (PaperPreset.standard, PaperPreset.adversarial)
        #expect(hard.rivals == standard.rivals + 1)
        for step in 0...Quantiles.steps {
            #expect(hard.rivalLatency.knot(step) < standard.rivalLatency.knot(step))
        }
    }

    @Test func `draws do not depend on one another, and lie within their distribution`() {
        let random = PaperRandom(seed: 7, tape: "t", preset: .default)
        let quantiles = Quantiles(from: 10, to: 1_000)
        let drawn = (0..<2_000).map { random.draw(quantiles, .feed, $0) }
        #expect(drawn == (0..<2_000).map { random.draw(quantiles, .feed, $0) })
        #expect(drawn.allSatisfy { (10...1_000).contains($0) })
        #expect((450...560).contains(drawn.reduce(0, +) / 2_000))
        #expect(random.draw(quantiles, .order, 1) != drawn[1] || random.draw(quantiles, .order, 2) != drawn[2])
        let others = [
            PaperRandom(seed: 8, tape: "t", preset: .default), PaperRandom(seed: 7, tape: "u", preset: .default),
            PaperRandom(seed: 7, tape: "t", preset: .measured),
        ]
        for other in others { #expect((0..<20).map { other.draw(quantiles, .feed, $0) } != Array(drawn[..<20])) }
    }

    /// Wilson, worked out apart: 8 of 10 is 0.4902 to 0.9433; 0 of 10 is 0 to 0.2775; 10 of 10 is 0.7225 to 1.
    @Test(arguments: [(8, 0.4902, 0.9433), (0, 0, 0.2775), (10, 0.7225, 1)] as [(UInt64, Double, Double)])
    func `Wilson's interval`(count: UInt64, low: Double, high: Double) throws {
        let interval = try #require(WilsonInterval(count, of: 10))
        #expect(abs(interval.low - low) < 0.00005 && abs(interval.high - high) < 0.00005)
    }

    @Test func `a series keeps a bounded number of points, and its last one`() {
        var ledger = PaperLedger()
        let small = SmallMarket()
        for second in 1...5_000 as ClosedRange<Int64> {
            var ending = PaperEnding(
                order: small.order(), kind: .settled, block: BlockNumber(1), at: Moment(nanoseconds: second))
            ending.cash = Cash(units: 1)
            ledger.note(ending, valued: .zero)
        }
        #expect((200...PaperLedger.pointsMax).contains(ledger.points.count))
        #expect(ledger.points.last?.cash == Cash(units: 5_000))
        #expect(zip(ledger.points, ledger.points.dropFirst()).allSatisfy { $0.at < $1.at })
    }
}
