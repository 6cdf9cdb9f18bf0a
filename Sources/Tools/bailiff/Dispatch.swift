import Calibration
import Configuration
import Console
import Episodes
import Foundation
import MCAP
import Parity
import StudyFile
import Tape
import TapeCache

/// From words to a command and an exit code. It decides nothing else.
enum Dispatch {
    static func run(_ words: [String]) -> ExitCode {
        if words.first == "tape" { return TapeDispatch.run(Array(words.dropFirst())) }
        if words.first == "tune" { return TuneDispatch.run(Array(words.dropFirst())) }
        return attempt("bailiff") {
            if words.isEmpty || words == ["--help"] || words == ["help"] {
                try StandardStreams.line(Commands.all.help)
                return words.isEmpty ? .usage : .ok
            }
            let arguments = try Commands.all.parse(words)
            if arguments.wantsHelp { return try help(arguments.command) }
            if arguments.command == "trial" { return try TrialCommand(arguments).perform() }
            try perform(arguments)
            return .ok
        }
    }

    /// Runs a command. What it could not do becomes a line on stderr, and the exit code that scripts know.
    static func attempt(_ program: String, _ body: () throws -> ExitCode) -> ExitCode {
        do {
            return try body()
        } catch let fault as OutputFault {
            // Whoever reads has what it wanted, and is not to be told more.
            if fault.code == .readerLeft { return .stopped }
            complain(fault.description)
            return .unavailable
        } catch let error as UsageError {
            complain("\(error.text)\nsee: \(program) --help")
            return .usage
        } catch let failure as CommandFailure {
            complain(failure.message)
            return failure.code
        } catch let error as ConfigurationError {
            complain(error.description)
            return .configuration
        } catch let error as SecretError {
            complain(text(error))
            return .configuration
        } catch let fault as SourceFault {
            complain(fault.description)
            return .badData
        } catch let fault as MCAPFault {
            complain(fault.description)
            return fault.code == .cannotRead ? .unavailable : .badData
        } catch let fault as CacheFault {
            complain(fault.description)
            return .badData
        } catch let fault as CalibrationFault {
            complain(fault.description)
            return .badData
        } catch let fault as ParityFault {
            complain(fault.description)
            return .badData
        } catch let fault as StudyFault {
            complain(fault.description)
            return fault.code == .badLine ? .badData : .unavailable
        } catch let error as TapeError {
            complain(error.description)
            return error.isMissing ? .missingInput : .unavailable
        } catch {
            complain("\(error)")
            return .internalFault
        }
    }

    private static func help(_ command: String) throws -> ExitCode {
        guard let found = Commands.all.commands.first(where: { $0.name == command }) else { return .usage }
        try StandardStreams.line(found.help(program: Commands.all.program))
        return .ok
    }

    private static func perform(_ arguments: Arguments) throws {
        switch arguments.command {
        case "run": try RunCommand(arguments).perform()
        case "config": try ConfigCommand(arguments).perform()
        case "resume": try ResumeCommand(arguments).perform()
        case "demo": try DemoCommand(arguments).perform()
        case "venue": try VenueCommand(arguments).perform()
        case "import": try ImportCommand(arguments).perform()
        case "record": try RecordCommand(arguments).perform()
        case "explain": try ExplainCommand(arguments).perform()
        case "parity": try ParityCommand(arguments).perform()
        case "paper":
            if arguments.values("compare").isEmpty {
                try PaperCommand(arguments).perform()
            } else {
                try PaperCompareCommand(arguments).perform()
            }
        case "replay": try ReplayCommand(arguments).perform()
        case "reliability": try ReliabilityCommand(arguments).perform()
        case "stress": try StressCommand(arguments).perform()
        case "simulate": try SimulateCommand(arguments).perform()
        default: preconditionFailure("Invariant: every declared command is dispatched")
        }
    }

    private static func text(_ error: SecretError) -> String {
        let found: String =
            switch error.reason {
            case .missing: "it is not there"
            case .unreadable(let code): String(cString: strerror(code))
            case .notAFile: "not a file"
            case .openToOthers(let mode): "permissions 0\(String(mode, radix: 8))"
            case .empty: "nothing in it"
            case .tooLong: "too long"
            }
        return "secret \(error.subject): found: \(found); allowed: 1 to \(Secret.bytesMax) bytes, a file readable by "
            + "its owner only (chmod 600), or an environment variable"
    }

    private static func complain(_ text: String) {
        StandardStreams.note("bailiff: \(text)\n")
    }
}
