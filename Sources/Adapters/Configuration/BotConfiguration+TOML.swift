import Limits
import Strategy
import Units
import Winning

extension BotConfiguration {
    /// Reads a text.
    ///
    /// `file` is for messages only.
    public static func decode(_ text: String, file: String) throws(ConfigurationError) -> BotConfiguration {
        var reader = ConfigurationReader(try document(text, file: file))
        let strategy = try StrategyParameters.named(in: &reader, of: file)
        var configuration = BotConfiguration(&reader, strategy)
        configuration.winning.table = try WinTable.named(configuration.winning.file, beside: file)
        reader.reportUnknownKeys()
        guard reader.problems.isEmpty else {
            throw ConfigurationError(file: file, problems: reader.problems.sorted { $0.place < $1.place })
        }
        return configuration
    }

    static func document(_ text: String, file: String) throws(ConfigurationError) -> TOMLDocument {
        do {
            return try TOMLDocument(text)
        } catch {
            let problem = ConfigurationProblem(
                place: error.place, key: "syntax", found: error.reason, allowed: "TOML 1.0")
            throw ConfigurationError(file: file, problems: [problem])
        }
    }

    /// Every key that a configuration may have, in the order of the annotated file.
    public static var keys: [String] {
        guard let nothing = try? TOMLDocument("") else { preconditionFailure("Invariant: the empty text is TOML") }
        var reader = ConfigurationReader(nothing)
        _ = StrategyParameters.fileName(in: &reader)
        _ = BotConfiguration(&reader, StrategyParameters())
        return reader.keys
    }

    private init(_ reader: inout ConfigurationReader, _ base: StrategyParameters) {
        let defaults = BotConfiguration()
        mode = reader.value("mode", default: defaults.mode, allowed: "\"paper\" or \"live\"") { value in
            guard case .string(let text) = value else { return nil }
            return Mode(rawValue: text)
        }
        isLiveEnabled = reader.boolean("live.enabled", default: defaults.isLiveEnabled)
        if mode == .live && !isLiveEnabled {
            reader.report(
                "mode", found: "\"live\" while live.enabled is false", allowed: "\"live\" with live.enabled = true")
        }
        feed = Feed(&reader)
        venue = Venue(&reader)
        journalPath = reader.string(
            "journal.path", default: defaults.journalPath, allowed: ConfigurationText.pathAllowed,
            where: ConfigurationText.isPath)
        capital = reader.amount("capital.cash", default: defaults.capital)
        gasMoney = reader.amount("capital.gas_money_wei", default: defaults.gasMoney)
        strategy = StrategyParameters(&reader, on: base, section: "strategy.")
        proceeds = Proceeds(&reader)
        if mode == .live { proceeds.refuseKeeping(&reader) }
        winning = Winning(&reader)
        transaction = Transaction(&reader)
        limits = LimitSettings(&reader)
        model = Model(&reader)
        excludedTags = reader.strings(
            "segments.exclude", default: [], countMin: 0, countMax: 16, allowed: ConfigurationText.nameAllowed,
            where: ConfigurationText.isName)
        let keys = reader.strings(
            "attestation.keys", default: [], countMin: 0, countMax: 256, allowed: ConfigurationText.attestorAllowed
        ) { ConfigurationText.attestor($0) != nil }
        attestors = keys.compactMap(ConfigurationText.attestor)
        printsSummary = reader.boolean("output.summary", default: defaults.printsSummary)
    }
}

extension BotConfiguration.Feed {
    fileprivate init(_ reader: inout ConfigurationReader) {
        self.init()
        endpoints = reader.strings(
            "feed.endpoints", default: endpoints, countMax: 16, allowed: ConfigurationText.endpointAllowed,
            where: ConfigurationText.isEndpoint)
        topics = reader.strings(
            "feed.topics", default: topics, countMax: 16, allowed: "a string of at most 32 bytes"
        ) { $0.utf8.count <= 32 }
        highWaterMark = Int32(
            reader.integer("feed.high_water_mark", default: Int64(highWaterMark), in: 1_024...4_194_304))
        silenceMax = reader.milliseconds("feed.silence_milliseconds_max", default: silenceMax, in: 100...60_000)
    }
}

extension BotConfiguration.Venue {
    fileprivate init(_ reader: inout ConfigurationReader) {
        self.init()
        url = reader.string("venue.url", default: url, allowed: VenueURL.allowed, where: VenueURL.isAllowed)
        liquidator = reader.string(
            "venue.liquidator", default: liquidator, allowed: ConfigurationText.nameAllowed,
            where: ConfigurationText.isName)
        secret = SecretSource(&reader, default: secret)
        requestMax = reader.milliseconds("venue.request_milliseconds_max", default: requestMax, in: 50...60_000)
        attemptsMax = Int(reader.integer("venue.attempts_max", default: Int64(attemptsMax), in: 1...20))
        statusPoll = reader.milliseconds("venue.status_poll_milliseconds", default: statusPoll, in: 5...10_000)
    }
}

extension SecretSource {
    fileprivate init(_ reader: inout ConfigurationReader, default fallback: SecretSource) {
        let file = reader.string(
            "venue.secret_file", default: "", allowed: ConfigurationText.pathAllowed, where: ConfigurationText.isPath)
        let variable = reader.string(
            "venue.secret_environment", default: "", allowed: ConfigurationText.variableAllowed,
            where: ConfigurationText.isVariable)
        if reader.isGiven("venue.secret_file") && reader.isGiven("venue.secret_environment") {
            reader.report(
                "venue.secret_file", found: "a second source of the secret",
                allowed: "secret_file or secret_environment, not both")
        }
        self = !file.isEmpty ? .file(file) : !variable.isEmpty ? .environment(variable) : fallback
    }
}

extension ConfigurationReader {
    mutating func milliseconds(_ key: String, default fallback: Interval, in range: ClosedRange<Int64>)
        -> Interval
    {
        .milliseconds(integer(key, default: fallback.nanoseconds / 1_000_000, in: range))
    }

    /// TOML's integers have 64 bits; money needs more, so it is written in quotes.
    mutating func amount(_ key: String, default fallback: UInt128) -> UInt128 {
        value(key, default: fallback, allowed: "a string of decimal digits, below 2^127") { value in
            guard case .string(let text) = value, let amount = UInt256(decimal: text)?.asUInt128 else { return nil }
            return amount <= UInt128(Int128.max) ? amount : nil
        }
    }
}
