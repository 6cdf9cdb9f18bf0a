public import Winning

extension BotConfiguration.Winning {
    init(_ reader: inout ConfigurationReader) {
        self.init()
        file = reader.string("winning.table", default: "", allowed: "\"\" or \(ConfigurationText.pathAllowed)") {
            $0.isEmpty || ConfigurationText.isPath($0)
        }
        learns = reader.boolean("winning.learns", default: learns)
        weight = UInt32(
            reader.integer("winning.weight", default: Int64(weight), in: 1...Int64(WinRecord.weightMax)))
    }
}

/// A table of chances in a file: sixteen of them, from no tip to the whole stake, none below the one before.
extension WinTable {
    /// `nil` where no file is named. A path is relative to the configuration.
    static func named(_ name: String, beside configuration: String) throws(ConfigurationError) -> WinTable? {
        guard !name.isEmpty else { return nil }
        let folder = configuration.lastIndex(of: "/").map { configuration[...$0] } ?? ""
        let path = name.hasPrefix("/") ? name : folder + name
        return try decode(BotConfiguration.text(of: path), file: path)
    }

    /// `file` is for messages only.
    public static func decode(_ text: String, file: String) throws(ConfigurationError) -> WinTable {
        var reader = ConfigurationReader(try BotConfiguration.document(text, file: file))
        let key = "chances_ppb"
        reader.needed(key, allowed: allowed)
        let chances = reader.integers(key, count: binCount, in: 0...1_000_000_000)
        reader.reportUnknownKeys()
        let table = chances.flatMap { WinTable(partsPerBillion: $0.map { UInt32($0) }) }
        if chances != nil, table == nil { reader.report(key, found: "a chance below the one before", allowed: allowed) }
        guard reader.problems.isEmpty, let table else {
            throw ConfigurationError(file: file, problems: reader.problems.sorted { $0.place < $1.place })
        }
        return table
    }

    private static let allowed = "sixteen chances in billionths, none below the one before"
}
