/// Where in a text; both count from 1.
public struct SourcePlace: Hashable, Comparable, Sendable {
    public var line: Int
    public var column: Int

    public static func < (a: SourcePlace, b: SourcePlace) -> Bool {
        a.line != b.line ? a.line < b.line : a.column < b.column
    }
}

/// One thing that is wrong with a configuration.
///
/// Example: `bailiff.toml:7: feed.high_water_mark: found 0; allowed: an integer from 1024 to 4194304`.
public struct ConfigurationProblem: Equatable, Sendable {
    public var place: SourcePlace
    public var key: String
    public var found: String
    public var allowed: String
}

/// A configuration that cannot be used, with everything that is wrong with it, in order of place.
public struct ConfigurationError: Error, Equatable, Sendable {
    public var file: String
    public var problems: [ConfigurationProblem]
    /// The same file will not get better by itself.
    public var isRetriable: Bool { false }
}

extension ConfigurationError: CustomStringConvertible {
    public var description: String {
        problems.map { "\(file):\($0.place.line): \($0.key): found \($0.found); allowed: \($0.allowed)" }
            .joined(separator: "\n")
    }
}
