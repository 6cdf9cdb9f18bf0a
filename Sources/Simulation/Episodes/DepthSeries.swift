import Units

/// How much ether a pool of ether and dollars held, in ten-minute steps of some days.
///
/// Source: `uniswap_v2_dai_weth_reserves_10m`; its windows begin at 08:00 UTC. Before the first row the first row holds, after any
/// row that row until the next.
struct DepthSeries: Sendable {
    /// Wei of ether in the pool.
    private let rows: [(moment: Moment, wei: UInt128)]

    static let columns = ["day", "unix_s", "dai_reserve", "weth_reserve"]
    private static let second: Int64 = 1_000_000_000

    init(_ table: CSVTable) throws(SourceFault) {
        var rows: [(moment: Moment, wei: UInt128)] = []
        for row in 0..<table.rows {
            let moment = try table.moment(row, 1, tick: Self.second)
            if let last = rows.last, moment <= last.moment { throw table.fault(.timeGoesBackwards, row, 1) }
            _ = try table.units(row, 2, decimals: 0)
            let wei = try table.units(row, 3, decimals: 18)
            guard wei > 0 else { throw table.fault(.outOfRange, row, 3) }
            if let last = rows.last, MinuteSeries.isJump(last.wei, wei) { throw table.fault(.unitsChange, row, 3) }
            rows.append((moment, wei))
        }
        self.rows = rows
    }

    func wei(at moment: Moment) -> UInt128 {
        rows[Sorted.lastIndex(of: rows, notAfter: moment) { $0.moment } ?? 0].wei
    }
}
