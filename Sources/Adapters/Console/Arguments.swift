/// A command line, read against what a command declares.
public struct Arguments: Equatable, Sendable {
    public let command: String
    public private(set) var positionals: [String] = []
    private var values: [String: [String]] = [:]
    private var toggles: Set<String> = []

    fileprivate init(command: String) {
        self.command = command
    }

    /// The last value given for the option.
    public func value(_ option: String) -> String? { values[option]?.last }
    public func values(_ option: String) -> [String] { values[option] ?? [] }
    public func has(_ option: String) -> Bool { toggles.contains(option) }
    public var wantsJSON: Bool { has("json") }
    public var wantsHelp: Bool { has("help") }

    /// A whole number within the range, or the default when it was not given.
    public func number(_ option: String, in range: ClosedRange<Int>, default standard: Int) throws(UsageError) -> Int {
        guard let text = value(option) else { return standard }
        guard let number = Int(text), range.contains(number) else {
            throw .badValue(option: option, found: text, allowed: "\(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }
}

/// What is wrong with a command line.
public enum UsageError: Error, Equatable, Sendable {
    case noCommand
    case unknownCommand(String, suggestion: String?)
    case unknownOption(String, suggestion: String?)
    case missingValue(option: String)
    /// A toggle was given a value.
    case unwantedValue(option: String)
    case repeated(option: String)
    case missingPositional(String)
    case unwantedPositional(String)
    case badValue(option: String, found: String, allowed: String)

    /// One line for a person.
    public var text: String {
        switch self {
        case .noCommand: "a command is missing"
        case .unknownCommand(let name, let suggestion): "no command '\(name)'\(Self.hint(suggestion))"
        case .unknownOption(let name, let suggestion): "no option '--\(name)'\(Self.hint(suggestion.map { "--\($0)" }))"
        case .missingValue(let option): "--\(option) needs a value"
        case .unwantedValue(let option): "--\(option) takes no value"
        case .repeated(let option): "--\(option) is given twice"
        case .missingPositional(let name): "\(name.uppercased()) is missing"
        case .unwantedPositional(let text): "'\(text)' is one argument too many"
        case .badValue(let option, let found, let allowed): "--\(option) is '\(found)'; allowed: \(allowed)"
        }
    }

    private static func hint(_ suggestion: String?) -> String { suggestion.map { "; did you mean '\($0)'?" } ?? "" }
}

extension CommandSet {
    /// Reads what follows the program's name. With `--help` nothing is missing, whatever is absent.
    public func parse(_ words: [String]) throws(UsageError) -> Arguments {
        guard let name = words.first else { throw .noCommand }
        guard let command = commands.first(where: { $0.name == name }) else {
            throw .unknownCommand(name, suggestion: Suggestion.nearest(to: name, among: commands.map(\.name)))
        }
        var arguments = Arguments(command: name)
        var rest = words.dropFirst()
        while let word = rest.popFirst() {
            if word == "--" {
                for word in rest { try arguments.take(positional: word, of: command) }
                break
            }
            guard word.hasPrefix("--") else {
                try arguments.take(positional: word, of: command)
                continue
            }
            try arguments.take(option: word.dropFirst(2), of: command, rest: &rest)
        }
        if !arguments.wantsHelp, arguments.positionals.count < command.positionals.count {
            throw .missingPositional(command.positionals[arguments.positionals.count])
        }
        return arguments
    }
}

extension Arguments {
    fileprivate mutating func take(positional word: String, of command: Command) throws(UsageError) {
        guard positionals.count < command.positionals.count || command.repeatsLast else {
            throw .unwantedPositional(word)
        }
        positionals.append(word)
    }

    fileprivate mutating func take(
        option word: Substring, of command: Command, rest: inout ArraySlice<String>
    ) throws(UsageError) {
        let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let name = String(parts[0])
        guard let option = command.options.first(where: { $0.name == name }) else {
            throw .unknownOption(name, suggestion: Suggestion.nearest(to: name, among: command.options.map(\.name)))
        }
        switch option.kind {
        case .toggle:
            guard parts.count == 1 else { throw .unwantedValue(option: name) }
            toggles.insert(name)
        case .value(_, let isRepeatable):
            guard isRepeatable || values[name] == nil else { throw .repeated(option: name) }
            guard let value = parts.count == 2 ? String(parts[1]) : rest.popFirst(), !value.hasPrefix("--") else {
                throw .missingValue(option: name)
            }
            values[name, default: []].append(value)
        }
    }
}
