import Episodes
import TapeContent
import Units

/// A CSV file of prices by time, read and checked row by row. Prices have 18 decimals.
///
/// Refused, with file, line and column: a time that goes back (within a symbol), a hole above the layout's bound, a price that is
/// blank, zero or no number, a bid above its ask, a bar whose lowest is not lowest, a jump of more than a hundred times (the unit
/// changes), a month other than the folder says, and days that do not begin at the layout's hour.
struct SeriesTable {
    struct Row {
        var moment: Moment
        var prices: [(asset: String, units: UInt128)]
        var entry: HistoryEntry
    }

    private(set) var rows: [Row] = []
    private let layout: SeriesLayout
    private let table: CSVTable
    /// The month of the folder's name.
    private let label: ClosedRange<Moment>?
    private var last: [String: Moment] = [:]
    private var lastPrices: [String: UInt128] = [:]

    static let decimals: UInt8 = 18
    static let jumpMax: UInt128 = 100
    /// A recording may begin in the evening before its month, in whichever zone, and end in the morning after.
    private static let labelSlack = Interval.seconds(86_400)

    init(_ table: CSVTable, _ layout: SeriesLayout, label: ClosedRange<Moment>? = nil) throws(SourceFault) {
        self.table = table
        self.layout = layout
        self.label = label
        let header = table.columns.joined(separator: ",")
        for row in 0..<table.rows {
            let moment = try moment(row)
            let symbol = layout.symbolColumn.map { table.text(row, $0) } ?? ""
            try check(moment, symbol, row)
            let text = (0..<table.columns.count).map { table.text(row, $0) }.joined(separator: ",")
            let entry = HistoryEntry(
                at: moment, source: layout.file, line: table.line(of: row), header: header, row: text)
            rows.append(Row(moment: moment, prices: try prices(row, symbol), entry: entry))
        }
    }

    /// The first moment of a month to its last, with a day on both sides; `nil` for a name without one.
    static func month(of folder: String) -> ClosedRange<Moment>? {
        let parts = folder.split(separator: "-")
        guard parts.count >= 3, let year = Int(parts[0]), let month = Int(parts[1]), (1...12).contains(month),
            parts[0].count == 4, parts[1].count == 2
        else { return nil }
        let next = month == 12 ? "\(year + 1)-01" : "\(year)-\(month < 9 ? "0" : "")\(month + 1)"
        guard let start = TimeText.moment("\(parts[0])-\(parts[1])-01T00:00:00Z".utf8),
            let end = TimeText.moment("\(next)-01T00:00:00Z".utf8)
        else { return nil }
        return Moment(nanoseconds: start.nanoseconds - labelSlack.nanoseconds)...(end + labelSlack)
    }

    private func moment(_ row: Int) throws(SourceFault) -> Moment {
        switch layout.time {
        case .ticks(let tick): return try table.moment(row, layout.timeColumn, tick: tick)
        case .text:
            var text = Array(table.field(row, layout.timeColumn))
            if text.count == 19, text[10] == UInt8(ascii: " ") {
                text[10] = UInt8(ascii: "T")
                text.append(UInt8(ascii: "Z"))
            }
            guard let moment = TimeText.moment(text) else { throw table.fault(.notATime, row, layout.timeColumn) }
            return moment
        }
    }

    private mutating func check(_ moment: Moment, _ symbol: String, _ row: Int) throws(SourceFault) {
        let column = layout.timeColumn
        if let label, !label.contains(moment) { throw table.fault(.wrongLabel, row, column) }
        let before = last.updateValue(moment, forKey: symbol)
        if let before {
            // Receive times in nanoseconds, and events of a block, may be equal.
            guard moment >= before else { throw table.fault(.timeGoesBackwards, row, column) }
            if let gapMax = layout.gapMax, moment - before > gapMax { throw table.fault(.gap, row, column) }
        }
        guard let hour = layout.daysBegin, before.map({ moment - $0 > .seconds(86_400) }) ?? true else { return }
        guard moment.nanoseconds % 86_400_000_000_000 == hour.nanoseconds else {
            throw table.fault(.localMidnight, row, column)
        }
    }

    private mutating func prices(_ row: Int, _ symbol: String) throws(SourceFault) -> [(asset: String, units: UInt128)]
    {
        if let kind = layout.kind, table.text(row, kind.column) != kind.word { return [] }
        if !layout.bars.isEmpty { try checkBar(row) }
        var found: [(asset: String, units: UInt128)] = []
        for price in layout.prices {
            let asset = price.asset ?? symbol
            var units = try positive(row, price.column)
            if let column = price.ask {
                let ask = try positive(row, column)
                guard ask >= units else { throw table.fault(.askBelowBid, row, column) }
                units += (ask - units) / 2
            }
            if let before = lastPrices.updateValue(units, forKey: asset),
                before / Self.jumpMax > units || units / Self.jumpMax > before
            {
                throw table.fault(.unitsChange, row, price.column)
            }
            found.append((asset, units))
        }
        return found
    }

    private func checkBar(_ row: Int) throws(SourceFault) {
        var values: [UInt128] = []
        for column in layout.bars { values.append(try positive(row, column)) }
        guard values[1] >= max(values[0], values[2], values[3]) else {
            throw table.fault(.pricesDisagree, row, layout.bars[1])
        }
        guard values[2] <= min(values[0], values[3]) else { throw table.fault(.pricesDisagree, row, layout.bars[2]) }
    }

    private func positive(_ row: Int, _ column: Int) throws(SourceFault) -> UInt128 {
        let units = try table.units(row, column, decimals: Self.decimals)
        // Below a hundredth of the integers that money may have: sums of two of them cannot overflow.
        guard units > 0, units < UInt128(1) << 120 else { throw table.fault(.outOfRange, row, column) }
        return units
    }
}
