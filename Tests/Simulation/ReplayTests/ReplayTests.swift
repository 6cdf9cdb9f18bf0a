import Aave
import Domain
import Episodes
import MCAP
import MarginEngine
import Replay
import Strategy
import TapeContent
import TapeImport
import Testing
import Units

@Suite struct ReplayTests {
    private static let options = GeneratedEpisode.Options(seed: 1, accounts: 60, safeAccounts: 10, hours: 3)

    private func tape() throws -> MCAPFile {
        var tape = TapeWriter(RunManifest())
        var frames = EpisodeFrames(GeneratedEpisode.make(Self.options))
        try frames.write { topic, body, at, sequence in
            tape.write(
                topic: topic.span.bytes, body: body.span.bytes, receivedAt: at, publishedAt: at, sequence: sequence)
        }
        tape.container.finish()
        return try MCAPFile(MemorySource(tape.container.output))
    }

    private var settings: ReplaySettings {
        var settings = ReplaySettings(ruleNames: AaveRules.names, rules: AaveRules.all)
        settings.gasMoney = 1_000_000_000_000_000_000_000
        return settings
    }

    private final class Lines {
        var bytes: [UInt8] = []
        var text: [Substring] { String(decoding: bytes, as: UTF8.self).split(separator: "\n") }
    }

    private func play(
        _ file: MCAPFile, _ settings: ReplaySettings, until end: UInt64 = .max
    ) throws -> (ReplayReport, [Substring]) {
        let lines = Lines()
        var run = ReplayRun(settings, log: DecisionLog { lines.bytes += $0.withUnsafeBytes { Array($0) } })
        try run.play(file, within: 0...end)
        #expect(run.report.hash == SHA256.hex(of: lines.bytes))
        return (run.report, lines.text)
    }

    /// The hash is written down: debug and release, and every machine, must come to the same.
    @Test func `a crash replays to the same log, every time and everywhere`() throws {
        let file = try tape()
        let (first, lines) = try play(file, settings)
        let (second, again) = try play(file, settings)
        #expect(first == second && lines == again)
        #expect(first.intents > 3 && first.settled > 3 && first.crossed >= first.intents)
        #expect(first.faulty == 0 && first.recordFaults == 0 && first.missing == 0 && first.accounts == 70)
        #expect(first.decisions == UInt64(lines.count))
        #expect(first.hash == "f22ce645636610f3c922a2996c74f0a1be1d6a0c57dc5558836ebbe15ea9cdd6")
    }

    @Test func `what is not yet on the tape changes nothing: cut short, it decides the same so far`() throws {
        let file = try tape()
        let (_, whole) = try play(file, settings)
        let span = file.statistics.end - file.statistics.start
        for part in [2, 5] {
            let (report, lines) = try play(file, settings, until: file.statistics.start + span * UInt64(part) / 8)
            #expect(lines == Array(whole[..<lines.count]), "cut at \(part)/8")
            #expect(report.frames < file.statistics.messages)
        }
    }

    @Test func `another parameter gives another log`() throws {
        let file = try tape()
        var other = settings
        other.parameters.tipShare = .basisPoints(9_000)
        #expect(try play(file, settings).0.hash != play(file, other).0.hash)
    }

    @Test func `a stream that is silent for longer than allowed is not acted on`() throws {
        let file = try tape()
        var strict = settings
        // Prices come every minute: the market's stream is always late, and each time until it has spoken.
        strict.silenceMax = .seconds(1)
        let (loose, free) = try play(file, settings)
        let (held, lines) = try play(file, strict)
        #expect(held.crossed == loose.crossed)
        #expect(lines.contains { $0.contains(#""reason":"streamBroken""#) })
        #expect(!free.contains { $0.contains(#""reason":"streamBroken""#) })
    }
}
