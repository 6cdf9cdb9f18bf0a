/// A whole number that a section may have.
package struct NumberKey: Sendable {
    package let name: String
    package let standard: Int64
    package let range: ClosedRange<Int64>

    package init(name: String, standard: Int64, range: ClosedRange<Int64>) {
        (self.name, self.standard, self.range) = (name, standard, range)
    }
}

/// A file that holds one section of whole numbers, such as `[stress]`. Keys that are not among those given are refused, as is
/// anything outside the section.
package enum NumberSection {
    /// The values in the order of the keys.
    package static func load(
        _ path: String, section: String, _ keys: [NumberKey]
    ) throws(ConfigurationError) -> [Int64] {
        try decode(BotConfiguration.text(of: path), file: path, section: section, keys)
    }

    /// `file` is for messages only.
    package static func decode(
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
