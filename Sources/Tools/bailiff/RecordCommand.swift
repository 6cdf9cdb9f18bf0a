import Configuration
import Console
import Desk
import Foundation
import Tape
import TapeContent
import TapeDesk
import Units
import ZeroMQFeed

/// `bailiff record`: a live feed on tapes.
struct RecordCommand {
    private let options: RecorderOptions
    private let seconds: Int
    private let wantsJSON: Bool

    init(_ arguments: Arguments) throws {
        guard let file = arguments.value("config"), let out = arguments.value("out") else {
            throw CommandFailure(
                code: .usage, message: "--config FILE and --out DIR are needed; see: bailiff record --help")
        }
        let configuration = try ConfigCommand.load(file)
        options = try Self.options(arguments, configuration, file: file, folder: out)
        seconds = try arguments.number("seconds", in: 1...31_536_000, default: 31_536_000)
        wantsJSON = arguments.wantsJSON
    }

    /// What is recorded of a configuration's feed: by `record`, and by `run` beside itself.
    static func options(
        _ arguments: Arguments, _ configuration: BotConfiguration, file: String, folder: String
    ) throws -> RecorderOptions {
        var options = RecorderOptions(
            endpoints: configuration.feed.endpoints, topics: configuration.feed.topics, folder: folder)
        options.highWaterMark = configuration.feed.highWaterMark
        options.ruleNames = VenueRules.names
        let megabytes = try arguments.number("rotate-megabytes", in: 1...1_000_000, default: 0)
        let minutes = try arguments.number("rotate-minutes", in: 1...525_600, default: 0)
        options.rotateBytes = megabytes > 0 ? UInt64(megabytes) << 20 : nil
        options.rotateEvery = minutes > 0 ? .seconds(Int64(minutes) * 60) : nil
        let text = try String(contentsOfFile: file, encoding: .utf8)
        options.configuration = (file, text)
        options.manifest.title = "feed of \(configuration.feed.endpoints.joined(separator: ", "))"
        options.manifest.binary = try Tapes.digest("/proc/self/exe")
        options.manifest.configuration = SHA256.hex(of: Array(text.utf8))
        options.manifest.parameters = ReplayCommand.hash(configuration.strategy)
        options.manifest.silenceMax = configuration.feed.silenceMax
        return options
    }

    func perform() throws {
        try FileManager.default.createDirectory(atPath: options.folder, withIntermediateDirectories: true)
        let recorder = try Recorder(ZeroMQContext(), options)
        let end = Clock.monotonic + .seconds(Int64(seconds))
        var progress = ProgressLine(tag: "RECORD")
        let counts = try recorder.run(until: { StopSignal.isRaised || Clock.monotonic >= end }) {
            progress.show(Self.line($0), at: Clock.monotonic)
        }
        progress.finish()
        try StandardStreams.line(wantsJSON ? JSONText.encode(counts) : Self.text(counts))
    }

    private static func line(_ now: RecorderCounts) -> String {
        "frames \(now.frames.grouped)  bytes \(now.bytes.grouped)  streams \(now.streams)  missing \(now.missing)"
            + "  faulty \(now.faulty)  files \(now.files.count)"
    }

    private static func text(_ counts: RecorderCounts) -> String {
        let rows = [
            ["frames", counts.frames.grouped], ["payload bytes", counts.payload.grouped],
            ["bytes on file", counts.bytes.grouped], ["streams", "\(counts.streams)"],
            ["missing", counts.missing.grouped], ["faulty", counts.faulty.grouped],
            ["malformed", counts.malformed.grouped], ["gaps", counts.gaps.grouped],
        ]
        return TextTable(rows: rows).text + counts.files.map { "\($0)\n" }.joined()
    }
}
