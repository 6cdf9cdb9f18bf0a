import Console
import MCAP
import Tape
import TapeContent
import TapeDesk

/// `tape cut` and `tape merge`: tapes into a new one.
enum TapeJoining {
    private struct Report: Encodable {
        var out: String
        var messages: UInt64
        var sources: [String]
    }

    static func perform(_ arguments: Arguments) throws {
        guard let out = arguments.value("out") else {
            throw CommandFailure(
                code: .usage, message: "--out FILE is missing; see: bailiff tape \(arguments.command) --help")
        }
        let files = try arguments.positionals.map { try Tapes.open($0) }
        let topics = arguments.values("topic")
        let range = try TapeTime.range(arguments)
        let manifest = try manifest(of: files, arguments.positionals)
        var progress = ProgressLine(tag: arguments.command)
        let written = try TapeCopy.write(
            files, to: out, manifest, within: range, topics: topics.isEmpty ? [""] : topics
        ) { progress.show("\($0.grouped) messages", at: Clock.monotonic) }
        progress.finish()
        let report = Report(out: out, messages: written, sources: manifest.sources)
        try StandardStreams.line(arguments.wantsJSON ? JSONText.encode(report) : "\(out): \(written.grouped) messages")
    }

    /// The first tape's, derived.
    private static func manifest(of files: [MCAPFile], _ paths: [String]) throws -> RunManifest {
        var manifest = files.compactMap { RunManifest($0) }.first ?? RunManifest()
        manifest.origin = .derived
        manifest.sources = try paths.map { try Tapes.digest($0) }
        return manifest
    }
}
