/// Where in a text; both count from 1.
package struct SourcePlace: Hashable, Comparable, Sendable {
    package var line: Int
    package var column: Int

    package static func < (a: SourcePlace, b: SourcePlace) -> Bool {
        a.line != b.line ? a.line < b.line : a.column < b.column
    }
}

/// One thing that is wrong with a configuration.
///
/// Example: `bailiff.toml:7: feed.high_water_mark: found 0; allowed: an integer from 1024 to 4194304`.
package struct ConfigurationProblem: Equatable, Sendable {
    package var place: SourcePlace
    package var key: String
    package var found: String
    package var allowed: String
}

/// A configuration that cannot be used, with everything that is wrong with it, in order of place.
package struct ConfigurationError: Error, Equatable, Sendable {
    package var file: String
    package var problems: [ConfigurationProblem]
    /// The same file will not get better by itself.
    package var isRetriable: Bool { false }
}

extension ConfigurationError: CustomStringConvertible {
    package var description: String {
        problems.map { "\(file):\($0.place.line): \($0.key): found \($0.found); allowed: \($0.allowed)" }
            .joined(separator: "\n")
    }
}
