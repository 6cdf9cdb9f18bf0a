import Console
import Episodes
import Foundation
import MarginEngine
import Tape
import TapeContent
import TapeImport
import Units

/// `bailiff tape import`: other files into a tape of frames.
struct TapeImportCommand {
    private let source: String
    private let out: String
    private let request: ImportRequest
    private let wantsJSON: Bool

    init(_ arguments: Arguments) throws {
        source = arguments.positionals[0]
        guard let out = arguments.value("out") else {
            throw CommandFailure(code: .usage, message: "--out FILE is missing; see: bailiff tape import --help")
        }
        self.out = out
        var request = ImportRequest(source: source)
        if let word = arguments.value("layout") {
            guard let layout = ImportRequest.Layout(rawValue: word) else {
                let allowed = ImportRequest.Layout.allCases.map(\.rawValue).joined(separator: ", ")
                throw UsageError.badValue(option: "layout", found: word, allowed: allowed)
            }
            request.layout = layout
        }
        request.asset = arguments.value("asset") ?? "asset"
        request.seed = UInt64(try arguments.number("seed", in: 0...Int(Int32.max), default: 1))
        request.safeAccounts = try arguments.number(
            "safe-accounts", in: 0...EpisodeImport.Options.safeAccountsMax, default: 5_000)
        self.request = request
        wantsJSON = arguments.wantsJSON
    }

    private struct Report: Encodable {
        var out: String
        var title: String
        var frames: UInt64
        var history: UInt64
        var bytes: UInt64
        var sources: [String]
    }

    func perform() throws {
        // Read and checked whole before the tape is begun: a source that is refused leaves no file behind.
        if request.resolved == .frames { return try FrameLines.perform(source, to: out, wantsJSON: wantsJSON) }
        let found = try TapeSource.read(request)
        var manifest = RunManifest()
        manifest.origin = .imported
        manifest.title = found.title
        manifest.startedAt = found.start
        manifest.seed = found.seed
        manifest.sources = try found.files.map { try Tapes.digest($0) }
        var file = try TapeFile(creating: out, manifest)
        var progress = ProgressLine(tag: "import")
        try found.write(
            frame: { topic, body, at, sequence in
                file.tape.write(
                    topic: topic.span.bytes, body: body.span.bytes, receivedAt: at, publishedAt: at, sequence: sequence)
                try file.flush(at: .start)
                progress.show("\(file.tape.frames.grouped) frames", at: Clock.monotonic)
            },
            history: { file.tape.write($0) })
        progress.finish()
        let frames = file.tape.frames
        let bytes = try file.finish()
        let report = Report(
            out: out, title: found.title, frames: frames, history: found.historyCount, bytes: bytes,
            sources: manifest.sources)
        let text =
            "\(out): \(found.title); \(frames.grouped) frames, \(found.historyCount.grouped) rows of history, "
            + "\(bytes.grouped) bytes"
        try StandardStreams.line(wantsJSON ? JSONText.encode(report) : text)
    }
}
