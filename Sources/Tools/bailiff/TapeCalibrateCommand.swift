import Calibration
import Console
import Desk
import Foundation
import MCAP
import Paper
import Tape
import TapeContent
import Units

/// `bailiff tape calibrate`: what tapes and logs tell of latency, gas, inclusion and rivals, as models with intervals.
struct TapeCalibrateCommand {
    private let tapes: [String]
    private let logs: [String]
    private let out: String?
    private let seed: UInt64
    private let wantsJSON: Bool

    /// Sources of one run.
    private static let sourcesMax = 1_000

    init(_ arguments: Arguments) throws {
        tapes = arguments.positionals
        logs = arguments.values("log")
        guard tapes.count + logs.count <= Self.sourcesMax else {
            throw CommandFailure(code: .usage, message: "more than \(Self.sourcesMax) tapes and logs")
        }
        out = try NewFile.path("out", arguments)
        seed = UInt64(try arguments.number("seed", in: 0...Int(Int32.max), default: 1))
        wantsJSON = arguments.wantsJSON
    }

    private struct Report: Encodable {
        /// Grows when a field changes its meaning.
        let format = 1
        var seed: UInt64
        var sources: [ModelText.Source]
        var seen: Observations.Counts
        var figures: [Figure]
        var unknown: [String: String]
    }

    private struct Figure: Encodable {
        var name, unit, meaning, from: String
        var setting: String?
        var centre, low, high: [Int64]
        var samples: UInt64
    }

    func perform() throws {
        var observations = Observations(seed: seed)
        var sources: [ModelText.Source] = []
        for path in tapes { sources.append(try read(tape: path, &observations)) }
        for path in logs { sources.append(try read(log: path, &observations)) }
        let models = observations.fit()
        let file = ModelText(models, sources: sources, seed: seed).text
        if let out { try FileSink(creating: out).write(file.utf8Span.span.bytes) }
        let report = Report(
            seed: seed, sources: sources, seen: observations.counts,
            figures: ModelKey.allCases.compactMap { key in models[key].map { figure(key, $0) } },
            unknown: Dictionary(uniqueKeysWithValues: models.unknown.map { ($0.key.rawValue, $0.value) }))
        if wantsJSON {
            try StandardStreams.line(JSONText.encode(report))
        } else {
            try StandardStreams.line(text(report))
            if let out { try StandardStreams.line("\(out): \(report.figures.count) figures") }
        }
    }

    private func read(tape path: String, _ observations: inout Observations) throws -> ModelText.Source {
        let file = try Tapes.open(path)
        let digest = try Tapes.digest(path)
        let title = Self.name(RunManifest(file)?.title ?? "", path)
        var progress = ProgressLine(tag: "calibrate")
        let meter = ProgressMeter(total: file.statistics.messages, start: Clock.monotonic)
        try observations.read(file, title: title, rules: VenueRules.names) {
            progress.show("\(path): \(meter.text($0))", at: Clock.monotonic)
        }
        progress.finish()
        return ModelText.Source(file: path, title: title, sha256: digest)
    }

    private func read(log path: String, _ observations: inout Observations) throws -> ModelText.Source {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw CommandFailure(code: .missingInput, message: "\(path): cannot be read; allowed: a log of a run")
        }
        let title = Self.name("", path)
        try observations.read(log: data, named: path, title: title)
        return ModelText.Source(file: path, title: title, sha256: try Tapes.digest(path))
    }

    /// A tape by its title, without what every imported one begins with; anything else by its file's name.
    private static func name(_ title: String, _ path: String) -> String {
        guard title.isEmpty else { return title.replacing("recorded: ", with: "") }
        return path.split(separator: "/").last.map(String.init) ?? path
    }

    private func figure(_ key: ModelKey, _ found: ModelFigure) -> Figure {
        Figure(
            name: key.rawValue, unit: key.unit, meaning: key.meaning, from: found.from, setting: key.setting,
            centre: found.centre, low: found.low, high: found.high, samples: found.samples)
    }

    private func text(_ report: Report) -> String {
        let rows = report.figures.map { figure -> [String] in
            let knots = figure.centre.count == 1 ? [0] : [4, 8, 12]
            let values = knots.map { "\(figure.centre[$0]) (\(figure.low[$0]) to \(figure.high[$0]))" }
            return [figure.name, values.joined(separator: ", "), figure.unit, figure.samples.grouped, figure.from]
        }
        let head = ["figure", "value, or quarters (95 % interval)", "unit", "observations", "from"]
        let table = rows.isEmpty ? "nothing could be fitted\n" : TextTable(header: head, rows: rows).text
        let unknown = report.unknown.sorted { $0.key < $1.key }.map { "not known: \($0.key): \($0.value)\n" }
        return table + unknown.joined()
    }
}
