/// A whole number that a section may have.
public struct NumberKey: Sendable {
    public let name: String
    public let standard: Int64
    public let range: ClosedRange<Int64>

    public init(name: String, standard: Int64, range: ClosedRange<Int64>) {
        (self.name, self.standard, self.range) = (name, standard, range)
    }
}

/// A file that holds one section of whole numbers, such as `[stress]`. Keys that are not among those given are refused, as is
/// anything outside the section.
public enum NumberSection {
    /// The values in the order of the keys.
    public static func load(
        _ path: String, section: String, _ keys: [NumberKey]
    ) throws(ConfigurationError) -> [Int64] {
        try decode(BotConfiguration.text(of: path), file: path, section: section, keys)
    }

    /// `file` is for messages only.
    public static func decode(
        _ text: String, file: String, section: String, _ keys: [NumberKey]
    ) throws(ConfigurationError) -> [Int64] {
        var reader = ConfigurationReader(try BotConfiguration.document(text, file: file))
        let values = keys.map { reader.integer("\(section).\($0.name)", default: $0.standard, in: $0.range) }
        reader.reportUnknownKeys()
        guard reader.problems.isEmpty else {
            throw ConfigurationError(file: file, problems: reader.problems.sorted { $0.place < $1.place })
        }
        return values
    }
}
