/// What a subcommand takes, as data: parsing, refusals and help all come from it.
///
/// Example: `Command("run", "act on a live feed", options: [.value("config", "FILE", "where the configuration is")])`.
package struct Command: Sendable {
    /// One declared option.
    package struct Option: Sendable {
        package enum Kind: Sendable {
            /// `--name VALUE` or `--name=VALUE`; may be repeated where `isRepeatable`.
            case value(placeholder: String, isRepeatable: Bool)
            /// `--name`.
            case toggle
        }

        package let name: String
        package let kind: Kind
        package let meaning: String

        package static func value(
            _ name: String, _ placeholder: String, _ meaning: String, isRepeatable: Bool = false
        ) -> Option {
            Option(name: name, kind: .value(placeholder: placeholder, isRepeatable: isRepeatable), meaning: meaning)
        }

        package static func toggle(_ name: String, _ meaning: String) -> Option {
            Option(name: name, kind: .toggle, meaning: meaning)
        }

        /// As it is written: `--config FILE`.
        var spelling: String {
            switch kind {
            case .value(let placeholder, _): "--\(name) \(placeholder)"
            case .toggle: "--\(name)"
            }
        }
    }

    package let name: String
    package let meaning: String
    package let options: [Option]
    /// Names of the positional arguments, all of them required.
    package let positionals: [String]
    /// Whether the last positional argument may be given more than once.
    package let repeatsLast: Bool
    /// A whole command line that works.
    package let example: String

    /// Every command takes these.
    package static let common: [Option] = [
        .toggle("json", "print one JSON object instead of text"),
        .toggle("help", "print this"),
    ]

    package init(
        _ name: String, _ meaning: String, options: [Option] = [], positionals: [String] = [],
        repeatsLast: Bool = false,
        example: String
    ) {
        precondition(!repeatsLast || !positionals.isEmpty, "Condition: there is an argument to repeat")
        let names = (options + Self.common).map(\.name)
        precondition(Set(names).count == names.count, "Condition: an option is declared once")
        self.name = name
        self.meaning = meaning
        self.options = options + Self.common
        self.positionals = positionals
        self.repeatsLast = repeatsLast
        self.example = example
    }
}

extension Command {
    /// What `--help` prints.
    package func help(program: String) -> String {
        let places = positionals.map { " \($0.uppercased())" }.joined() + (repeatsLast ? "..." : "")
        let rows = options.map { ["  \($0.spelling)", $0.meaning] }
        return """
            \(program) \(name): \(meaning)

            usage: \(program) \(name)\(places) [options]

            \(TextTable(rows: rows).text)
            example: \(example)

            """
    }
}

/// The program's commands, as data.
package struct CommandSet: Sendable {
    package let program: String
    package let meaning: String
    package let commands: [Command]

    package init(program: String, meaning: String, commands: [Command]) {
        precondition(Set(commands.map(\.name)).count == commands.count, "Condition: a command is declared once")
        self.program = program
        self.meaning = meaning
        self.commands = commands
    }

    /// What the program prints when it is asked for help, or for nothing.
    package var help: String {
        let rows = commands.map { ["  \($0.name)", $0.meaning] }
        return """
            \(program): \(meaning)

            usage: \(program) COMMAND [options]

            \(TextTable(rows: rows).text)
            \(program) COMMAND --help tells more.

            """
    }
}
