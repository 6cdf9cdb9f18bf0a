import Units

/// What gas cost, in ten-minute periods of some days: percentiles of the legacy gas price, told as base fee and tips.
///
/// Source: `ethereum_gas_percentiles_10m`. There was no base fee in January 2021: the 30th percentile stands for it, what the
/// 60th and the 90th pay on top for the median and the high tip. Outside the recorded days the first row holds.
struct GasSeries: Sendable {
    struct Level: Equatable, Sendable {
        var baseFee: GasPrice
        var median: GasPrice
        var high: GasPrice
    }

    /// Periods in order; a level holds from its moment for `period`.
    private let periods: [(start: Moment, level: Level)]

    static let columns = [
        "day", "period_start", "blocks_or_txs", "avg_wei", "p30_wei", "p60_wei", "p90_wei", "p100_wei",
    ]
    static let period = Interval.seconds(600)

    init(_ table: CSVTable) throws(SourceFault) {
        var periods: [(start: Moment, level: Level)] = []
        for row in 0..<table.rows {
            guard let start = TimeText.moment(table.field(row, 1)) else { throw table.fault(.notATime, row, 1) }
            if let last = periods.last, start <= last.start { throw table.fault(.timeGoesBackwards, row, 1) }
            let p30 = try table.gasPrice(row, 4)
            let p60 = try table.gasPrice(row, 5)
            let p90 = try table.gasPrice(row, 6)
            guard p30.weiPerGas > 0 else { throw table.fault(.outOfRange, row, 4) }
            guard p30 <= p60 else { throw table.fault(.outOfRange, row, 5) }
            guard p60 <= p90 else { throw table.fault(.outOfRange, row, 6) }
            let level = Level(
                baseFee: p30, median: GasPrice(weiPerGas: p60.weiPerGas - p30.weiPerGas),
                high: GasPrice(weiPerGas: p90.weiPerGas - p30.weiPerGas))
            periods.append((start, level))
        }
        self.periods = periods
    }

    /// The level at a moment.
    func level(at moment: Moment) -> Level {
        let index = Sorted.lastIndex(of: periods, notAfter: moment) { $0.start }
        guard let index, moment < periods[index].start + Self.period else { return periods[0].level }
        return periods[index].level
    }

    /// Every moment from which another level may hold: where periods begin, and where the last of a run ends.
    var boundaries: [Moment] {
        Array(Set(periods.flatMap { [$0.start, $0.start + Self.period] })).sorted()
    }
}

/// Binary search in what is sorted by a moment.
enum Sorted {
    static func lastIndex<T>(of rows: [T], notAfter moment: Moment, _ key: (T) -> Moment) -> Int? {
        var low = 0
        var high = rows.count
        while low < high {
            let middle = (low + high) / 2
            if key(rows[middle]) <= moment { low = middle + 1 } else { high = middle }
        }
        return low > 0 ? low - 1 : nil
    }
}
