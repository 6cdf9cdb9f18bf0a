import Console

/// `bailiff tune …`: from words to a command of tuning and an exit code.
enum TuneDispatch {
    static func run(_ words: [String]) -> ExitCode {
        Dispatch.attempt("bailiff tune") {
            if words.isEmpty || words == ["--help"] || words == ["help"] {
                try StandardStreams.line(TuneCommands.all.help)
                return words.isEmpty ? .usage : .ok
            }
            // Searching needs no word of its own.
            let words = words[0].hasPrefix("--") ? ["search"] + words : words
            let arguments = try TuneCommands.all.parse(words)
            if arguments.wantsHelp {
                let command = TuneCommands.all.commands.first { $0.name == arguments.command }
                try StandardStreams.line(command?.help(program: TuneCommands.all.program) ?? "")
                return .ok
            }
            switch arguments.command {
            case "search": try TuneCommand(arguments).perform()
            case "status": try TuneStatus.perform(arguments)
            case "space": try TuneSpace.perform(arguments)
            default: preconditionFailure("Invariant: every declared command is dispatched")
            }
            return .ok
        }
    }
}
