import Configuration
import Console
import Desk
import Foundation
import MCAP
import Replay
import Tape
import TapeCache
import TapeContent
import Units

/// `bailiff tape compile`: a tape into records that are replayed without being decoded again.
struct TapeCompileCommand {
    private let path: String
    private let out: String
    private let settings: ReplaySettings
    private let wantsJSON: Bool

    init(_ arguments: Arguments) throws {
        path = arguments.positionals[0]
        guard let out = arguments.value("out") else {
            throw CommandFailure(code: .usage, message: "--out FILE is missing; see: bailiff tape compile --help")
        }
        self.out = out
        let configuration = try arguments.value("config").map { try ConfigCommand.load($0) } ?? BotConfiguration()
        var settings = ReplaySettings(ruleNames: VenueRules.names, rules: VenueRules.all)
        settings.excludedTags = configuration.excludedTags
        self.settings = settings
        wantsJSON = arguments.wantsJSON
    }

    struct Report: Encodable {
        var out: String
        var tape: String
        var frames: UInt64
        var compiledFrames: UInt64
        var records: UInt64
        var bytes: UInt64
        var seconds: Double
    }

    func perform() throws {
        let report = try compile()
        let text =
            "\(out): \(report.frames.grouped) frames, \(report.compiledFrames.grouped) of them compiled; "
            + "\(report.records.grouped) records, \(report.bytes.grouped) bytes"
        try StandardStreams.line(wantsJSON ? JSONText.encode(report) : text)
    }

    @discardableResult
    func compile() throws -> Report {
        let start = Clock.monotonic
        let tape = try Tapes.open(path)
        var header = CacheHeader(tape: try Tapes.digest(path), decoder: try Self.decoder(settings))
        header.silenceMax = UInt64(max(0, RunManifest(tape)?.silenceMax?.nanoseconds ?? 0))
        var file = try CacheFile(creating: out)
        var compiler = TapeCompiler(settings, header)
        var progress = ProgressLine(tag: "compile")
        let total = tape.statistics.messages
        try compiler.compile(tape) {
            progress.show("\($0.grouped) of \(total.grouped) messages", at: Clock.monotonic)
        } flush: {
            try file.write($0)
        }
        progress.finish()
        let (made, hot) = (compiler.writer.header, compiler.hotFrames)
        var ending: TapeCompiler? = consume compiler
        let rest = try file.finish { digest in
            guard let compiler = ending.take() else { preconditionFailure("Invariant: a file is finished once") }
            return compiler.finish(digest: digest)
        }
        let bytes = UInt64(CacheHeader.byteCount) + made.records * UInt64(CacheRecord.byteCount) + UInt64(rest)
        return Report(
            out: out, tape: made.tape, frames: made.frames, compiledFrames: hot, records: made.records, bytes: bytes,
            seconds: Double((Clock.monotonic - start).nanoseconds) / 1e9)
    }

    /// Names this program, and the settings that decoding depends on.
    static func decoder(_ settings: ReplaySettings) throws -> String {
        var text = try Tapes.digest("/proc/self/exe")
        for name in settings.ruleNames + ["tags"] + settings.excludedTags { text += "\n\(name)" }
        return SHA256.hex(of: Array(text.utf8))
    }
}
