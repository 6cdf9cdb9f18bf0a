import Episodes
import Units

/// CSV of other people's: which layout its header asks for.
enum GenericTable {
    private static let timeColumns: [(name: String, form: SeriesLayout.TimeForm)] = [
        ("unix_s", .ticks(1_000_000_000)), ("unix_ms", .ticks(1_000_000)), ("unix_us", .ticks(1_000)),
        ("unix_ns", .ticks(1)), ("timestamp", .text),
    ]

    /// Time with open, high, low and close; or time with price, or with bid and ask.
    static func layout(
        of header: [String], file: String, asset: String, isBars: Bool
    ) throws(SourceFault) -> SeriesLayout {
        func place(_ name: String) -> Int? { header.firstIndex(of: name) }
        guard let time = timeColumns.first(where: { place($0.name) != nil }), let column = place(time.name) else {
            throw SourceFault(
                .headerMismatch, file: file, line: 1, column: "unix_s", found: header.joined(separator: ","))
        }
        var layout = SeriesLayout(file: file, columns: header, timeColumn: column, time: time.form)
        if isBars {
            for name in ["open", "high", "low", "close"] {
                guard let found = place(name) else {
                    throw SourceFault(
                        .headerMismatch, file: file, line: 1, column: name, found: header.joined(separator: ","))
                }
                layout.bars.append(found)
            }
            layout.prices = [.init(asset: asset, column: layout.bars[3])]
        } else if let price = place("price") {
            layout.prices = [.init(asset: asset, column: price)]
        } else if let bid = place("bid"), let ask = place("ask") {
            layout.prices = [.init(asset: asset, column: bid, ask: ask)]
        } else {
            throw SourceFault(
                .headerMismatch, file: file, line: 1, column: "price", found: header.joined(separator: ","))
        }
        return layout
    }

    static func table(
        _ path: String, asset: String, isBars: Bool
    ) throws(SourceFault) -> SeriesTable {
        let bytes = try GzipFile(path: path).readAll()
        let end = bytes.firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
        let header = String(decoding: bytes[..<end], as: UTF8.self).split(
            separator: ",", omittingEmptySubsequences: false)
        let columns = header.map(String.init)
        let layout = try layout(of: columns, file: path, asset: asset, isBars: isBars)
        return try SeriesTable(CSVTable(bytes, file: path, columns: columns), layout)
    }
}
