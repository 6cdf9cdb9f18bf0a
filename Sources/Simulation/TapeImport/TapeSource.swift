public import Episodes
import MarginEngine
public import TapeContent
public import Units

/// What is to become a tape.
public struct ImportRequest: Sendable {
    public enum Layout: String, CaseIterable, Sendable {
        /// A folder of `shared/data`, known by its name.
        case episode
        case ohlc, ticks
        /// JSON lines of frames, as `tape export` prints them.
        case frames
    }

    /// A folder or a file.
    public var source: String
    public var layout: Layout?
    public var asset = "asset"
    public var seed: UInt64 = 1
    public var safeAccounts = 5_000

    public init(source: String) { self.source = source }

    /// What was asked for, or what the source's name says: a folder is an episode.
    public var resolved: Layout {
        if let layout { return layout }
        if source.hasSuffix(".jsonl") { return .frames }
        return source.hasSuffix(".csv") || source.hasSuffix(".csv.gz") ? .ohlc : .episode
    }
}

/// Files that were read and checked, ready to be written as a tape.
public struct TapeSource {
    public let title: String
    public let start: Moment
    public let seed: UInt64?
    public let files: [String]
    private let episode: Episode?
    private let rows: [SeriesTable.Row]
    private let market: String

    public var historyCount: UInt64 { UInt64(rows.count) }

    public static func read(_ request: ImportRequest) throws(SourceFault) -> TapeSource {
        switch request.resolved {
        case .ohlc, .ticks:
            let table = try GenericTable.table(
                request.source, asset: request.asset, isBars: request.resolved == .ohlc)
            return TapeSource(
                title: "prices of \(request.asset)", seed: nil, files: [request.source], episode: nil, rows: table.rows,
                market: "recorded")
        case .episode, .frames: return try episode(request)
        }
    }

    /// What the crash's accounts, gas and depth are read from, beside the files of its layouts.
    private static let accountFiles = [
        "ethereum_gas_percentiles_10m", "uniswap_v2_dai_weth_reserves_10m", "aave_v2_reserve_parameters",
    ]

    private static func episode(_ request: ImportRequest) throws(SourceFault) -> TapeSource {
        let folder = request.source.split(separator: "/").last.map(String.init) ?? ""
        guard let layouts = SeriesLayout.known[folder] else {
            let known = SeriesLayout.known.keys.sorted().joined(separator: ", ")
            throw SourceFault(.unknownWord, file: request.source, found: "\(folder); allowed: \(known)")
        }
        var rows: [SeriesTable.Row] = []
        var files: [String] = []
        for layout in layouts {
            let path = "\(request.source)/\(layout.file).csv.gz"
            let table = try CSVTable(path: path, columns: layout.columns)
            rows += try SeriesTable(table, layout, label: SeriesTable.month(of: folder)).rows
            files.append(path)
        }
        // The crash has accounts, gas and depth as well: it is played as a venue would, and its prices are in that.
        var played: Episode?
        if folder == "2021-01-eth-crash" {
            let options = EpisodeImport.Options(seed: request.seed, safeAccounts: request.safeAccounts)
            played = try EpisodeImport(directory: request.source, options: options).episode
            files += accountFiles.map { "\(request.source)/\($0).csv.gz" }
        }
        return TapeSource(
            title: played?.title ?? "recorded: \(folder)", seed: played == nil ? nil : request.seed, files: files,
            episode: played, rows: rows, market: folder)
    }

    private init(
        title: String, seed: UInt64?, files: [String], episode: Episode?, rows: [SeriesTable.Row], market: String
    ) {
        self.title = title
        self.seed = seed
        self.files = files
        self.episode = episode
        self.market = market
        // Stable: rows of the same moment stay as they stood.
        self.rows = rows.enumerated().sorted { ($0.element.moment, $0.offset) < ($1.element.moment, $1.offset) }
            .map(\.element)
        start = episode?.start ?? self.rows.first?.moment ?? .start
    }

    /// Frames and rows in order of time.
    public func write(
        frame: (_ topic: [UInt8], _ body: [UInt8], _ at: Moment, _ sequence: UInt64) throws -> Void,
        history: (HistoryEntry) throws -> Void
    ) throws {
        guard let episode else {
            var prices = PriceFrames(market: market, rows)
            for row in rows {
                try prices.advance(to: row.moment, frame)
                try history(row.entry)
                try prices.write(row, to: frame)
            }
            return try prices.finish(to: frame)
        }
        var rest = rows[...]
        var frames = EpisodeFrames(episode)
        try frames.write { topic, body, at, sequence in
            while let row = rest.first, row.moment <= at {
                try history(row.entry)
                rest.removeFirst()
            }
            try frame(topic, body, at, sequence)
        }
        for row in rest { try history(row.entry) }
    }
}
