public import Units

/// Recorded prices, a row a minute, for statistics: one asset, or two whose accounts hold one and owe the other.
public struct RecordedPrices: Sendable {
    public let name: String
    public let assets: [String]
    public let moments: [Moment]
    /// By row, then by asset.
    public let prices: [[Double]]

    /// The recordings that we know, below a directory; those that are absent are left out.
    public static func all(below directory: String) throws(SourceFault) -> [RecordedPrices] {
        var found: [RecordedPrices] = []
        for recording in Recording.known {
            let path = directory + "/" + recording.path
            guard let table = try recording.table(path) else { continue }
            found.append(try recording.prices(table))
        }
        return found
    }

    /// Rows before a moment, and from it on.
    public func split(at share: Double) -> (RecordedPrices, RecordedPrices) {
        let cut = Int(Double(moments.count) * share)
        return (part(0..<cut, " (first part)"), part(cut..<moments.count, " (rest)"))
    }

    private func part(_ rows: Range<Int>, _ suffix: String) -> RecordedPrices {
        RecordedPrices(
            name: name + suffix, assets: assets, moments: Array(moments[rows]), prices: Array(prices[rows]))
    }
}

/// Where a recording's numbers stand in its file.
private struct Recording {
    let name: String
    let path: String
    let columns: [String]
    let timeColumn: Int
    let tick: Int64
    let priceColumn: Int
    /// Rows of several symbols under one another: in which column, and which ones make the pair.
    var symbolColumn: Int?
    var symbols: [String] = []

    static let known = [
        Recording(
            name: "2021-01-eth-crash", path: "2021-01-eth-crash/ethusdt_perp_1m_bidask_liquidations.csv.gz",
            columns: MinuteSeries.columns, timeColumn: 0, tick: 1_000, priceColumn: 2),
        Recording(
            name: "2022-01-btc-grind", path: "2022-01-btc-grind/btc_perp_1m.csv.gz",
            columns: ["unix_s", "open", "high", "low", "close", "volume_usd"], timeColumn: 0, tick: 1_000_000_000,
            priceColumn: 4),
        Recording(
            name: "2023-03-usdc-depeg", path: "2023-03-usdc-depeg/btc_vs_usd_usdt_usdc_1m.csv.gz",
            columns: ["venue", "symbol", "unix_s", "open", "high", "low", "close", "volume"], timeColumn: 2,
            tick: 1_000_000_000, priceColumn: 6, symbolColumn: 1, symbols: ["BTCUSD", "BTCUSDC"]),
        Recording(
            name: "2017-09-calm", path: "2017-09-calm/ethusd_btcusd_1m.csv.gz",
            columns: [
                "symbol", "unix_s", "open", "high", "low", "close", "volume", "bid_close", "bid_size", "ask_close",
                "ask_size",
            ], timeColumn: 1, tick: 1_000_000_000, priceColumn: 5, symbolColumn: 0, symbols: ["ETHUSD", "BTCUSD"]),
    ]

    func table(_ path: String) throws(SourceFault) -> CSVTable? {
        do throws(SourceFault) {
            return try CSVTable(path: path, columns: columns)
        } catch {
            if error.code == .cannotOpen { return nil }
            throw error
        }
    }

    func prices(_ table: CSVTable) throws(SourceFault) -> RecordedPrices {
        var bySymbol: [[Int64: Double]] = Array(repeating: [:], count: max(1, symbols.count))
        for row in 0..<table.rows {
            var asset = 0
            if let symbolColumn {
                guard let known = symbols.firstIndex(of: table.text(row, symbolColumn)) else { continue }
                asset = known
            }
            let moment = try table.moment(row, timeColumn, tick: tick)
            let units = try table.units(row, priceColumn, decimals: 9)
            guard units > 0 else { throw table.fault(.outOfRange, row, priceColumn) }
            bySymbol[asset][moment.nanoseconds] = units.approximate / 1e9
        }
        let common = bySymbol[0].keys.filter { key in bySymbol.allSatisfy { $0[key] != nil } }.sorted()
        let rows = common.map { key in bySymbol.compactMap { $0[key] } }
        return RecordedPrices(
            name: name, assets: symbols.isEmpty ? [name] : symbols,
            moments: common.map { Moment(nanoseconds: $0) }, prices: rows)
    }
}
