import Confirmation
import Console
import Foundation
import Search
import StrategySearch
import StudyFile
import Tape
import TapeCache
import Units

/// `bailiff tune`: searches the strategy's parameters on tapes, and says whether what it found is better on tapes that were never
/// searched on. The folder of the study holds everything; the same command again goes on where it was.
struct TuneCommand {
    private let options: TuneOptions
    private let arguments: Arguments

    init(_ arguments: Arguments) throws {
        self.arguments = arguments
        options = try TuneOptions(arguments)
    }

    func perform() throws {
        let start = Clock.monotonic
        let page = TunePageFile(arguments, folder: options.folder)
        try FileManager.default.createDirectory(
            atPath: options.folder + "/tapes", withIntermediateDirectories: true)
        let caches = try (options.training + options.holdout).map(compiled)
        let words = caches.flatMap { ["--tape", $0] } + ["--windows", "\(options.windows)"] + options.world
        let file = try StudyFile(
            options.folder + "/study.journal", space: options.space.space, writer: "bailiff-tune")
        let workers = try TrialWorkers(options.workers, words)
        let names = workers.ready.tapes.map(\.name)
        let heldOut = try HeldOutTapes(options, workers.ready.tapes)
        if let note = heldOut.note { StandardStreams.note("tune: \(note)\n") }
        try identify(file, workers.ready)
        let run = try TuneRun(options, file, workers, names: names, heldOut)
        let result = try run.perform()
        let report = TuneReport(
            options, result, file, workers.ready, heldOut, space: arguments.value("space"),
            seconds: Double((Clock.monotonic - start).nanoseconds) / 1e9)
        try report.write(to: options.folder)
        try page.write(report.summary)
        try StandardStreams.line(arguments.wantsJSON ? JSONText.encode(report.summary) : report.text)
    }

    /// A tape compiled by this program, in the study's folder where it was not compiled before.
    private func compiled(_ word: String) throws -> String {
        let slice = try TapeSlice(word, option: "tape")
        return slice.word(of: try compiled(slice))
    }

    private func compiled(_ slice: TapeSlice) throws -> String {
        let path = slice.path
        if try Tapes.isCache(path) { return path }
        let name = URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
        let cache = "\(options.folder)/tapes/\(name).cache"
        if FileManager.default.fileExists(atPath: cache) {
            let header = try MappedFile(cache).withBytes { try CacheHeader(reading: $0) }
            let settings = try TrialCommand.settings(arguments)
            if header.tape == (try Tapes.digest(path)), header.decoder == (try TapeCompileCommand.decoder(settings)) {
                return cache
            }
            try FileManager.default.removeItem(atPath: cache)
        }
        var words = ["compile", path, "--out", cache]
        if let file = arguments.value("config") { words += ["--config", file] }
        try TapeCompileCommand(TapeCommands.all.parse(words)).compile()
        return cache
    }

    /// A study goes on only as what it began as.
    private func identify(_ file: StudyFile, _ ready: TrialEvent.Ready) throws {
        let study = try file.study(TuneRun.Part.search.name)
        let tapes = try JSONText.encode(ready.tapes.map { "\($0.name) \($0.sha256)" })
        let split = "\(options.training.count)"
        for (name, json) in options.identity + [
            ("binary", "\"\(ready.binary)\""), ("settings", "\"\(ready.settings)\""), ("tapes", tapes),
            ("training_tapes", split),
        ] {
            if let known = file.attributes[study]?[name], known != json {
                throw CommandFailure(
                    code: .configuration,
                    message:
                        "\(options.folder): this study began with \(name) \(known); found \(json); allowed: the same, or "
                        + "another --study")
            }
            try file.set(name, ofStudy: study, to: json)
        }
    }
}

/// `bailiff tune space`: what is searched.
enum TuneSpace {
    static func perform(_ arguments: Arguments) throws {
        let file = SpaceFile(try TuneOptions.space(arguments))
        if arguments.wantsJSON { return try StandardStreams.line(JSONText.encode(file)) }
        let rows = file.parameters.map { parameter in
            [
                parameter.name, parameter.kind ?? "",
                parameter.words?.joined(separator: ", ")
                    ?? "\(parameter.low ?? 0) to \(parameter.high ?? 0)\(parameter.log == true ? ", by ratios" : "")",
                "default \(parameter.default?.text ?? "")",
            ]
        }
        try StandardStreams.line(TextTable(rows: rows).text + "hash \(file.hash ?? "")\n")
    }
}
