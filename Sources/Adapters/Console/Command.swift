/// What a subcommand takes, as data: parsing, refusals and help all come from it.
///
/// Example: `Command("run", "act on a live feed", options: [.value("config", "FILE", "where the configuration is")])`.
public struct Command: Sendable {
    /// One declared option.
    public struct Option: Sendable {
        public enum Kind: Sendable {
            /// `--name VALUE` or `--name=VALUE`; may be repeated where `isRepeatable`.
            case value(placeholder: String, isRepeatable: Bool)
            /// `--name`.
            case toggle
        }

        public let name: String
        public let kind: Kind
        public let meaning: String

        public static func value(
            _ name: String, _ placeholder: String, _ meaning: String, isRepeatable: Bool = false
        ) -> Option {
            Option(name: name, kind: .value(placeholder: placeholder, isRepeatable: isRepeatable), meaning: meaning)
        }

        public static func toggle(_ name: String, _ meaning: String) -> Option {
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

    public let name: String
    public let meaning: String
    public let options: [Option]
    /// Names of the positional arguments, all of them required.
    public let positionals: [String]
    /// Whether the last positional argument may be given more than once.
    public let repeatsLast: Bool
    /// A whole command line that works.
    public let example: String

    /// Every command takes these.
    public static let common: [Option] = [
        .toggle("json", "print one JSON object instead of text"),
        .toggle("help", "print this"),
    ]

    public init(
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
    public func help(program: String) -> String {
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
public struct CommandSet: Sendable {
    public let program: String
    public let meaning: String
    public let commands: [Command]

    public init(program: String, meaning: String, commands: [Command]) {
        precondition(Set(commands.map(\.name)).count == commands.count, "Condition: a command is declared once")
        self.program = program
        self.meaning = meaning
        self.commands = commands
    }

    /// What the program prints when it is asked for help, or for nothing.
    public var help: String {
        let rows = commands.map { ["  \($0.name)", $0.meaning] }
        return """
            \(program): \(meaning)

            usage: \(program) COMMAND [options]

            \(TextTable(rows: rows).text)
            \(program) COMMAND --help tells more.

            """
    }
}
