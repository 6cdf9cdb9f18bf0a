import Aave
import Domain
import Episodes
import Foundation
import Limits
import MCAP
import MarginEngine
import Replay
import Strategy
import TapeCache
import TapeContent
import TapeImport
import Testing
import Units

@testable import Paper

/// A compiled tape under the paper world: what it comes to is what the tape comes to.
@Suite struct CompiledTapeTests {
    private static let digest = String(repeating: "ab", count: 32)

    /// A busy day, with a delay that the tape tells or without one.
    private func tape(delayed: Bool) throws -> MCAPFile {
        let episode = GeneratedEpisode.make(
            GeneratedEpisode.Options(seed: 2, accounts: 120, safeAccounts: 10, hours: 3))
        var frames = EpisodeFrames(
            episode, ticks: PriceTicks(perBlock: 36, reserves: episode.reserves.count, seed: 4))
        var tape = TapeWriter(RunManifest())
        var random = SeededGenerator(seed: 8)
        var last = Moment.start
        try frames.write { topic, body, at, sequence in
            let delay = delayed ? Interval(nanoseconds: Int64(random.below(2_000_000_000))) : Interval(nanoseconds: 0)
            last = max(last, at + delay)
            tape.write(
                topic: topic.span.bytes, body: body.span.bytes, receivedAt: last, publishedAt: at,
                sequence: sequence)
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

    private func compile(_ tape: MCAPFile) throws -> [UInt8] {
        var compiler = TapeCompiler(settings, CacheHeader(tape: Self.digest, decoder: Self.digest))
        var records: [UInt8] = []
        try compiler.compile(tape) { records += $0 }
        let (rest, header) = compiler.finish { _ in Self.digest }
        return header + records + rest
    }

    @Test(arguments: PaperPreset.Name.allCases, [false, true])
    func `the report of a compiled tape is the tape's`(name: PaperPreset.Name, delayed: Bool) throws {
        let tape = try tape(delayed: delayed)
        let cache = try compile(tape)
        let header = try CacheHeader(reading: cache.span.bytes)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        var limited = settings
        limited.limits.priceAgeMax = .seconds(20)
        for settings in [settings, limited] {
            let run = PaperRun(settings, PaperPreset.named(name), seed: 3, tape: Self.digest)
            let expected = try run.play(tape)
            let found = try run.play(header, in: cache.span.bytes)
            #expect(try encoder.encode(found) == encoder.encode(expected))
            #expect(expected.bids.intents > 3 && expected.world.crossings > 20)
        }
    }

    /// A score weighs no opportunity and hears of no ending: nothing that is decided depends on that.
    @Test func `a score has the decisions and the counts of the whole report`() throws {
        let cache = try compile(tape(delayed: true))
        let header = try CacheHeader(reading: cache.span.bytes)
        let run = PaperRun(settings, .standard, seed: 5, tape: Self.digest)
        let whole = try run.play(header, in: cache.span.bytes)
        let score = try run.score(
            header, in: cache.span.bytes, windows: PaperWindows(1, from: .start, to: Moment(nanoseconds: .max / 2)),
            until: Moment(nanoseconds: .max))
        #expect(score.decisionSHA256 == whole.decisionSHA256 && score.intents == whole.bids.intents)
        #expect(score.opened == whole.opportunities.opened && score.opened > 20)
        #expect(score.won == whole.opportunities.classes.first { $0.name == "won" }?.count ?? 0 && score.won > 0)
    }

    @Test func `what was remembered of other trials changes no trial`() throws {
        let cache = try compile(tape(delayed: false))
        let header = try CacheHeader(reading: cache.span.bytes)
        let memory = TapeMemory()
        var hashes: [String] = []
        for round in 0..<12 {
            var settings = settings
            settings.parameters.tipShare = .basisPoints(UInt32(1_000 + 2_000 * (round % 4)))
            if round % 4 == 3 { settings.limits.priceAgeMax = .seconds(20) }
            // Another chance now and then: what was remembered is forgotten.
            let seed = UInt64(1 + round / 6)
            let run = PaperRun(settings, .standard, seed: seed, tape: Self.digest)
            let windows = PaperWindows(4, from: .start, to: Moment(nanoseconds: .max / 2))
            let end = Moment(nanoseconds: .max)
            let fresh = try run.score(header, in: cache.span.bytes, windows: windows, until: end)
            let found = try run.score(header, in: cache.span.bytes, windows: windows, until: end, memory: memory)
            #expect(found == fresh, "round \(round)")
            settings.skipsQuiet = false
            let each = try PaperRun(settings, .standard, seed: seed, tape: Self.digest)
                .score(header, in: cache.span.bytes, windows: windows, until: end)
            #expect(each == fresh, "round \(round)")
            hashes.append(fresh.decisionSHA256)
        }
        #expect(Set(hashes).count > 4)
        #expect(memory.recalled > 10, "\(memory.recalled)")
    }
}
