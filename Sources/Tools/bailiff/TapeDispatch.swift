import Console
import Desk
import Foundation
import MCAP
import Tape
import TapeContent
import TapeDesk

/// `bailiff tape …`: from words to a command of tapes and an exit code.
enum TapeDispatch {
    static func run(_ words: [String]) -> ExitCode {
        Dispatch.attempt("bailiff tape") {
            if words.isEmpty || words == ["--help"] || words == ["help"] {
                try StandardStreams.line(TapeCommands.all.help)
                return words.isEmpty ? .usage : .ok
            }
            let arguments = try TapeCommands.all.parse(words)
            if arguments.wantsHelp {
                let command = TapeCommands.all.commands.first { $0.name == arguments.command }
                try StandardStreams.line(command?.help(program: TapeCommands.all.program) ?? "")
                return .ok
            }
            return try perform(arguments)
        }
    }

    private static func perform(_ arguments: Arguments) throws -> ExitCode {
        switch arguments.command {
        case "info": try TapeInfo.perform(arguments)
        case "verify": return try TapeVerify.perform(arguments)
        case "calibrate": try TapeCalibrateCommand(arguments).perform()
        case "cat": try TapePrinting.cat(arguments)
        case "export": try TapePrinting.export(arguments)
        case "cut", "merge": try TapeJoining.perform(arguments)
        case "compile": try TapeCompileCommand(arguments).perform()
        case "generate": try TapeGenerateCommand(arguments).perform()
        case "import": try TapeImportCommand(arguments).perform()
        default: preconditionFailure("Invariant: every declared command is dispatched")
        }
        return .ok
    }
}

/// `tape info`.
enum TapeInfo {
    static func perform(_ arguments: Arguments) throws {
        let all = try arguments.positionals.map { ($0, TapeOverview(try Tapes.open($0))) }
        if arguments.wantsJSON {
            try StandardStreams.line(JSONText.encode(Dictionary(all) { first, _ in first }))
        } else {
            try StandardStreams.line(all.map(text).joined(separator: "\n"))
        }
    }

    private static func text(_ path: String, _ tape: TapeOverview) -> String {
        var lines = [
            "\(path): \(tape.title.map { $0.isEmpty ? "a tape" : $0 } ?? "no tape of bailiff"), \(tape.ending)",
            "  \(tape.messages.grouped) messages in \(tape.chunks) chunks, \(tape.bytes.grouped) bytes, "
                + "\(tape.unpackedBytes.grouped) unpacked",
        ]
        if tape.messages > 0 {
            lines.append("  \(TapeTime.text(tape.startNanoseconds)) to \(TapeTime.text(tape.endNanoseconds))")
        }
        lines += tape.channels.map { "  \($0.topic): \($0.messages.grouped)" }
        lines += tape.metadata.sorted { $0.key < $1.key }.flatMap { name, values in
            values.sorted { $0.key < $1.key }.filter { !$0.value.isEmpty }.map { "  \(name) \($0.key): \($0.value)" }
        }
        return lines.map { $0 + "\n" }.joined()
    }
}

/// `tape verify`.
enum TapeVerify {
    static func perform(_ arguments: Arguments) throws -> ExitCode {
        var all: [String: TapeCheck] = [:]
        for path in arguments.positionals {
            var progress = ProgressLine(tag: "verify")
            all[path] = try TapeCheck(path, ruleNames: VenueRules.names) {
                progress.show("\(path): \(Int($0 * 100)) %", at: Clock.monotonic)
            }
            progress.finish()
        }
        if arguments.wantsJSON {
            try StandardStreams.line(JSONText.encode(all))
        } else {
            for (path, check) in all.sorted(by: { $0.key < $1.key }) { try StandardStreams.line(text(path, check)) }
        }
        return all.values.allSatisfy(\.isSound) ? .ok : .badData
    }

    private static func text(_ path: String, _ check: TapeCheck) -> String {
        let state = check.isSound ? "sound" : "NOT SOUND"
        let feed =
            "\(check.frames.grouped) frames of \(check.streams) streams, missing \(check.missing.grouped), "
            + "faulty \(check.faulty.grouped)"
        return (["\(path): \(state); \(feed); sha256 \(check.sha256)"] + check.findings.map { "  \($0)" })
            .joined(separator: "\n")
    }
}
