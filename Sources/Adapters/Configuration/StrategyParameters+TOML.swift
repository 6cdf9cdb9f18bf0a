public import Strategy

/// Strategies in files: the keys of `[strategy]` without the section, as `config/strategies` holds them.
extension StrategyParameters {
    public static func load(_ path: String) throws(ConfigurationError) -> StrategyParameters {
        try decode(BotConfiguration.text(of: path), file: path)
    }

    /// `file` is for messages only.
    public static func decode(
        _ text: String, file: String, on base: StrategyParameters = StrategyParameters()
    ) throws(ConfigurationError) -> StrategyParameters {
        var reader = ConfigurationReader(try BotConfiguration.document(text, file: file))
        let parameters = StrategyParameters(&reader, on: base, section: "")
        reader.reportUnknownKeys()
        guard reader.problems.isEmpty else {
            throw ConfigurationError(file: file, problems: reader.problems.sorted { $0.place < $1.place })
        }
        return parameters
    }

    /// What a configuration's `strategy.file` says; the defaults where there is none. A path is relative to the configuration.
    static func named(
        in reader: inout ConfigurationReader, of configuration: String
    ) throws(ConfigurationError) -> StrategyParameters {
        let name = fileName(in: &reader)
        guard !name.isEmpty else { return StrategyParameters() }
        let folder = configuration.lastIndex(of: "/").map { configuration[...$0] } ?? ""
        return try load(name.hasPrefix("/") ? name : folder + name)
    }

    static func fileName(in reader: inout ConfigurationReader) -> String {
        reader.string("strategy.file", default: "", allowed: "\"\" or \(ConfigurationText.pathAllowed)") {
            $0.isEmpty || ConfigurationText.isPath($0)
        }
    }

    /// Every row's key over what is there already.
    init(_ reader: inout ConfigurationReader, on base: StrategyParameters, section: String) {
        self = base
        for row in StrategyParameters.table { reader.take(row, section, &self) }
        if let conflict {
            reader.report(section + conflict.name, found: conflict.found, allowed: conflict.allowed)
        }
    }
}

extension ConfigurationReader {
    fileprivate mutating func take(
        _ row: StrategyParameters.Row, _ section: String, _ parameters: inout StrategyParameters
    ) {
        let (key, fallback) = (section + row.name, row.read(parameters))
        let value =
            switch row.scale {
            case .linear, .logarithmic: integer(key, default: fallback, in: row.range)
            case .toggle: boolean(key, default: fallback != 0) ? Int64(1) : 0
            case .categorical(let words):
                value(key, default: fallback, allowed: row.allowed) { value in
                    guard case .string(let word) = value else { return nil }
                    return words.firstIndex(of: word).map(Int64.init)
                }
            }
        row.write(&parameters, value)
    }
}
