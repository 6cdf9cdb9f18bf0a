import Aave
import Calibration
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
import Units
import Winning

/// A small generated day, played under a preset whose numbers are known: its log is what a calibration gets to see.
struct CalibrationWorld {
    static let day = GeneratedEpisode.make(
        GeneratedEpisode.Options(seed: 5, accounts: 1_000, safeAccounts: 0, hours: 1))

    /// - Parameter delay: from publication to receipt, by the frame's number.
    static func tape(delay: (UInt64) -> Int64 = { _ in 0 }) throws -> MCAPFile {
        var tape = TapeWriter(RunManifest())
        var frames = EpisodeFrames(day)
        var number: UInt64 = 0
        try frames.write { topic, body, at, sequence in
            let published = at + Interval(nanoseconds: -delay(number) * 1_000)
            number += 1
            tape.write(
                topic: topic.span.bytes, body: body.span.bytes, receivedAt: at, publishedAt: published,
                sequence: sequence)
        }
        tape.container.finish()
        return try MCAPFile(MemorySource(tape.container.output))
    }

    /// - Parameter bids: whether our own bot takes part.
    static func log(_ file: MCAPFile, _ preset: PaperPreset, seed: UInt64, bids: Bool) throws -> Data {
        var settings = ReplaySettings(ruleNames: AaveRules.names, rules: AaveRules.all)
        settings.gasMoney = 1_000_000_000_000_000_000_000
        settings.limits.consecutiveFailuresMax = nil
        settings.parameters.minimumProfitMicros = bids ? 0 : 1_000_000_000_000
        let kept = Kept()
        _ = try PaperRun(
            settings, preset, seed: seed, tape: "a day", log: DecisionLog { kept.add($0) },
            notes: PaperLog { kept.add($0) }
        ).play(file)
        return kept.data
    }

    /// What is fitted from such logs alone.
    static func models(_ logs: [Data], seed: UInt64) throws -> CalibratedModels {
        var observations = Observations(seed: seed)
        for log in logs { try observations.read(log: log, named: "log", title: "a day") }
        return observations.fit()
    }

    private final class Kept {
        var data = Data()
        func add(_ bytes: RawSpan) { bytes.withUnsafeBytes { data.append(contentsOf: $0) } }
    }
}

/// In how many of the seeds the truth lay within the interval, knot by knot.
struct Coverage {
    private(set) var hits = [Int](repeating: 0, count: 17)
    private(set) var seeds = 0
    var widths: [Double] = []
    var samples: [UInt64] = []

    mutating func count(_ figure: ModelFigure, truth: [Int64]) {
        seeds += 1
        samples.append(figure.samples)
        for step in figure.centre.indices where (figure.low[step]...figure.high[step]).contains(truth[step]) {
            hits[step] += 1
        }
    }

    /// Over the knots that claim an interval.
    func share(_ steps: Range<Int>) -> Double {
        Double(hits[steps].reduce(0, +)) / Double(seeds * steps.count)
    }

    func worst(_ steps: Range<Int>) -> Double { Double(hits[steps].min() ?? 0) / Double(max(seeds, 1)) }
}

extension Coverage: CustomStringConvertible {
    var description: String { "hits of \(seeds): \(hits); samples \(samples.min() ?? 0) to \(samples.max() ?? 0)" }
}
