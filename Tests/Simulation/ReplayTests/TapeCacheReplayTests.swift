import MarginEngine
import Aave
import Episodes
import MCAP
import Replay
import TapeCache
import TapeContent
import TapeImport
import Testing
import Units

/// A compiled tape decides what its tape decides.
@Suite struct TapeCacheReplayTests {
    private static let digest = String(repeating: "00", count: 32)

    private var settings: ReplaySettings {
        var settings = ReplaySettings(ruleNames: AaveRules.names, rules: AaveRules.all)
        settings.gasMoney = 1_000_000_000_000_000_000_000
        return settings
    }

    /// Frames of a crash, changed on their way to the tape.
    private func tape(ticks: Int = 0, _ change: (inout Frame) -> Bool = { _ in true }) throws -> MCAPFile {
        var tape = TapeWriter(RunManifest())
        let episode = GeneratedEpisode.make(
            GeneratedEpisode.Options(seed: 1, accounts: 60, safeAccounts: 10, hours: 3))
        let between = PriceTicks(perBlock: ticks, reserves: episode.reserves.count, seed: 5)
        var frames = EpisodeFrames(episode, ticks: ticks > 0 ? between : nil)
        var number = 0
        try frames.write { topic, body, at, sequence in
            var frame = Frame(number: number, topic: topic, body: body)
            number += 1
            let copies = change(&frame) ? 1 : 0
            for _ in 0..<copies {
                tape.write(
                    topic: frame.topic.span.bytes, body: frame.body.span.bytes, receivedAt: at, publishedAt: at,
                    sequence: sequence)
            }
        }
        tape.container.finish()
        return try MCAPFile(MemorySource(tape.container.output))
    }

    private struct Frame {
        var number: Int
        var topic: [UInt8]
        var body: [UInt8]
    }

    private func compile(_ tape: MCAPFile) throws -> (file: [UInt8], hot: UInt64) {
        var compiler = TapeCompiler(settings, CacheHeader(tape: Self.digest, decoder: Self.digest))
        var records: [UInt8] = []
        try compiler.compile(tape) { records += $0 }
        let hot = compiler.hotFrames
        let (rest, header) = compiler.finish { SHA256.hex(of: records + $0) }
        return (header + records + rest, hot)
    }

    private func replay(_ tape: MCAPFile) throws -> ReplayReport {
        var run = ReplayRun(settings)
        try run.play(tape)
        return run.report
    }

    private func replay(cache: [UInt8], everyTick: Bool = false) throws -> ReplayReport {
        var settings = settings
        settings.skipsQuiet = !everyTick
        var run = ReplayRun(settings)
        try run.play(try CacheHeader(reading: cache.span.bytes), in: cache.span.bytes)
        return run.report
    }

    @Test func `the same log comes from the tape and from its cache`() throws {
        let tape = try tape()
        let (cache, hot) = try compile(tape)
        let (expected, found) = (try replay(tape), try replay(cache: cache))
        #expect(found == expected && found.intents > 3)
        #expect(hot * 10 > expected.frames * 5, "\(hot) of \(expected.frames) frames were compiled")
    }

    @Test func `stretches in which nobody can cross change no decision and no count`() throws {
        let tape = try tape(ticks: 45)
        let (cache, _) = try compile(tape)
        let table = try StretchTable(reading: CacheHeader(reading: cache.span.bytes), in: cache.span.bytes)
        #expect(table.count > 400)
        let (expected, found) = (try replay(tape), try replay(cache: cache))
        #expect(found == expected && found.intents > 3 && found.crossed > 20)
        #expect(try replay(cache: cache, everyTick: true) == expected)
    }

    @Test func `a stream that falls silent within a stretch is not trusted, as tick by tick`() throws {
        let tape = try tape(ticks: 40)
        let (cache, _) = try compile(tape)
        var settings = settings
        for silence in [376, 14_900] {
            settings.silenceMax = .milliseconds(Int64(silence))
            let reports = try [false, true].map { skips in
                settings.skipsQuiet = skips
                var run = ReplayRun(settings)
                try run.play(CacheHeader(reading: cache.span.bytes), in: cache.span.bytes)
                return run.report
            }
            #expect(reports[0] == reports[1], "\(silence) ms")
            #expect(reports[0].decisions > 20)
        }
    }

    @Test func `a compiled tape that is played up to a moment says what the tape says by then`() throws {
        let tape = try tape(ticks: 45)
        let (cache, _) = try compile(tape)
        let header = try CacheHeader(reading: cache.span.bytes)
        let (first, last) = (tape.statistics.start, tape.statistics.end)
        for share in [1, 4, 7] as [UInt64] {
            let end = first + (last - first) / 8 * share + 123_456_789
            var whole = ReplayRun(settings)
            var cut = ReplayRun(settings)
            try whole.play(tape, within: 0...end)
            try cut.play(header, in: cache.span.bytes, until: Moment(nanoseconds: Int64(end)))
            let (expected, found) = (whole.report, cut.report)
            #expect(found == expected, "\(share) eighths")
        }
    }

    @Test func `holes, repeated frames and garbage are met where they were`() throws {
        for seed in 0..<8 {
            var random = SeededGenerator(seed: UInt64(seed))
            var missing = 0
            let tape = try tape { frame in
                guard frame.number > 20 else { return true }
                switch random.below(200) {
                case 0:
                    missing += 1
                    return false
                case 1: frame.body = Array("{]".utf8)
                case 2: frame.body = frame.body.dropLast(3)
                default: break
                }
                return true
            }
            let (cache, _) = try compile(tape)
            let (expected, found) = (try replay(tape), try replay(cache: cache))
            #expect(found == expected, "seed \(seed)")
            #expect(missing > 0 && found.missing > 0 && found.faulty > 0, "seed \(seed)")
        }
    }

    @Test func `a record that is none ends the replay with a fault`() throws {
        let (whole, _) = try compile(try tape())
        let header = try CacheHeader(reading: whole.span.bytes)
        var refused = 0
        for place in stride(from: 0, to: Int(header.records), by: 37) {
            var broken = whole
            broken[CacheHeader.byteCount + place * CacheRecord.byteCount + 16] = 77
            do {
                _ = try replay(cache: broken, everyTick: true)
                Issue.record("record \(place) was taken")
            } catch let fault as CacheFault {
                refused += fault.code == .badRecord ? 1 : 0
            }
        }
        #expect(refused > 20)
    }
}
