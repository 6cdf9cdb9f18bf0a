import Console
import Episodes
import MarginEngine
import Tape
import TapeContent
import TapeImport
import Units

/// `bailiff tape generate`: a tape of a synthetic day, from a recipe and a seed.
struct TapeGenerateCommand {
    private let out: String
    private let options: GeneratedEpisode.Options
    private let perBlock: Int
    private let wantsJSON: Bool

    init(_ arguments: Arguments) throws {
        guard let out = arguments.value("out") else {
            throw CommandFailure(code: .usage, message: "--out FILE is missing; see: bailiff tape generate --help")
        }
        self.out = out
        var options = GeneratedEpisode.Options()
        if let word = arguments.value("recipe") {
            guard let recipe = EpisodeRecipe(rawValue: word) else {
                let allowed = EpisodeRecipe.allCases.map(\.rawValue).joined(separator: ", ")
                throw UsageError.badValue(option: "recipe", found: word, allowed: allowed)
            }
            options.recipe = recipe
        }
        options.seed = UInt64(try arguments.number("seed", in: 0...Int(Int32.max), default: 1))
        let most = GeneratedEpisode.Options.accountsMax
        options.accounts = try arguments.number("accounts", in: 0...most, default: options.accounts)
        options.safeAccounts = try arguments.number("safe-accounts", in: 0...most, default: options.safeAccounts)
        options.hours = try arguments.number(
            "hours", in: 1...GeneratedEpisode.Options.hoursMax, default: options.hours)
        perBlock = try arguments.number("ticks", in: 0...PriceTicks.perBlockMax, default: 0)
        self.options = options
        wantsJSON = arguments.wantsJSON
    }

    private struct Report: Encodable {
        var out: String
        var title: String
        var frames: UInt64
        var bytes: UInt64
    }

    func perform() throws {
        let episode = GeneratedEpisode.make(options)
        var manifest = RunManifest()
        manifest.origin = .imported
        manifest.title = episode.title
        manifest.startedAt = episode.start
        manifest.seed = options.seed
        var file = try TapeFile(creating: out, manifest)
        var progress = ProgressLine(tag: "generate")
        var frames = EpisodeFrames(
            episode, ticks: PriceTicks(perBlock: perBlock, reserves: episode.reserves.count, seed: options.seed))
        try frames.write { topic, body, at, sequence in
            file.tape.write(
                topic: topic.span.bytes, body: body.span.bytes, receivedAt: at, publishedAt: at, sequence: sequence)
            try file.flush(at: .start)
            progress.show("\(file.tape.frames.grouped) frames", at: Clock.monotonic)
        }
        progress.finish()
        let count = file.tape.frames
        let report = Report(out: out, title: episode.title, frames: count, bytes: try file.finish())
        let text = "\(out): \(report.title); \(count.grouped) frames, \(report.bytes.grouped) bytes"
        try StandardStreams.line(wantsJSON ? JSONText.encode(report) : text)
    }
}
